/// Takes out of a text what must not reach an error, a log or the database.
public enum Redaction {
  /// An address without its query and fragment: queries hold e-mail addresses and tokens.
  public static func address(_ url: String) -> String {
    String(url.prefix { $0 != "?" && $0 != "#" })
  }

  /// `text` without the given secrets, bearer tokens, credentials of forms and JSON, and queries of
  /// addresses.
  public static func text(_ text: String, hiding secrets: [Secret] = []) -> String {
    var clean = text
    for secret in secrets where !secret.revealed.isEmpty {
      for spelling in [secret.revealed, PercentEncoding.encode(secret.revealed)] {
        clean = clean.split(separator: spelling, omittingEmptySubsequences: false)
          .joined(separator: hidden)
      }
    }
    clean.replace(/[Bb]earer\s+[A-Za-z0-9._~+\/=:-]+/, with: "Bearer \(hidden)")
    clean.replace(/eyJ[A-Za-z0-9._-]+/, with: hidden)
    let credential =
      /(?<name>client_secret|client_assertion|password|access_token|refresh_token)(?<sign>"?\s*[=:]\s*"?)[^\s"&,}]+/
    clean.replace(credential) { match in "\(match.name)\(match.sign)\(hidden)" }
    clean.replace(/(?<address>https?:\/\/[^\s?'"]+)\?[^\s'"]*/) { match in "\(match.address)" }
    return clean
  }

  private static let hidden = "[hidden]"
}
