import Foundation

/// A folder of a bench's own, removed with `remove`.
struct ScratchFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "dynsync-bench-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func remove() throws { try FileManager.default.removeItem(at: url) }

  /// Lets `body` use a new folder.
  static func use<Result>(_ body: (ScratchFolder) async throws -> Result) async throws -> Result {
    let folder = try ScratchFolder()
    do {
      let result = try await body(folder)
      try folder.remove()
      return result
    } catch {
      try folder.remove()
      throw error
    }
  }
}
