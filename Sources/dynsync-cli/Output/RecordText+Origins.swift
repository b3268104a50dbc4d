import Store

extension RecordText {
  /// What derived values are made from now, one block for each, in the order of `lines`.
  static func origins(_ lines: [OriginLine]) -> [String] {
    var pairs: [String] = []
    for line in lines where pairs.last != line.pair { pairs.append(line.pair) }
    return pairs.map { pair in block(pair, lines.filter { $0.pair == pair }) }
  }

  /// The chain from the record to what stands for its end in Marketo.
  private static func block(_ pair: String, _ chain: [OriginLine]) -> String {
    let rows = chain.map { row($0.need, heading(of: $0.needed)) }
    return (["now  \(DisplayName.pair(pair)): derived"] + rows + chain.suffix(1).map(outcome))
      .joined(separator: "\n")
  }

  /// What comes of the chain's end.
  private static func outcome(_ line: OriginLine) -> String {
    let entity = line.needed.entity ?? "record"
    return switch (line.isWaiting, line.need) {
    case (true, "customer"): row("waits", "for the \(entity), which was not read yet")
    case (true, _): row("waits", "for the \(entity) to be linked")
    case (false, "customer"): row("gives", "(empty): the \(entity) has no account")
    case (false, _): row("gives", value(line.value))
    }
  }
}
