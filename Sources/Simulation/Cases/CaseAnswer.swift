/// What is done about one pair of a case, in the file's words.
public struct CaseAnswer: Hashable, Sendable {
  public var then: String
  /// The reason, as the activity log tells it; `nil` where the case leaves it open.
  public var because: String?
  /// What the written side is predicted to hold; `nil` where nothing is written, or it is left open.
  public var stored: String?

  public init(then: String, because: String? = nil, stored: String? = nil) {
    self.then = then
    self.because = because
    self.stored = stored
  }

  /// Every `then` that there is.
  public static let known = [
    "nothing", "agree", "write to marketo", "write to dynamics", "ask a person", "wait",
    "delete in marketo",
  ]

  /// Whether `answer` is what this expects; what is left open fits everything.
  public func fits(_ answer: CaseAnswer) -> Bool {
    then == answer.then && (because ?? answer.because) == answer.because
      && (stored ?? answer.stored) == answer.stored
  }
}

extension CaseAnswer: CustomStringConvertible {
  public var description: String {
    let reason = because.map { ", because: \($0)" } ?? ""
    return then + reason + (stored.map { ", stored: '\($0)'" } ?? "")
  }
}
