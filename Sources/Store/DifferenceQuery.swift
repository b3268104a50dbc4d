import Model

/// The part of the view `differs` that compares one entity: each linked record is read once.
struct DifferenceQuery {
  let entity: BoundEntity
  /// Companies, where custom objects may hang on them by a number.
  let companies: ObjectSchema?

  init(_ entity: BoundEntity, companies: ObjectSchema?) {
    self.entity = entity
    self.companies = companies
  }

  var sql: String {
    let dynamics = Mirror(entity.dynamics)
    let marketo = Mirror(entity.marketo)
    let name = literal(entity.entity.rawValue)
    return """
      SELECT entity, dynamics_id, marketo_id, pair AS field, dynamics_value, marketo_value,
        CASE
          WHEN is_dirty THEN 'not settled yet'
          WHEN refused THEN 'on the error list'
          WHEN waiting THEN 'waiting'
          WHEN is_paused THEN 'paused'
          WHEN dynamics_base = dynamics_value AND marketo_base = marketo_value
            THEN 'each side stores it in its own form'
          WHEN direction = 'to_marketo' AND (marketo_base IS NULL OR marketo_base <> marketo_value)
            THEN 'goes to Marketo only; Marketo holds another value'
          WHEN direction = 'to_dynamics' AND (dynamics_base IS NULL OR dynamics_base <> dynamics_value)
            THEN 'goes to Dynamics only; Dynamics holds another value'
          WHEN is_company_field THEN 'belongs to the company'
          WHEN stays_in_company AND dynamics_value = ''
            THEN 'Marketo cannot take a person out of a company'
          WHEN NOT is_included THEN 'left out by the filter'
          WHEN is_gone THEN 'gone in Dynamics'
        END AS reason
      FROM (
        SELECT link.entity, link.dynamics_id, link.marketo_id, p.pair, p.direction,
          d._is_dirty OR m._is_dirty OR m._is_stale AS is_dirty, d._is_included AS is_included,
          d._is_deleted AS is_gone,
          EXISTS (SELECT 1 FROM sync_error AS e WHERE e.dynamics_id = link.dynamics_id
            AND e.pair IN (p.pair, '')) AS refused,
          EXISTS (SELECT 1 FROM dependency AS n WHERE n.dynamics_id = link.dynamics_id
            AND n.state = 'waiting' AND p.pair = '_' || n.need || '__' || p.marketo_field)
            AS waiting,
          EXISTS (SELECT 1 FROM paused_value AS v WHERE v.dynamics_id = link.dynamics_id
            AND v.pair = p.pair) AS is_paused,
          \(cases { $0.marketo.isOfCompany ? "coalesce(d._account, m._account) IS NOT NULL" : "0" }) AS is_company_field,
          \(cases { staysInCompany($0) ? "1" : "0" }) AS stays_in_company,
          coalesce(\(cases(dynamicsValue)), '') AS dynamics_value,
          coalesce(\(cases(marketoValue)), '') AS marketo_value,
          \(cases { "b.\(quoted(BaseTable.column($0.pair.name, .dynamics)))" }) AS dynamics_base,
          \(cases { "b.\(quoted(BaseTable.column($0.pair.name, .marketo)))" }) AS marketo_base,
          coalesce(\(cases(translated)), '') AS expected
        FROM link
        JOIN \(quoted(dynamics.table)) AS d ON d.\(quoted(dynamics.key)) = link.dynamics_id
        JOIN \(quoted(marketo.table)) AS m ON m.\(quoted(marketo.key)) = link.marketo_id
        JOIN field_rule AS p ON p.entity = link.entity AND p.is_active = 1
        LEFT JOIN \(quoted("base_\(entity.entity)")) AS b ON b.link_id = link.link_id
        WHERE link.entity = \(name) AND link.state = 'active'
      ) WHERE expected <> marketo_value
      """
  }

  private func staysInCompany(_ pair: BoundPair) -> Bool {
    pair.pair.source == .derived(.account) && entity.marketo.object == .person
  }

  private func cases(_ value: (BoundPair) -> String) -> String {
    let whens = entity.pairs.map { "WHEN \(literal($0.pair.name)) THEN \(value($0))" }
    return "CASE p.pair \(whens.joined(separator: " ")) END"
  }

  private func dynamicsValue(_ pair: BoundPair) -> String {
    switch pair.pair.source {
    case .field(let field): canonicalText("d.\(quoted(field.rawValue))", pair.dynamics.type)
    case .derived(.key): "link.dynamics_id"
    case .derived(.type): literal(entity.entity.rawValue)
    case .derived(.isDeleted): "CASE d._is_deleted WHEN 1 THEN 'true' ELSE 'false' END"
    case .derived(.owner), .derived(.account), .derived(.parent), .derived(.opportunity),
      .derived(.person):
      made(need: String(pair.pair.sourceName.dropFirst()))
    case .derived(.role): "d._role"
    case .derived(.amount): "d._amount"
    case .derived(.stage): "d._stage"
    case .derived(.isClosed):
      "CASE WHEN d._state IN ('won', 'lost') THEN 'true' ELSE 'false' END"
    case .derived(.isWon): "CASE d._state WHEN 'won' THEN 'true' ELSE 'false' END"
    case .derived(.syncAs): "NULL"
    }
  }

  /// What a derived value was made of, or waits for; a custom object names a company by its number.
  private func made(need: String) -> String {
    let value = """
      (SELECT CASE state WHEN 'waiting' THEN needed_id ELSE value END FROM dependency AS n WHERE n.dynamics_id = link.dynamics_id
        AND n.need = \(literal(need)))
      """
    guard need == DependencyNeed.parent.rawValue, entity.marketo.parent?.object == .company,
      let companies
    else { return value }
    return """
      (SELECT CAST(c.\(quoted(PlanInput.companyNumber.rawValue)) AS TEXT)
        FROM \(quoted(Mirror.table(of: .company))) AS c
        WHERE c.\(quoted(companies.keyField.rawValue)) = \(value))
      """
  }

  private func marketoValue(_ pair: BoundPair) -> String {
    canonicalText("m.\(quoted(pair.pair.marketo.rawValue))", pair.marketo.type)
  }

  /// What Marketo should hold: an option by its label, everything else as it is.
  private func translated(_ pair: BoundPair) -> String {
    guard pair.dynamics.type == .option, pair.marketo.type == .text else {
      return dynamicsValue(pair)
    }
    return """
      (SELECT label FROM dynamics_option AS o WHERE o.object = \(literal(entity.dynamics.object.name))
        AND o.field = \(literal(pair.dynamics.name.rawValue)) AND CAST(o.number AS TEXT) = \(
          dynamicsValue(pair)))
      """
  }
}
