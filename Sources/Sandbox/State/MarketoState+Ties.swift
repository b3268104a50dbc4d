import GRDB

extension MarketoState {
  /// Puts another value in the place of one, in all records that hold it.
  ///
  /// A record whose key would then be another record's keeps the old value.
  func replace(
    _ field: MarketoField, _ old: MarketoValue, with new: MarketoValue, in object: MarketoObject
  ) throws {
    let column = Self.quote(field.name)
    try run(
      """
      UPDATE OR IGNORE \(Self.quote(Self.table(object))) SET \(column) = ? WHERE \(column) = ?
      """, [new.databaseValue, old.databaseValue])
  }

  /// Removes all records whose field holds a value.
  func deleteRecords(
    of object: MarketoObject, where field: MarketoField, equals value: MarketoValue
  ) throws {
    try run(
      "DELETE FROM \(Self.quote(Self.table(object))) WHERE \(Self.quote(field.name)) = ?",
      [value.databaseValue])
  }
}
