import Foundation
import Store

extension ConfigurationOption {
  /// Opens the configured database for reading; it must be one that dynsync made.
  func reader() throws -> Reader {
    let path = try load().database
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandError(
        .usage, "database: \(path) is not there yet",
        mend: "run 'dynsync run', which makes it, or name another one in \(config)")
    }
    let reader = try Reader(path: path)
    do {
      _ = try reader.log(LogFilter(), limit: 1)
    } catch let error as StoreError where error.kind == .refused {
      // No constraint refuses a read: the tables are missing.
      throw CommandError(
        .usage, "database: \(path) holds nothing of dynsync",
        mend: "name dynsync's own file in \(config), or run 'dynsync run' to begin one there")
    }
    return reader
  }
}
