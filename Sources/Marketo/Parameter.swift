import Transport

/// One named value of a query or a form.
struct Parameter: Hashable, Sendable {
  let name: String
  let value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// A list, in the comma form that Marketo takes.
  ///
  /// A comma inside a value cannot be told from one between two.
  init(_ name: String, list values: some Sequence<String>) {
    self.init(name, values.joined(separator: ","))
  }
}

extension [Parameter] {
  /// `name=value&…`, percent-encoded: the same text serves a URL and a form.
  var encoded: String { PercentEncoding.form(map { ($0.name, $0.value) }) }
}
