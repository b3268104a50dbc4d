import Foundation
import Store
import Sync
import Transport

/// A street of twelve leads more, with small limits, and short ways to be stopped by them.
struct GuardStreet: Sendable {
  static let leads = (0..<12).map { MeetingCast.id(100 + $0) }

  let street: SentenceStreet

  static func with(
    limits: String = "", _ body: @escaping @Sendable (GuardStreet) async throws -> Void
  ) async throws {
    try await SentenceStreet.with { text in
      limits.isEmpty
        ? text
        : text.replacing(/limits:\n(  .*\n)+/, with: "limits: \(limits)\n")
    } _: { street in
      for (number, id) in leads.enumerated() {
        try await street.rig.dynamics.create(
          "leads",
          [
            "leadid": .string(id), "subject": "Fair", "lastname": .string("Lead \(number)"),
            "jobtitle": "Buyer", "emailaddress1": .string("lead\(number)@acme.test"),
          ])
      }
      try await street.run()
      try await body(GuardStreet(street: street))
    }
  }

  /// Gives so many of the leads other values in Dynamics.
  func edit(_ count: Int, _ values: [String: JSON]) async throws {
    for id in Self.leads.prefix(count) { try await street.edit("leads", id, values) }
  }

  /// What a run says that stops before it writes, and its digest; empty where it goes on.
  func stop(_ options: RunOptions = RunOptions()) async throws -> (reason: String, digest: String) {
    do {
      try await street.run(options)
      return ("", "")
    } catch let error as RunError {
      guard case .overLimit(let digest) = error.kind else { return (error.reason, "") }
      return (error.reason, digest)
    }
  }

  /// How many writes were ever sent.
  func writes() throws -> String {
    try street.query(
      "SELECT count(*) FROM operation WHERE sent_at IS NOT NULL"
    ).first?.first?.flatMap { $0 } ?? ""
  }
}
