extension Value {
  /// The one text form that is stored and logged; `nil` when empty.
  public var canonicalText: String? {
    switch self {
    case .empty: nil
    case .text(let text): text
    case .integer(let number): String(number)
    case .decimal(let number): number.text
    case .boolean(let truth): truth ? "true" : "false"
    case .date(let date): date.text
    case .instant(let instant): instant.text
    case .guid(let guid): guid.text
    case .option(let number): String(number)
    case .reference(let reference): "\(reference.object.name)/\(reference.id.text)"
    }
  }

  /// Reads a canonical text back; `nil` where the text is not one that `type` can have.
  ///
  /// An empty text is ``empty``. The side is needed because a reference names a record of its side.
  public init?(canonicalText text: String?, type: FieldType, side: Side) {
    guard let text, !text.isEmpty else {
      self = .empty
      return
    }
    let value: Value? =
      switch type {
      case .text: .text(text)
      case .integer: Int64(text).map(Value.integer)
      case .decimal: ExactDecimal(text).map(Value.decimal)
      case .boolean: Bool(text).map(Value.boolean)
      case .date: CalendarDate(text).map(Value.date)
      case .instant: Instant(text).map(Value.instant)
      case .guid: GUID(text).map(Value.guid)
      case .option: Int(text).map(Value.option)
      case .reference: Reference(canonicalText: text, side: side).map(Value.reference)
      }
    guard let value else { return nil }
    self = value
  }
}

extension Reference {
  /// `object/id`, as in `user/0b0c…`.
  public init?(canonicalText text: String, side: Side) {
    guard let slash = text.firstIndex(of: "/") else { return nil }
    self.init(
      ObjectType(side, String(text[..<slash])),
      RecordID(side, String(text[text.index(after: slash)...])))
  }
}
