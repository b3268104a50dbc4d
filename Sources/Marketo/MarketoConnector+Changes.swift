import Model

extension MarketoConnector {
  /// Reads one page of activities and one of deletions, side by side.
  ///
  /// The watermark of the last page is the server's time at which this read began, so that what was
  /// written meanwhile is read next time. Marketo keeps deletions for 14 days: an older watermark has
  /// expired, and so has one from the future. Objects without a feed have an empty page.
  public func changes(
    in schema: ObjectSchema, after watermark: Watermark?
  ) async throws -> ChangePage {
    let object = try known(schema.object, attempt: "could not read changes")
    guard object == .person else {
      return ChangePage(watermark: watermark ?? Watermark("", isComplete: true))
    }
    let reader = ActivityReader(client: client, attempt: "could not read changes of persons")
    guard let watermark else {
      let server = try await reader.start(at: now()).now ?? now()
      return ChangePage(watermark: ActivityWatermark(completeSince: server).watermark)
    }
    guard let position = ActivityWatermark(watermark) else { throw expired(reader) }
    let catalogue = try await metadata.catalogue(of: .person)
    if position.isComplete {
      return try await page(try await begin(after: position, reader), reader, schema, catalogue)
    }
    do {
      return try await page(position, reader, schema, catalogue)
    } catch let error where Self.isOfToken(error) && position.from != nil {
      return try await page(try await again(position, reader), reader, schema, catalogue)
    }
  }

  private static let deletionsAreKept: Int64 = 14 * 86_400

  /// How many seconds two of the service's clocks may be apart.
  private static let tolerance: Int64 = 300

  private func begin(
    after position: ActivityWatermark, _ reader: ActivityReader
  ) async throws(ServiceError) -> ActivityWatermark {
    let from = position.since - settings.overlap
    let (token, server) = try await reader.start(at: from)
    let began = server ?? now()
    guard began < from + Self.deletionsAreKept else { throw expired(reader) }
    guard position.since < began + Self.tolerance else {
      throw ServiceError(
        .watermarkExpired, side: .marketo, attempt: reader.attempt,
        reason: "the last read ended at \(position.since.text), which is still to come by the"
          + " service's own clock (\(began.text))")
    }
    return ActivityWatermark(since: began, from: from, token: token)
  }

  /// The same read from its start: the service forgot its tokens.
  private func again(
    _ position: ActivityWatermark, _ reader: ActivityReader
  ) async throws(ServiceError) -> ActivityWatermark {
    guard let from = position.from, from + Self.deletionsAreKept > now() else {
      throw expired(reader)
    }
    let (token, _) = try await reader.start(at: from)
    return ActivityWatermark(since: position.since, from: from, token: token)
  }

  private func page(
    _ position: ActivityWatermark, _ reader: ActivityReader, _ schema: ObjectSchema,
    _ catalogue: Catalogue
  ) async throws -> ChangePage {
    async let activities = Self.page(at: position.activities) { token throws(ServiceError) in
      try await reader.activities(ActivityType.feed, at: token)
    }
    async let deletions = Self.page(at: position.deletions, reader.deletions)
    let pages = try await (activities: activities, deletions: deletions)
    var next = position
    next.activities = pages.activities.next
    next.deletions = pages.deletions.next
    let read = pages.activities.activities + pages.deletions.activities
    return ChangePage(
      notices: notices(read, of: schema, catalogue), watermark: next.watermark)
  }

  /// An empty page where the list is read to its end.
  private static func page(
    at token: String?,
    _ read: @Sendable (String) async throws(ServiceError) -> ActivityReader.Page
  ) async throws(ServiceError) -> ActivityReader.Page {
    guard let token else { return ActivityReader.Page() }
    return try await read(token)
  }

  private func notices(
    _ activities: [Activity], of schema: ObjectSchema, _ catalogue: Catalogue
  ) -> [Notice] {
    let wanted = Set(schema.fields.keys).union([
      "email", ServiceObject.companyKey, settings.personKey, settings.typeField,
      settings.deletedField, settings.syncAsField,
    ])
    var seen: Set<String> = []
    return activities.compactMap { activity in
      guard var notice = Notice(activity, in: catalogue), seen.insert(notice.id).inserted else {
        return nil
      }
      guard case .changed(let field, let newValue) = notice.event else { return notice }
      notice.isRequest = field == settings.syncAsField && newValue?.isEmpty == false
      return wanted.contains(field) || catalogue.fields[field] == nil ? notice : nil
    }
  }

  /// "Invalid token value" comes as invalid data (1003).
  private static func isOfToken(_ error: any Error) -> Bool {
    (error as? ServiceError)?.code == "1003"
  }

  private func expired(_ reader: ActivityReader) -> ServiceError {
    ServiceError(
      .watermarkExpired, side: .marketo, attempt: reader.attempt,
      reason: "the last read is more than 14 days ago, and older deletions are no longer told")
  }
}
