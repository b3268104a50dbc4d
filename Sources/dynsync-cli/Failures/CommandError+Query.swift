import Store

extension CommandError {
  /// Puts what the database said about a person's own SQL into words.
  ///
  /// Whatever is wrong with the SQL is wrong usage; what is wrong with the file stays what it is.
  init(query error: StoreError) {
    switch error.kind {
    case .badQuery where error.reason.contains("readonly"):
      self.init(
        .usage, "query: the database is open for reading alone, and this would write",
        mend: "ask with a SELECT; what dynsync holds is changed by its own commands")
    case .badQuery:
      self.init(.usage, "query: \(error.reason)", mend: error.mend)
    case .refused:
      self.init(
        .usage, "query: this is not one statement with all its values",
        mend: "give one SELECT, with each value in its place and no '?'")
    case .cannotOpen:
      self.init(
        .usage, "query: no other file can be opened from here",
        mend: "ask with a SELECT from the tables and views of docs/schema.md")
    default: self.init(error)
    }
  }
}
