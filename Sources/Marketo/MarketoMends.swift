/// What a person can do about the codes by which Marketo refuses one record.
///
/// From the REST API's table of error codes.
public enum MarketoMends {
  /// What to do, by code.
  public static let byCode: [String: String] = [
    "413": "the record is larger than a call may be: shorten its longest text",
    "609": "a text holds characters that make no JSON: take them out in Dynamics",
    "718": "the owner is no sales person in Marketo: see 'dynsync status' for what it waits for",
    "1001": "bring the value into the field's type and length, or map another field",
    "1002": "fill the value that Marketo requires",
    "1003": "correct the value: Marketo does not take it for this field",
    "1004": "the person is gone in Marketo: it is looked up again by itself",
    "1005": "a person with this key stands: it is looked up again by itself",
    "1006": "the field is gone: make it in Admin > Field Management, or take the pair out",
    "1007": "several persons match: merge them in Marketo",
    "1008": "give the API user's role access to the partition",
    "1009": "set marketo.partition",
    "1010": "the person stands in another partition: move it, or set marketo.partition",
    "1013": "what it points to is not in Marketo: see 'dynsync status' for what it waits for",
    "1018": "a native CRM sync keeps these records: turn it off, or take the entity out",
    "1021": "the field is the company's: map it for accounts instead",
    "1022": "the record is in use: remove what refers to it",
    "1036": "two records have one key: make the keys differ",
    "1049": "shorten the texts of the record",
  ]
}
