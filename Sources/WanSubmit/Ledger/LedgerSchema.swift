import GRDB

/// The tables of the file, and the migrations of older files.
enum LedgerSchema {
  /// The id in the file's header, so that no other SQLite file is mistaken for a ledger: `WANC`.
  static let applicationID: Int64 = 0x5741_4E43
  /// The newest version that this code supports; each migration raises it by one.
  static let version: Int64 = 2

  /// The migrations, oldest first; a released migration is never changed.
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: submissions, assets, webhooks") { db in
      try db.execute(sql: firstVersion)
      try db.execute(sql: "PRAGMA user_version = 1")
    }
    // From here on, fingerprints leave out documented defaults and use one text for each API base. An
    // older version would send such jobs again, so it must not open the file. Rows keep their
    // fingerprints, which claims look up.
    migrator.registerMigration("2: one text of each API base, openings") { db in
      try db.execute(sql: secondVersion)
      for spelling in try String.fetchAll(db, sql: "SELECT DISTINCT api_base FROM submission") {
        guard let base = ProviderBase(spelling), base.text != spelling else { continue }
        try db.execute(sql: "INSERT INTO base_spelling (text) VALUES (?)", arguments: [spelling])
        try db.execute(
          sql: "UPDATE submission SET api_base = ? WHERE api_base = ?", arguments: [base.text, spelling])
      }
      try db.execute(sql: "PRAGMA user_version = 2")
    }
    return migrator
  }()

  /// `base_spelling`: the texts of API bases in fingerprints of version 1. `opening`: the owners that have
  /// the ledger open for writing, so that a file without a WAL shows whether the WAL is missing.
  private static let secondVersion = """
    CREATE TABLE base_spelling (text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE opening (token TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    """

  private static let firstVersion = """
    CREATE TABLE submission (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      fingerprint TEXT NOT NULL,
      account TEXT NOT NULL,
      api_base TEXT NOT NULL,
      job_id TEXT,
      input TEXT NOT NULL,
      position INTEGER NOT NULL,
      mode TEXT NOT NULL,
      ordered_duration INTEGER,
      ordered_resolution TEXT,
      forced INTEGER NOT NULL,
      owner TEXT NOT NULL,
      state TEXT NOT NULL,
      sent_at REAL NOT NULL,
      settled_at REAL,
      task_id TEXT,
      status INTEGER,
      message TEXT,
      request_id TEXT,
      resolution TEXT,
      resolved_at REAL
    ) STRICT;
    CREATE INDEX submission_by_fingerprint ON submission (fingerprint);
    CREATE INDEX submission_by_job ON submission (job_id, account, api_base) WHERE job_id IS NOT NULL;
    CREATE INDEX submission_by_task ON submission (task_id, api_base) WHERE task_id IS NOT NULL;
    CREATE INDEX submission_by_state ON submission (state);
    CREATE TABLE asset (
      submission INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      role TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      location_id TEXT NOT NULL,
      PRIMARY KEY (submission, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE webhook (
      id TEXT PRIMARY KEY,
      timestamp INTEGER NOT NULL,
      seen_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
