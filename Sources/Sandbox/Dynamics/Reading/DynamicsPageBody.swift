/// The JSON of a collection, put together piece by piece.
struct DynamicsPageBody {
  private var bytes: [UInt8] = Array("{".utf8)
  private var isFirstItem = true

  init(context: String) {
    bytes += "\"@odata.context\":".utf8
    DynamicsJSON.write(context, to: &bytes)
  }

  /// Adds a member.
  mutating func add(_ name: String, _ value: DynamicsJSON) {
    bytes += ",".utf8
    DynamicsJSON.write(name, to: &bytes)
    bytes += ":".utf8
    value.write(to: &bytes)
  }

  /// Adds the list of rows, and behind them the tombstones of a delta.
  mutating func add(
    _ rows: [DynamicsRow], _ writer: DynamicsRowWriter, deleted: [String] = [],
    deletedContext: String = ""
  ) {
    bytes += ",\"value\":[".utf8
    for row in rows {
      separate()
      writer.write(row, to: &bytes)
    }
    for id in deleted {
      separate()
      let item: DynamicsJSON = [
        "@odata.context": .string(deletedContext), "id": .string(id), "reason": "deleted",
      ]
      item.write(to: &bytes)
    }
    bytes += "]".utf8
  }

  /// The whole text.
  func finished() -> [UInt8] { bytes + Array("}".utf8) }

  private mutating func separate() {
    if !isFirstItem { bytes += ",".utf8 }
    isFirstItem = false
  }
}
