import GRDB
import Model

/// One row of the activity log, for showing.
///
/// Of a create that is asked for by field, the line has that field and the value it was created with.
public struct LogLine: Hashable, Sendable {
  public var seq: Int64
  public var at: String
  public var run: Int64
  public var entity: String
  public var dynamicsID: String?
  public var marketoID: String?
  public var action: String
  public var side: String?
  public var field: String?
  /// `nil` is no base, an empty text an agreed empty value.
  public var dynamicsBase: String?
  public var dynamicsValue: String?
  public var marketoBase: String?
  public var marketoValue: String?
  public var written: String?
  public var winner: String?
  public var rule: String?
  public var operation: Int64?
  /// What became of the write; `nil` without one, or where it was pruned.
  public var operationStatus: String?
  /// What the written side was seen to hold afterwards.
  public var stored: String?
  /// Whether that is known: the write was applied, and the operation still stands.
  public var isReadBack: Bool
  public var errorCode: String?
  public var requestID: String?
  public var message: String?

  init(_ row: Row) {
    seq = row["seq"]
    at = row["at"]
    run = row["run_id"]
    entity = row["entity"]
    dynamicsID = row["dynamics_id"]
    marketoID = row["marketo_id"]
    action = row["action"]
    side = row["side"]
    field = row["field"]
    dynamicsBase = row["dynamics_base"]
    dynamicsValue = row["dynamics_value"]
    marketoBase = row["marketo_base"]
    marketoValue = row["marketo_value"]
    written = row["written_value"]
    winner = row["winner"]
    rule = row["rule"]
    operation = row["operation_id"]
    operationStatus = row["operation_status"]
    stored = row["stored_value"]
    isReadBack = row["is_read_back"]
    errorCode = row["error_code"]
    requestID = row["request_id"]
    message = row["message"]
    guard let pair = row["created_pair"] as String? else { return }
    field = pair
    written = row["created_value"]
    if side == Side.marketo.rawValue {
      dynamicsValue = row["created_source"]
    } else {
      marketoValue = row["created_source"]
    }
    message = row["created_origin"]
  }

  /// Whether the written side stores another value than it was sent.
  public var isStoredOtherwise: Bool {
    isReadBack && stored ?? "" != written ?? ""
  }
}

/// A record that a person named, as far as the database knows it.
public struct RecordMatch: Hashable, Sendable {
  public var entity: String?
  public var dynamicsID: String?
  public var marketoID: String?
  /// The state of its link; `nil` where it has none.
  public var linkState: String?
  public var how: String?
  public var linkedAt: String?
  public var survivorID: String?
}
