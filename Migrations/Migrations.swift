/// One step of the database's schema, as plain SQL that was embedded into the binary.
public struct MigrationStep: Sendable, Hashable {
  /// The file's name without its ending, as in `0001_runs_and_rules`.
  public var name: String
  public var sql: String

  init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    sql = String(decoding: bytes, as: UTF8.self)
  }

  /// Every step, in order.
  ///
  /// A step that was released is never edited; a test compares this list with the folder.
  public static let all = [
    MigrationStep("0001_runs_and_rules", PackageResources._001_runs_and_rules_sql),
    MigrationStep("0002_links_and_watermarks", PackageResources._002_links_and_watermarks_sql),
    MigrationStep("0003_operations_and_log", PackageResources._003_operations_and_log_sql),
    MigrationStep("0004_views", PackageResources._004_views_sql),
    MigrationStep("0005_dependency_values", PackageResources._005_dependency_values_sql),
    MigrationStep("0006_origins_of_values", PackageResources._006_origins_of_values_sql),
    MigrationStep("0007_guards", PackageResources._007_guards_sql),
    MigrationStep("0008_back_off", PackageResources._008_back_off_sql),
    MigrationStep("0009_pruning", PackageResources._009_pruning_sql),
    MigrationStep("0010_metadata_documents", PackageResources._010_metadata_documents_sql),
    MigrationStep("0011_outcome_activities", PackageResources._011_outcome_activities_sql),
    MigrationStep("0012_silences_and_indexes", PackageResources._012_silences_and_indexes_sql),
  ]
}
