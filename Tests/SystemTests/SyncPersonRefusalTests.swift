import Testing
import Transport

/// Persons whom Dynamics does not take.
@Suite struct SyncPersonRefusalTests {
  typealias Street = SyncPersonStreet

  @Test func `a refused person is told with the code, and made once Dynamics takes it`()
    async throws
  {
    try await Street.with { street in
      let person = try await street.person("Lind")
      try await street.refuseNextRecord()

      let end = try await street.run("sync-person", "\(person)", "--as", "lead")

      #expect(end.status == 2)
      #expect(
        end.results
          == "person \(person): lead refused by Dynamics: A record was not created or updated"
          + " because a duplicate of it exists. (0x80040333)\n")
      #expect(try await street.dynamics("Lind").isEmpty)
      try street.expectRefusal(of: person, code: "0x80040333")

      // Whoever asks again has mended something: it is tried at once.
      #expect(try await street.run("sync-person", "\(person)", "--as", "lead").status == 0)
      try await street.expectLinked(person, "Lind")
      try await street.expectInStep()
    }
  }

  @Test func `a refused wish is tried again once a value changes in Marketo`() async throws {
    try await Street.with { street in
      let person = try await street.person("Lind")
      try await street.edit(person, ["dynamicsSyncAs": "lead"])
      try await street.refuseNextRecord()

      #expect(try await street.run("run").status == 2)
      try street.expectRefusal(of: person, code: "0x80040333")
      #expect(try await street.run("run").status == 2)
      #expect(try await street.dynamics("Lind").isEmpty)
      #expect(try await street.marketo(person)["dynamicsSyncAs"] == "lead")

      try await street.edit(person, ["title": "Buyer"])
      #expect(try await street.run("run").status == 0)
      try await street.expectLinked(person, "Lind")
      try await street.expectInStep()
    }
  }

  @Test(arguments: [true, false])
  func `a value that Dynamics refuses is left out, and the rest is made`(byField: Bool)
    async throws
  {
    try await Street.with { street in
      // A lead's mobile phone has 20 characters at most in Dynamics.
      let number = String(repeating: "5", count: 40)
      let person = try await street.person("Lind", ["mobilePhone": .string(number)])
      if byField {
        try await street.edit(person, ["dynamicsSyncAs": "lead"])
        #expect(try await street.run("run").status == 2)
      } else {
        let end = try await street.run("sync-person", "\(person)", "--as", "lead")
        #expect(end.status == 2)
        let id = try await street.onlyRecord("Lind")
        #expect(
          end.results.hasPrefix(
            "person \(person): lead \(id) created, without a value that Dynamics refused: "))
        #expect(end.results.contains("mobilephone"), "\(end.output)")
      }

      try await street.expectLinked(person, "Lind")
      #expect(
        try street.query("SELECT marketo_id, side, field, kind FROM errors")
          == [["\(person)", "dynamics", "mobilephone__mobilePhone", "rejected"]])
      try await street.edit(person, ["mobilePhone": "555"])
      #expect(try await street.run("run").status == 0)
      #expect(try await street.dynamics("Lind").first?.row["mobilephone"] == "555")
      try await street.expectInStep()
    }
  }

  @Test func `a wish that is taken back is no error any more`() async throws {
    try await Street.with { street in
      let person = try await street.person("Lind")
      try await street.edit(person, ["dynamicsSyncAs": "lead"])
      try await street.refuseNextRecord()
      #expect(try await street.run("run").status == 2)

      try await street.edit(person, ["dynamicsSyncAs": .null])

      #expect(try await street.run("run").status == 0)
      #expect(try await street.dynamics("Lind").isEmpty)
      try await street.expectInStep()
    }
  }
}

extension SyncPersonStreet {
  /// The log and the error list hold the refusal, with the service's code and name of the call.
  fileprivate func expectRefusal(of person: Int64, code: String) throws {
    for source in ["activity_log WHERE action = 'rejected'", "sync_error WHERE kind = 'rejected'"] {
      let column = source.hasPrefix("activity_log") ? "error_code" : "code"
      #expect(
        try query("SELECT marketo_id, side, \(column), request_id <> '' FROM \(source)")
          == [["\(person)", "dynamics", code, "1"]], "\(source)")
    }
  }
}
