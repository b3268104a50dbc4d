import Model
import Yams

/// What becomes of teams.
private enum TeamRole: String, CaseIterable {
  case salesPerson = "sales_person"
  case mirror
}

extension ConfigurationReader {
  /// Whether the entity is read without being written: teams alone can be.
  mutating func isMirrorAlone(_ entity: Entity, in section: ConfigurationSection) -> Bool {
    guard let entry = section["as"] else { return false }
    guard entity == .team else {
      refuse(
        section.path(of: "as"), line: entry.line, "belongs to the entity 'team'",
        mend: "remove it")
      return false
    }
    return choice("as", in: section, from: TeamRole.allCases) == .mirror
  }

  /// Reads the columns of what is only mirrored; the name where the configuration says nothing.
  mutating func mirroredColumns(in section: ConfigurationSection) -> [FieldName] {
    for entry in section.entries where !["as", "fields"].contains(entry.name) {
      refuseInMirror(entry, of: section)
    }
    guard let entry = section["fields"] else { return ["name"] }
    guard let items = entry.value.sequence, !items.isEmpty else {
      refuse(
        section.path(of: "fields"), line: entry.line, "is no list of columns",
        mend: "write a line '- {dynamics: name}' for each column")
      return []
    }
    var columns: [FieldName] = []
    for (index, item) in items.enumerated() {
      let place = "\(section.path(of: "fields"))[\(index + 1)]"
      let line = item.mark?.line ?? entry.line
      guard let column = column(item, at: place, line: line) else { continue }
      if columns.contains(column) {
        refuse(place, line: line, "'\(column)' stands here twice", mend: "remove one")
      } else {
        columns.append(column)
      }
    }
    return columns
  }

  private mutating func column(_ item: Node, at place: String, line: Int) -> FieldName? {
    guard
      let section = section(item, path: place, pattern: "entities.ENTITY.fields", line: line)
    else { return nil }
    for entry in section.entries where entry.name != "dynamics" {
      refuseInMirror(entry, of: section)
    }
    guard let column = fieldName("dynamics", in: section) else { return nil }
    refuseCapitals(in: column, of: section)
    return column
  }

  /// Keys that no section has were refused already.
  private mutating func refuseInMirror(
    _ entry: ConfigurationSection.Entry, of section: ConfigurationSection
  ) {
    guard Self.key(entry.name, in: section) != nil else { return }
    refuse(
      section.path(of: entry.name), line: entry.line,
      "means nothing with 'as: mirror': teams are read and never written",
      mend: "remove it, or write 'as: sales_person'")
  }
}
