import Foundation

/// The organisation that a folder of CSV files stands for.
///
/// The same files give the same rows with the same ids.
public struct ImportedOrganisation: Sendable {
  /// The rows, in an order in which they can be created.
  let rows: [ImportedRow]

  /// Reads a folder that holds at least one ``ImportFile``; others in it are passed over.
  ///
  /// Throws every problem of every file at once.
  public init(folder: String) throws(ImportError) {
    try self.init(files: Self.files(in: folder))
  }

  init(files: [ImportFile: [UInt8]]) throws(ImportError) {
    let tables = ImportFile.allCases.compactMap { file in
      files[file].map { (file, ImportTable(file, $0)) }
    }
    let lines = Dictionary(uniqueKeysWithValues: tables.map { ($0, $1.lines) })
    let staff = ImportedStaff(lines[.teams] ?? [])
    let accounts = ImportedAccounts(lines[.accounts] ?? [], owners: staff.managers)
    let pipeline = ImportedPipeline(lines[.pipeline] ?? [], staff: staff, accounts: accounts)
    let people = ImportedPeople(lines[.people] ?? [], staff: staff, accounts: accounts)
    // A file that cannot be read makes others look wrong: they wait for their turn.
    let unread = tables.flatMap(\.1.problems)
    let wrong = staff.problems + accounts.problems + pipeline.problems + people.problems
    let problems = unread.isEmpty ? wrong : unread
    guard problems.isEmpty else { throw .problems(problems.sorted { $0.place < $1.place }) }
    rows =
      staff.users + staff.teams + accounts.rows + people.leads + people.contacts + pipeline.rows
  }

  private static func files(in folder: String) throws(ImportError) -> [ImportFile: [UInt8]] {
    var files: [ImportFile: [UInt8]] = [:]
    guard let list = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      let isThere = FileManager.default.fileExists(atPath: folder)
      throw .folder(isThere ? "it is no folder that can be read" : "there is no such folder")
    }
    for file in ImportFile.allCases where list.contains(file.rawValue) {
      let place = URL(fileURLWithPath: folder).appendingPathComponent(file.rawValue)
      guard let data = try? Data(contentsOf: place) else {
        throw .folder("\(file.rawValue) in it cannot be read")
      }
      files[file] = Array(data)
    }
    guard !files.isEmpty else {
      let names = ImportFile.allCases.map(\.rawValue).joined(separator: ", ")
      throw .folder("it holds none of \(names)")
    }
    return files
  }
}
