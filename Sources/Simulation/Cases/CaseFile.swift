import Foundation

/// A file of merge cases: each says what two fields held and hold, and what is to be done.
public struct CaseFile: Sendable {
  public var cases: [MergeCase]

  /// Reads the JSON text of `docs/cases.md`; throws what is wrong with it, with the place.
  ///
  /// All cases are understood before any is run: a file with a wrong word gives no half result.
  public init(json: Data) throws {
    let places = CasePlaces(json)
    do {
      cases = try JSONDecoder().decode(Content.self, from: json).cases
    } catch let error as DecodingError {
      throw places.problem(error)
    }
    guard !cases.isEmpty else {
      throw CaseFileProblem(line: 1, reason: "'cases' is empty")
    }
    for (index, item) in cases.enumerated() {
      do throws(CaseMistake) {
        _ = try item.prepared()
      } catch {
        throw places.problem(index, item.name, error.reason)
      }
    }
  }

  /// What the file holds beside the cases is for people.
  private struct Content: Decodable {
    var about: [String]?
    var cases: [MergeCase]

    private enum CodingKeys: String, CodingKey, CaseIterable {
      case about, cases
    }

    init(from decoder: any Decoder) throws {
      try decoder.refuseKeys(besides: CodingKeys.self)
      let container = try decoder.container(keyedBy: CodingKeys.self)
      about = try container.decodeIfPresent([String].self, forKey: .about)
      cases = try container.decode([MergeCase].self, forKey: .cases)
    }
  }
}

/// What is wrong with a file of cases, and where.
public struct CaseFileProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line on which the case begins; `nil` where that is not known.
  public var line: Int?
  /// The case's name or number; `nil` for the file as a whole.
  public var item: String?
  public var reason: String

  public init(line: Int?, item: String? = nil, reason: String) {
    self.line = line
    self.item = item
    self.reason = reason
  }

  public var description: String {
    [line.map { "line \($0)" }, item, reason].compactMap(\.self).joined(separator: ": ")
  }
}

/// A word of a case that cannot be.
struct CaseMistake: Error, Hashable {
  var reason: String
}
