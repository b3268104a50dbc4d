/// What a side's metadata says of one field.
public struct Field: Hashable, Sendable {
  public var name: FieldName
  public var type: FieldType
  /// What people see in the vendor's own screens.
  public var label: String
  /// The most UTF-16 units that a text may have; `nil` where the metadata names no limit.
  public var length: Int?
  /// Decimals that are kept; more are rounded half to even.
  ///
  /// `nil` keeps all.
  public var scale: Int?
  /// The choices of an option field, in the vendor's order.
  public var options: [Option]
  public var text: TextStorage
  public var canCreate: Bool
  public var canUpdate: Bool
  /// Whether the sync user may see the value; `false` makes every value *unknown*, not empty.
  public var isReadable: Bool
  /// Whether the side's change feed tells of a change to this field.
  ///
  /// `false`: only a sweep finds it.
  public var isReported: Bool
  /// Whether the field belongs to the record's company (Marketo's company-type fields of a person).
  ///
  /// Such a field is the company's once the person has one, and the person's own before.
  public var isOfCompany: Bool
  /// Whether a record cannot be without a value: an empty one is sent as ``noName``.
  public var isRequired: Bool

  /// What a required text holds where the other side has none.
  public static let noName = "(no name)"

  public init(
    _ name: FieldName, _ type: FieldType, label: String? = nil, length: Int? = nil,
    scale: Int? = nil, options: [Option] = [], text: TextStorage = TextStorage(),
    canCreate: Bool = true, canUpdate: Bool = true, isReadable: Bool = true,
    isReported: Bool = true, isOfCompany: Bool = false, isRequired: Bool = false
  ) {
    self.name = name
    self.type = type
    self.label = label ?? name.rawValue
    self.length = length
    self.scale = scale
    self.options = options
    self.text = text
    self.canCreate = canCreate
    self.canUpdate = canUpdate
    self.isReadable = isReadable
    self.isReported = isReported
    self.isOfCompany = isOfCompany
    self.isRequired = isRequired
  }
}

/// One choice of an option field.
public struct Option: Hashable, Sendable {
  public var number: Int
  public var label: String

  public init(_ number: Int, _ label: String) {
    self.number = number
    self.label = label
  }
}

/// What a side does to a text that it stores.
public struct TextStorage: Hashable, Sendable {
  public var trimsLeading: Bool
  public var trimsTrailing: Bool
  public var lowercases: Bool
  /// `true`: a text over the length is cut; `false`: the write is refused.
  public var cutsOverlong: Bool

  public init(
    trimsLeading: Bool = false, trimsTrailing: Bool = false, lowercases: Bool = false,
    cutsOverlong: Bool = false
  ) {
    self.trimsLeading = trimsLeading
    self.trimsTrailing = trimsTrailing
    self.lowercases = lowercases
    self.cutsOverlong = cutsOverlong
  }
}
