/// What a read asks for beside the columns themselves.
enum Annotations {
  /// Only the tables that look-ups point into: labels come from the metadata.
  static let preference =
    #"odata.include-annotations="Microsoft.Dynamics.CRM.lookuplogicalname""#
}
