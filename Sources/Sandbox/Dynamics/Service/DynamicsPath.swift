/// A path behind `/api/data/v9.x/`, taken apart.
struct DynamicsPath {
  /// One part of the path: `leads(…)` is the name `leads` and a key.
  struct Segment: Equatable {
    var name: String
    var key: String?
  }

  let segments: [Segment]

  /// Takes apart a path that is still percent-encoded; throws where brackets do not close.
  init(_ encoded: String) throws {
    var segments: [Segment] = []
    var name = ""
    var key: String?
    var isQuoted = false
    var depth = 0
    func finished() -> Segment { Segment(name: name, key: key) }
    for character in DynamicsPercent.decoded(encoded, plusIsBlank: false) {
      if character == "'" { isQuoted.toggle() }
      if !isQuoted, character == "(", depth == 0 {
        key = ""
        depth = 1
      } else if !isQuoted, character == ")", depth == 1 {
        depth = 0
      } else if depth == 1 {
        key?.append(character)
      } else if character == "/" {
        segments.append(finished())
        name = ""
        key = nil
      } else {
        name.append(character)
      }
    }
    segments.append(finished())
    guard depth == 0, !isQuoted else {
      throw DynamicsFailure.query("Bad Request - Error in query syntax.")
    }
    self.segments = segments.filter { !$0.name.isEmpty }
  }
}
