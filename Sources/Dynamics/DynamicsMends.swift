/// What a person can do about the codes by which Dataverse refuses one record.
///
/// From the Dataverse Web API's list of service error codes; letters in small, as they are compared.
public enum DynamicsMends {
  /// What to do, by code.
  public static let byCode: [String: String] = [
    "0x80040200": "fill the required column on the other side, or take the requirement back",
    "0x80040203": "correct the value on the other side",
    "0x80040216":
      "Dynamics broke at this record: try again; if it goes on, give Microsoft's support the request",
    "0x80040217": "the record it points to is gone: choose another one, or empty the look-up",
    "0x80040220": "give the sync user's security role this privilege on the table",
    "0x80040224": "a plug-in broke: ask who maintains it",
    "0x80040227": "take away the records that hang on it, or leave it",
    "0x80040229": "choose an owner whom Dynamics knows as a user or team",
    "0x8004022b": "the owner is disabled: choose another one, or enable the user",
    "0x80040231": "give the owner's security role read on the table, or choose another owner",
    "0x80040237": "a value that must be unique is taken: merge the duplicates, or change the value",
    "0x80040265": "a plug-in or workflow of the organisation refuses it: do what its message asks",
    "0x80040278": "take the control characters out of the text",
    "0x80040333": "a duplicate stands in Dynamics: merge the two, or change the value",
    "0x80040519": "the lead is closed: reopen it in Dynamics, or leave it",
    "0x8004431a": "choose one of the column's options, or add the option to the column",
    "0x80044330": "bring the number into the column's range, or widen the range",
    "0x80044331": "shorten the text on the other side, or lengthen the column",
    "0x80044339": "the record was locked: it is tried again by itself",
    "0x80048306": "give the sync user access to this record: share it, or widen the role's depth",
    "0x80048408": "the status does not fit the state: correct the one that was changed last",
    "0x80048d19": "the column and the configured pair do not fit: compare 'dynsync fields list'",
    "0x8004f502": "give the sync user's field security profile Create on the column",
    "0x8004f507": "give the sync user's field security profile Update on the column",
    "0x80060888": "the service takes no such request: compare 'dynsync fields list'",
    "0x80060891": "the record it points to is gone: choose another one",
    "0x80060892": "an alternate key is taken: merge the duplicates, or change the value",
    "0x8006088d": "switch on optimistic concurrency for the table",
    "0x80061005": "choose one of the column's options, or add the option to the column",
  ]
}
