/// One item of a `$expand`, such as `OptionSet($select=Options)`.
struct DynamicsExpansion {
  let name: String
  let select: [String]?

  /// Takes an `$expand` apart.
  static func parse(_ text: String) -> [DynamicsExpansion] {
    var items: [String] = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        items.append("")
      } else {
        items[items.count - 1].append(character)
      }
    }
    return items.map { $0.trimmingBlanks() }.filter { !$0.isEmpty }.map { item in
      let name = item.prefix { $0 != "(" }
      let inner = item.dropFirst(name.count + 1).dropLast()
      let option = inner.split(separator: ";").first { $0.contains("$select=") }
      let list = option?.split(separator: "=", maxSplits: 1).last
      return DynamicsExpansion(
        name: String(name),
        select: list?.split(separator: ",").map { $0.trimmingBlanks() })
    }
  }
}
