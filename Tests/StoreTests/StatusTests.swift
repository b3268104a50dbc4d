import Foundation
import Model
import Testing

@testable import Store

/// What `status` is made from, beside the view of that name.
@Suite struct StatusTests {
  private func inTemporaryFile(_ body: (_ path: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "dynsync-status-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body("\(folder.path)/dynsync.db")
  }

  @Test func `reasons are counted without the record that each is about`() throws {
    try inTemporaryFile { path in
      let sample = try SampleStore(path: path)
      try sample.store.execute(
        """
        INSERT INTO dependency (dynamics_id, entity, need, needed_object, needed_id, state, run_id)
        VALUES ('l1', 'lead', 'owner', 'user', 'u1', 'waiting', 1),
          ('l2', 'lead', 'owner', 'user', 'u2', 'waiting', 1),
          ('l3', 'lead', 'account', 'account', 'a1', 'waiting', 1);
        INSERT INTO operation (run_id, entity, dynamics_id, side, action, status)
        VALUES (1, 'lead', 'l4', 'marketo', 'update', 'sending');
        INSERT INTO sync_error (entity, dynamics_id, side, kind, message, first_at, last_at, retry_at)
        VALUES ('lead', 'l5', 'marketo', 'rejected', 'm', '', '', '2026-01-02T00:00:00Z'),
          ('lead', 'l6', 'marketo', 'rejected', 'm', '', '', '2026-01-01T00:00:00Z'),
          ('lead', 'l7', 'dynamics', 'manual', 'm', '', '', '2026-01-03T00:00:00Z');
        """)
      try sample.pull(
        [sample.lead("l8", [:], Facts(state: .qualified, convertedTo: .dynamics("c1")))],
        into: SampleLayout.lead)

      let standing = try Reader(path: path).status(limit: 1)

      #expect(
        standing.backlogByReason.rows == [
          [.text("waiting for user"), .integer(2)],
          [.text("the outcome of a write to marketo is not known yet"), .integer(1)],
          [.text("waiting for account"), .integer(1)],
          [.text("waiting for contact"), .integer(1)],
        ])
      #expect(
        standing.errorsByKind.rows == [
          [.text("rejected"), .text("marketo"), .integer(2), .text("2026-01-01T00:00:00Z")],
          [.text("manual"), .text("dynamics"), .integer(1), .text("2026-01-03T00:00:00Z")],
        ])
      #expect(standing.backlog.rows.count == 1)
      #expect(standing.errors.rows.count == 1)
    }
  }
}
