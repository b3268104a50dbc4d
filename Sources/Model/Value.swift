/// One canonical value of one field: what is compared, stored and logged, on either side.
///
/// Two values of a field are the same edit exactly when they are equal here; a connector maps the
/// vendor's spellings (a missing member, `null`, `""`) onto one case.
public enum Value: Hashable, Sendable {
  /// No value; both services store an empty text as none.
  case empty
  case text(String)
  case integer(Int64)
  case decimal(ExactDecimal)
  case boolean(Bool)
  case date(CalendarDate)
  case instant(Instant)
  case guid(GUID)
  /// A choice by its number; its label belongs to the ``Field``, so that renaming a label is no edit.
  case option(Int)
  case reference(Reference)

  public var isEmpty: Bool { self == .empty }
}

/// A pointer to another record of the same side.
public struct Reference: Hashable, Sendable {
  public var object: ObjectType
  public var id: RecordID

  public init(_ object: ObjectType, _ id: RecordID) {
    self.object = object
    self.id = id
  }
}
