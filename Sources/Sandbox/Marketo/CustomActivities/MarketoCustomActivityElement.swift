/// Writes and reads custom activity types as the calls about them show them.
enum MarketoCustomActivityElement {
  /// One version of a type; the answer to its making has no number yet.
  static func type(
    _ type: MarketoCustomActivity, _ definition: MarketoCustomActivity.Definition,
    isNew: Bool = false
  ) -> MarketoJSON {
    var members: [MarketoJSON.Member] = []
    if !isNew { members.append(.init(key: "id", value: .integer(type.id))) }
    members += [
      .init(key: "apiName", value: .string(type.apiName)),
      .init(key: "name", value: .string(definition.name)),
    ]
    if let text = definition.description {
      members.append(.init(key: "description", value: .string(text)))
    }
    members += [
      .init(key: "triggerName", value: .string(definition.triggerName)),
      .init(key: "filterName", value: .string(definition.filterName)),
      .init(key: "status", value: .string(type.status)),
      .init(key: "primaryAttribute", value: attribute(definition.primaryAttribute)),
    ]
    guard !isNew else { return .object(members) }
    members += [
      .init(key: "attributes", value: .array(definition.attributes.map(attribute))),
      .init(key: "createdAt", value: .string(type.createdAt)),
      .init(key: "updatedAt", value: .string(type.changedAt)),
    ]
    return .object(members)
  }

  private static func attribute(_ attribute: MarketoCustomActivity.Attribute) -> MarketoJSON {
    var members: [MarketoJSON.Member] = [
      .init(key: "apiName", value: .string(attribute.apiName)),
      .init(key: "name", value: .string(attribute.name)),
    ]
    if let text = attribute.description {
      members.append(.init(key: "description", value: .string(text)))
    }
    members.append(.init(key: "dataType", value: .string(attribute.dataType)))
    return .object(members)
  }

  /// Reads an attribute of a call's body; the primary one is text.
  static func attribute(
    _ json: MarketoJSON, isPrimary: Bool = false
  ) throws(MarketoFailure) -> MarketoCustomActivity.Attribute {
    for key in ["apiName", "name"] + (isPrimary ? [] : ["dataType"])
    where (json[key]?.text ?? "").isEmpty {
      throw .missing(key)
    }
    let name = json["apiName"]?.text ?? ""
    guard isAPIName(name) else { throw .invalid("Invalid apiName '\(name)'") }
    let dataType = json["dataType"]?.text ?? "string"
    guard MarketoCustomActivity.dataTypes.contains(dataType) else {
      throw .invalid("Invalid dataType '\(dataType)'")
    }
    guard isPrimary || json["isPrimary"]?.truth != true else {
      throw .invalid("There is a primary attribute already")
    }
    return .init(
      apiName: name, name: json["name"]?.text ?? name, description: json["description"]?.text,
      dataType: isPrimary ? "string" : dataType)
  }

  /// Letters and digits of ASCII, one letter at least.
  static func isAPIName(_ name: String) -> Bool {
    name.count <= 255 && name.contains(where: \.isLetter)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: false
        }
      }
  }
}
