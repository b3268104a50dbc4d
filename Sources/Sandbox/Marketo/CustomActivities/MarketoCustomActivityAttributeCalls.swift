/// Answers the calls that change the attributes of a custom activity type.
enum MarketoCustomActivityAttributeCalls {
  /// Adds attributes: all of them or, where one cannot be added, none.
  static func create(_ call: MarketoCall) throws -> MarketoAnswer {
    let input = try attributes(call)
    return try MarketoCustomActivityTypeCalls.change(call) { _, draft in
      for json in input {
        let attribute = try MarketoCustomActivityElement.attribute(json)
        guard place(of: attribute.apiName, in: draft) == nil,
          attribute.apiName.lowercased() != draft.primaryAttribute.apiName.lowercased()
        else {
          throw MarketoFailure.invalid("Attribute '\(attribute.apiName)' already exists")
        }
        draft.attributes.append(attribute)
      }
      guard draft.attributes.count <= MarketoCustomActivity.attributeLimit else {
        throw MarketoFailure(1028, "Custom activity attribute limit reached")
      }
    }
  }

  /// Changes name, description or data type of attributes.
  static func update(_ call: MarketoCall) throws -> MarketoAnswer {
    let input = try attributes(call)
    return try MarketoCustomActivityTypeCalls.change(call) { _, draft in
      for json in input {
        let name = json["apiName"]?.text ?? ""
        guard let place = place(of: name, in: draft) else { throw MarketoFailure.field(name) }
        draft.attributes[place].name = json["name"]?.text ?? draft.attributes[place].name
        draft.attributes[place].description =
          json["description"]?.text ?? draft.attributes[place].description
        guard let type = json["dataType"]?.text else { continue }
        guard MarketoCustomActivity.dataTypes.contains(type) else {
          throw MarketoFailure.invalid("Invalid dataType '\(type)'")
        }
        draft.attributes[place].dataType = type
      }
    }
  }

  /// Removes attributes.
  static func delete(_ call: MarketoCall) throws -> MarketoAnswer {
    let names = try attributes(call).map { $0["apiName"]?.text ?? "" }
    return try MarketoCustomActivityTypeCalls.change(call) { _, draft in
      for name in names {
        guard let place = place(of: name, in: draft) else { throw MarketoFailure.field(name) }
        draft.attributes.remove(at: place)
      }
    }
  }

  private static func attributes(_ call: MarketoCall) throws -> [MarketoJSON] {
    guard let attributes = call.body?["attributes"]?.elements, !attributes.isEmpty else {
      throw MarketoFailure.missing("attributes")
    }
    return attributes
  }

  private static func place(
    of name: String, in draft: MarketoCustomActivity.Definition
  ) -> Int? {
    draft.attributes.firstIndex { $0.apiName.lowercased() == name.lowercased() }
  }
}
