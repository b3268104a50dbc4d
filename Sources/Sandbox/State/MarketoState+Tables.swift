import GRDB

extension MarketoState {
  /// The name of the table of persons.
  static let personTable = "marketo_person"

  /// Makes every table that is not there yet, and every column that a field newly needs.
  static func createTables(_ db: Database) throws {
    try db.execute(sql: fixedTables)
    for object in MarketoObject.all { try createTable(of: object, db) }
    try createPersonTable(db)
    try setFirstIDs(db)
  }

  /// Drops every table, and makes them anew.
  static func recreateTables(_ db: Database) throws {
    let names = try String.fetchAll(
      db,
      sql: """
        SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'marketo\\_%' ESCAPE '\\'
        ORDER BY name = 'marketo_person' DESC
        """)
    for name in names { try db.execute(sql: "DROP TABLE \(quote(name))") }
    try createTables(db)
  }

  /// The name of an object's table.
  static func table(_ object: MarketoObject) -> String {
    "marketo_" + String(object.path.map { $0 == "/" ? "_" : $0 })
  }

  /// Adds the column of a person's field, and an index where it can be searched.
  static func addPersonColumn(_ field: MarketoField, _ db: Database) throws {
    try addColumn(field, table: personTable, ignoresCase: field.isSearchable, db)
    if field.isSearchable { try addIndex(personTable, [field.name], isUnique: false, db) }
  }

  /// Makes the table of an object, its columns and its indexes, where they are not there yet.
  static func createTable(of object: MarketoObject, _ db: Database) throws {
    let table = table(object)
    let key = object.hasNumericID ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "TEXT PRIMARY KEY"
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS \(quote(table)) (\(quote(object.idField)) \(key)) STRICT
        """)
    let keys = Set(object.searchableFields.joined() + object.references.map(\.field))
    for field in object.fields where field.name != object.idField && field.home == .own {
      try addColumn(field, table: table, ignoresCase: keys.contains(field.name), db)
    }
    try addIndex(table, object.dedupeFields, isUnique: true, db)
    for names in object.searchableFields + object.references.map({ [$0.field] })
    where names != object.dedupeFields && names != [object.idField] {
      try addIndex(table, names, isUnique: false, db)
    }
  }

  private static func createPersonTable(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS \(quote(personTable)) (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          "contactCompany" INTEGER NOT NULL REFERENCES marketo_companies (id)
        ) STRICT
        """)
    for field in MarketoPersonFields.standard
    where field.home == .own && !["id", "contactCompany"].contains(field.name) {
      let isKey = field.isSearchable || field.name == "externalSalesPersonId"
      try addColumn(field, table: personTable, ignoresCase: isKey, db)
      if isKey { try addIndex(personTable, [field.name], isUnique: false, db) }
    }
    try addIndex(personTable, ["contactCompany"], isUnique: false, db)
  }

  private static func addColumn(
    _ field: MarketoField, table: String, ignoresCase: Bool, _ db: Database
  ) throws {
    let present = try String.fetchAll(
      db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
    guard !present.contains(field.name) else { return }
    let type = [.integer, .boolean].contains(field.type.kind) ? "INTEGER" : "TEXT"
    let collation = ignoresCase && type == "TEXT" ? " COLLATE NOCASE" : ""
    try db.execute(
      sql: "ALTER TABLE \(quote(table)) ADD COLUMN \(quote(field.name)) \(type)\(collation)")
  }

  private static func addIndex(
    _ table: String, _ names: [String], isUnique: Bool, _ db: Database
  ) throws {
    let name = quote(table + "_" + names.joined(separator: "_"))
    let columns = names.map(quote).joined(separator: ", ")
    try db.execute(
      sql: """
        CREATE \(isUnique ? "UNIQUE " : "")INDEX IF NOT EXISTS \(name)
        ON \(quote(table)) (\(columns))
        """)
  }

  private static func setFirstIDs(_ db: Database) throws {
    let firsts: KeyValuePairs = [
      personTable: 7000, table(.company): 5000, table(.salesPerson): 300,
      "marketo_activity": 880_000, "marketo_custom_field": 1000,
      // Custom objects' own kinds of activities begin at 100,000.
      "marketo_custom_activity": 101_000,
    ]
    for (table, first) in firsts {
      try db.execute(
        sql: """
          INSERT INTO sqlite_sequence (name, seq) SELECT ?, ?
          WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?)
          """, arguments: [table, first, table])
    }
  }

  private static let fixedTables = """
    CREATE TABLE IF NOT EXISTS marketo_setting (
      name TEXT PRIMARY KEY, -- the switch
      value TEXT NOT NULL    -- its value, as JSON
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_token (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      token TEXT NOT NULL UNIQUE,
      expires_at INTEGER NOT NULL -- Unix seconds
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_usage (
      day TEXT NOT NULL, -- the day in US Central time
      user TEXT NOT NULL,
      calls INTEGER NOT NULL,
      PRIMARY KEY (day, user)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_call_error (
      day TEXT NOT NULL,
      code INTEGER NOT NULL,
      calls INTEGER NOT NULL,
      PRIMARY KEY (day, code)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_partition (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      description TEXT
    ) STRICT;
    INSERT OR IGNORE INTO marketo_partition (id, name, description) VALUES
      (1, 'Default', 'Initial partition'), (2, 'Europe', NULL);
    CREATE TABLE IF NOT EXISTS marketo_custom_field (
      id INTEGER PRIMARY KEY AUTOINCREMENT, -- the field's number in the activity log
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      display_name TEXT NOT NULL,
      description TEXT,
      data_type TEXT NOT NULL,
      is_hidden INTEGER NOT NULL DEFAULT 0,
      is_html_encoding INTEGER NOT NULL DEFAULT 0,
      is_sensitive INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_unsubscribed (
      email TEXT PRIMARY KEY COLLATE NOCASE -- an address that wants no e-mail, whoever has it
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_custom_type (
      id INTEGER PRIMARY KEY AUTOINCREMENT, -- its kind of activity is this many past 100,000
      name TEXT NOT NULL UNIQUE COLLATE NOCASE, -- the API name
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_custom_type_version (
      type_id INTEGER NOT NULL REFERENCES marketo_custom_type (id) ON DELETE CASCADE,
      version TEXT NOT NULL CHECK (version IN ('draft', 'approved')),
      display_name TEXT NOT NULL,
      plural_name TEXT NOT NULL,
      description TEXT,
      is_shown_in_lead_detail INTEGER NOT NULL,
      changed_at TEXT NOT NULL,
      PRIMARY KEY (type_id, version)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_custom_type_field (
      type_id INTEGER NOT NULL,
      version TEXT NOT NULL,
      place INTEGER NOT NULL, -- the order in which describe lists the fields
      name TEXT NOT NULL COLLATE NOCASE,
      display_name TEXT NOT NULL,
      description TEXT,
      data_type TEXT NOT NULL, -- of a link: the type of what it links to
      is_dedupe INTEGER NOT NULL,
      linked_object TEXT, -- lead, company or the API name of a type
      linked_field TEXT,
      PRIMARY KEY (type_id, version, name),
      FOREIGN KEY (type_id, version)
        REFERENCES marketo_custom_type_version (type_id, version) ON DELETE CASCADE
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_custom_activity (
      id INTEGER PRIMARY KEY AUTOINCREMENT, -- its number in the activity log
      name TEXT NOT NULL UNIQUE COLLATE NOCASE, -- the API name
      created_at TEXT NOT NULL,
      changed_at TEXT NOT NULL,
      draft TEXT,   -- JSON
      approved TEXT -- JSON
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_serial (
      path TEXT PRIMARY KEY, -- the object whose records have a GUID
      last INTEGER NOT NULL  -- how many GUIDs were given out
    ) STRICT;
    CREATE TABLE IF NOT EXISTS marketo_activity (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      person_id INTEGER NOT NULL,
      at INTEGER NOT NULL, -- Unix seconds
      type INTEGER NOT NULL,
      primary_id INTEGER,
      primary_value TEXT,
      attributes TEXT NOT NULL -- name and value of each, as a JSON object
    ) STRICT;
    CREATE INDEX IF NOT EXISTS marketo_activity_at ON marketo_activity (at, id);
    CREATE INDEX IF NOT EXISTS marketo_activity_person ON marketo_activity (person_id, at, id);
    """
}
