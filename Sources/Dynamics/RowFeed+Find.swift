import Model
import Transport

extension RowFeed {
  /// The rows with these ids; those that are not there are left out.
  func find(ids: [RecordID]) async throws -> [Record] {
    let key = reader.table.primaryID
    return try await find(ids.map { "'\($0.text)'" }, joinedBy: ",") { list in
      "Microsoft.Dynamics.CRM.In(PropertyName='\(key)',PropertyValues=[\(list)])"
    }
  }

  /// The rows with one of these e-mail addresses, which Dataverse compares without regard to case.
  func find(emails: [String]) async throws -> [Record] {
    guard let column = reader.facts.email else { return [] }
    let conditions = emails.map { email in
      "\(column.property) eq '\(email.replacing("'", with: "''"))'"
    }
    return try await find(conditions, joinedBy: " or ") { $0 }
  }

  /// As few calls as addresses of at most 32 KB and a query's 500 conditions allow.
  private func find(
    _ terms: [String], joinedBy joint: String, filter: (String) -> String
  ) async throws -> [Record] {
    var records: [Record] = []
    var chunk: [String] = []
    var length = 0
    for term in terms {
      let cost = PercentEncoding.encode(term + joint).utf8.count
      if !chunk.isEmpty, length + cost > 24_000 || chunk.count == 400 {
        records += try await rows(matching: filter(chunk.joined(separator: joint)))
        (chunk, length) = ([], 0)
      }
      chunk.append(term)
      length += cost
    }
    guard !chunk.isEmpty else { return records }
    return records + (try await rows(matching: filter(chunk.joined(separator: joint))))
  }
}
