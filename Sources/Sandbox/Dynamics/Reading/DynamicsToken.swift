/// The smallest part of a filter that has a meaning.
struct DynamicsToken {
  /// What the part is.
  enum Kind {
    case word(String)
    case string(String)
    case mark(Character)
  }

  var kind: Kind
  var position: Int

  /// Takes a filter apart; throws where a quoted text does not end.
  static func split(_ text: String) throws -> [DynamicsToken] {
    let characters = Array(text)
    var tokens: [DynamicsToken] = []
    var index = 0
    while index < characters.count {
      let character = characters[index]
      let start = index
      if character.isWhitespace {
        index += 1
      } else if character == "'" {
        let value = try literal(characters, &index, in: text)
        tokens.append(DynamicsToken(kind: .string(value), position: start))
      } else if "(),=[]".contains(character) {
        tokens.append(DynamicsToken(kind: .mark(character), position: start))
        index += 1
      } else {
        while index < characters.count, !characters[index].isWhitespace,
          !"(),=[]'".contains(characters[index])
        {
          index += 1
        }
        let word = String(characters[start..<index])
        tokens.append(DynamicsToken(kind: .word(word), position: start))
      }
    }
    return tokens
  }

  private static func literal(
    _ characters: [Character], _ index: inout Int, in text: String
  ) throws -> String {
    let start = index
    var value = ""
    index += 1
    while index < characters.count {
      let isQuote = characters[index] == "'"
      let isDoubled = isQuote && index + 1 < characters.count && characters[index + 1] == "'"
      if isQuote, !isDoubled {
        index += 1
        return value
      }
      value.append(characters[index])
      index += isDoubled ? 2 : 1
    }
    throw DynamicsFailure.query(
      "There is an unterminated literal at position \(start) in '\(text)'.")
  }
}
