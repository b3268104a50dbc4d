extension DynamicsTable {
  /// A currency and its rate against the organisation's own.
  static let transactionCurrency = DynamicsTable(
    "transactioncurrency", schemaName: "TransactionCurrency", setName: "transactioncurrencies",
    nameColumn: "currencyname", typeCode: 9105, ownership: .organization,
    states: DynamicsState.activeOrInactive,
    columns: [
      .text("currencyname", "CurrencyName", 100).required,
      .text("isocurrencycode", "ISOCurrencyCode", 5).createOnly,
      .text("currencysymbol", "CurrencySymbol", 13),
      .integer("currencyprecision", "CurrencyPrecision", 0...4),
      DynamicsColumn("exchangerate", "ExchangeRate", .decimal(scale: 10, 0...900_000_000)),
    ])
}
