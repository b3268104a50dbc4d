/// Turns the JSON of one column into what is stored, as the service trims, rounds and refuses it.
struct DynamicsConversion {
  let column: DynamicsColumn
  let table: DynamicsTable

  /// The stored value; throws where the service refuses the value.
  func cell(_ value: DynamicsJSON) throws -> DynamicsCell {
    if value == .null { return .null }
    switch column.kind {
    case .text(let length, _), .memo(let length): return try text(value, length)
    case .integer(let range): return try integer(value, range)
    case .decimal(let scale, let range): return try decimal(value, scale, range)
    case .money(let scale): return try money(value, scale)
    case .double(let scale, let range): return try double(value, scale, range)
    case .boolean:
      guard let flag = value.boolean else { throw mismatch(value) }
      return .integer(flag ? 1 : 0)
    case .option(let options): return try option(value, options.map(\.value))
    case .state: return try option(value, table.states.map(\.value))
    case .status: return try option(value, table.states.flatMap(\.statuses).map(\.value))
    case .options(let options): return try choices(value, options.map(\.value))
    case .moment(let behavior): return try moment(value, behavior)
    case .identifier:
      guard let id = value.string.flatMap({ DynamicsGUID.parse($0) }) else { throw mismatch(value) }
      return .text(id)
    case .bigInt, .lookup: throw mismatch(value)
    }
  }

  private func mismatch(_ value: DynamicsJSON) -> DynamicsFailure {
    .literal(value, type: column.edmName, table: table)
  }

  private func outOfRange(_ code: String, _ value: String = "") -> DynamicsFailure {
    DynamicsFailure(
      400, code,
      "A validation error occurred.  The value \(value.isEmpty ? "" : value + " ")of "
        + "'\(column.name)' on record of type '\(table.name)' is outside the valid range.")
  }

  private func text(_ value: DynamicsJSON, _ length: Int) throws -> DynamicsCell {
    guard let text = value.string else { throw mismatch(value) }
    guard text.utf16.count <= length else {
      throw DynamicsFailure(
        400, "0x80044331",
        "A validation error occurred.  The length of the '\(column.name)' attribute of the "
          + "'\(table.name)' entity exceeded the maximum allowed length of '\(length)'.")
    }
    let isClean = text.utf8.allSatisfy { $0 >= 0x20 || [0x09, 0x0A, 0x0D].contains($0) }
    guard isClean else {
      throw DynamicsFailure(
        400, "0x80040278",
        "Invalid character in field '\(column.name)' of the '\(table.name)' entity.")
    }
    var trimmed = text[...]
    while let last = trimmed.last, last.isWhitespace { trimmed.removeLast() }
    return trimmed.isEmpty ? .null : .text(String(trimmed))
  }

  private func integer(_ value: DynamicsJSON, _ range: ClosedRange<Int64>) throws -> DynamicsCell {
    guard let number = value.integer else { throw mismatch(value) }
    guard range.contains(number) else { throw outOfRange("0x80040203") }
    return .integer(number)
  }

  private func decimal(_ value: DynamicsJSON, _ scale: Int, _ range: ClosedRange<Int64>) throws
    -> DynamicsCell
  {
    guard case .number(let text) = value else { throw mismatch(value) }
    let unit = DynamicsDecimal.power(scale)
    guard let number = DynamicsDecimal.scaled(text, scale: scale),
      number >= range.lowerBound * unit, number <= range.upperBound * unit
    else { throw outOfRange("0x80044330") }
    return .integer(number)
  }

  private func money(_ value: DynamicsJSON, _ scale: Int) throws -> DynamicsCell {
    guard case .number(let text) = value else { throw mismatch(value) }
    let unit = DynamicsDecimal.power(DynamicsDecimal.moneyScale - scale)
    guard let number = DynamicsDecimal.scaled(text, scale: scale) else {
      throw outOfRange("0x80044330")
    }
    let (stored, isTooBig) = number.multipliedReportingOverflow(by: unit)
    guard !isTooBig else { throw outOfRange("0x80044330") }
    return .integer(stored)
  }

  private func double(_ value: DynamicsJSON, _ scale: Int, _ range: ClosedRange<Double>) throws
    -> DynamicsCell
  {
    guard case .number(let text) = value, let number = Double(text) else { throw mismatch(value) }
    guard range.contains(number) else { throw outOfRange("0x80044330") }
    let unit = Double(DynamicsDecimal.power(scale))
    return .real((number * unit).rounded(.toNearestOrEven) / unit)
  }

  private func option(_ value: DynamicsJSON, _ allowed: [Int64]) throws -> DynamicsCell {
    guard let number = value.integer else { throw mismatch(value) }
    guard allowed.contains(number) else {
      var failure = outOfRange("0x8004431A", String(number))
      failure.message += " Accepted Values: \(allowed.map(String.init).joined(separator: ","))"
      throw failure
    }
    return .integer(number)
  }

  private func choices(_ value: DynamicsJSON, _ allowed: [Int64]) throws -> DynamicsCell {
    guard let text = value.string else { throw mismatch(value) }
    var chosen: Set<Int64> = []
    for piece in text.split(separator: ",") {
      guard let number = Int64(piece.trimmingBlanks()) else { throw mismatch(value) }
      guard allowed.contains(number) else { throw outOfRange("0x8004431A", String(number)) }
      chosen.insert(number)
    }
    guard chosen.count <= 150 else { throw outOfRange("0x8004431A") }
    let list = chosen.sorted().map(String.init).joined(separator: ",")
    return list.isEmpty ? .null : .text(list)
  }

  private func moment(_ value: DynamicsJSON, _ behavior: DynamicsColumn.Behavior) throws
    -> DynamicsCell
  {
    guard let text = value.string else { throw mismatch(value) }
    let isDay = behavior == .dateOnly
    guard isDay == (text.utf8.count == 10), let second = DynamicsInstant.parse(text) else {
      throw mismatch(value)
    }
    guard second >= DynamicsInstant.earliest else {
      throw DynamicsFailure(
        400, "0x80040239",
        "DateTime is less than minimum value supported by CrmDateTime. Actual value: \(text), "
          + "Minimum value supported: 01/01/1753 00:00:00")
    }
    return .text(isDay ? text : DynamicsInstant.text(second))
  }
}
