/// The canonical type of a field; each vendor type maps onto one of these.
public enum FieldType: String, Sendable, Hashable, CaseIterable {
  case text
  case integer
  case decimal
  case boolean
  case date
  case instant
  case guid
  case option
  case reference
}
