/// The standard activities that tell of a person's life, by their type ids.
enum ActivityType: Int64, Sendable, CaseIterable {
  case newPerson = 12
  case changeDataValue = 13
  /// Scores are never reported as data values.
  case changeScore = 22
  case mergePersons = 32
  case deletePerson = 37

  /// Everything that a feed needs to know.
  static let feed = Self.allCases

  /// What can be asked for of persons that are still there.
  static let history: [Self] = [.newPerson, .changeDataValue, .changeScore, .mergePersons]
}

extension [ActivityType] {
  /// The types as a parameter of a read of activities.
  var parameter: Parameter {
    Parameter("activityTypeIds", list: map { String($0.rawValue) })
  }
}
