import GRDB
import Model

/// Records that a feed of notices told to be new, and that nobody mirrors.
///
/// They are not read one by one: most of them stay on their side. But some are made with a wish to
/// become a Dynamics record, which no notice names.
extension Store {
  /// Whether a new record was told since the wishes were read last.
  public func hasNewcomers(in schema: ObjectSchema) throws -> Bool {
    try watermark(of: Self.newcomers(Mirror(schema))) != nil
  }

  /// Notes that the wishes of all new records were read.
  public func forgetNewcomers(in schema: ObjectSchema) throws {
    try forgetWatermark(of: Self.newcomers(Mirror(schema)))
  }

  /// Notes a new record together with the page that tells of it, so that no kill forgets it.
  func noteNewcomer(
    _ id: String, in mirror: Mirror, _ stamp: Stamp, _ db: Database
  ) throws {
    guard try mirror.row(of: id, db) == nil else { return }
    try Self.store(
      Watermark(id, isComplete: false), of: Self.newcomers(mirror), fullReadRun: nil,
      run: stamp.run, at: stamp.at, db)
  }

  private static func newcomers(_ mirror: Mirror) -> String { "newcomers \(mirror.table)" }
}
