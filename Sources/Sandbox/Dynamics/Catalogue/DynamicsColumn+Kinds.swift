extension DynamicsColumn {
  /// A line of text.
  static func text(_ name: String, _ schema: String, _ length: Int, format: String = "Text")
    -> DynamicsColumn
  {
    DynamicsColumn(name, schema, .text(length: length, format: format))
  }

  /// Text of several lines.
  static func memo(_ name: String, _ schema: String, _ length: Int = 2000) -> DynamicsColumn {
    DynamicsColumn(name, schema, .memo(length: length))
  }

  /// A whole number.
  static func integer(
    _ name: String, _ schema: String, _ range: ClosedRange<Int64> = 0...1_000_000
  ) -> DynamicsColumn {
    DynamicsColumn(name, schema, .integer(range))
  }

  /// An amount with two decimal places, and the same in the organisation's currency.
  static func money(_ name: String, _ schema: String) -> [DynamicsColumn] {
    [
      DynamicsColumn(name, schema, .money(scale: 2)),
      DynamicsColumn(name + "_base", schema + "_Base", .money(scale: 4)).readOnly,
    ]
  }

  /// A yes or no.
  static func flag(
    _ name: String, _ schema: String, no: String = "No", yes: String = "Yes",
    initial: Bool? = false
  ) -> DynamicsColumn {
    DynamicsColumn(name, schema, .boolean(no: no, yes: yes, initial: initial))
  }

  /// A refusal of one kind of message: true means opted out.
  static func refusal(_ name: String, _ schema: String) -> DynamicsColumn {
    flag(name, schema, no: "Allow", yes: "Do Not Allow")
  }

  /// One choice out of a list.
  static func option(_ name: String, _ schema: String, _ options: [DynamicsOption])
    -> DynamicsColumn
  {
    DynamicsColumn(name, schema, .option(options))
  }

  /// A day without a time.
  static func day(_ name: String, _ schema: String) -> DynamicsColumn {
    DynamicsColumn(name, schema, .moment(.dateOnly))
  }

  /// A second in time.
  static func moment(_ name: String, _ schema: String) -> DynamicsColumn {
    DynamicsColumn(name, schema, .moment(.userLocal))
  }

  /// A look-up to one table, by a navigation property of the column's own name.
  static func lookup(
    _ name: String, _ schema: String, to table: String,
    onDelete deletion: DynamicsTarget.Deletion = .clear
  ) -> DynamicsColumn {
    DynamicsColumn(name, schema, .lookup(.lookup, [DynamicsTarget(table, name, deletion)]))
  }

  /// A look-up to an account or a contact.
  static func customer(
    _ name: String, _ schema: String, onDelete deletion: DynamicsTarget.Deletion = .clear
  ) -> DynamicsColumn {
    DynamicsColumn(
      name, schema,
      .lookup(
        .customer,
        [
          DynamicsTarget("account", name + "_account", deletion),
          DynamicsTarget("contact", name + "_contact", deletion),
        ]))
  }
}
