extension BadLine {
  /// A section put before the sample's only entity.
  private init(_ section: String, _ error: String, try mend: String) {
    self.init("  lead:\n", "\(section)\n  lead:\n", error, try: mend)
  }

  static let teams = [
    BadLine(
      "  lead:\n", "  lead:\n    as: mirror\n",
      "13: entities.lead.as: belongs to the entity 'team'",
      try: "remove it"),
    BadLine(
      "  team: {as: person, \(fields)}", "12: entities.team.as: 'person' is not allowed here",
      try: "write one of sales_person, mirror"),
    BadLine(
      "  team: {as: mirror, filter: new_sync}",
      "12: entities.team.filter: means nothing with 'as: mirror': teams are read and never written",
      try: "remove it, or write 'as: sales_person'"),
    BadLine(
      "  team: {as: mirror, fields: [{dynamics: name, marketo: lastName}]}",
      "12: entities.team.fields[1].marketo: means nothing with 'as: mirror': "
        + "teams are read and never written",
      try: "remove it, or write 'as: sales_person'"),
    BadLine(
      "  team: {as: mirror, fields: name}", "12: entities.team.fields: is no list of columns",
      try: "write a line '- {dynamics: name}' for each column"),
    BadLine(
      "  team: {as: mirror, fields: [{dynamics: name}, {dynamics: name}]}",
      "12: entities.team.fields[2]: 'name' stands here twice", try: "remove one"),
    BadLine(
      "  team: {as: mirror, fields: [{dynamics: Name}]}",
      "12: entities.team.fields[1].dynamics: 'Name' is no logical name: these are in lower case",
      try: "write 'name'"),
  ]

  static let custom = [
    BadLine(
      "  opportunity: {marketo: plan_c, fields: [{dynamics: name, marketo: name}]}",
      "12: entities.opportunity.marketo: belongs to custom entities; "
        + "dynsync knows what opportunity is in both services",
      try: "remove it"),
    BadLine(
      "  plan: {marketo: plan_c, parent: new_leadid, \(fields)}",
      "12: entities.plan.dynamics: this key is missing", try: "add 'dynamics: new_subscription'"),
    BadLine(
      "  plan: {dynamics: new_plan, parent: new_leadid, \(fields)}",
      "12: entities.plan.marketo: this key is missing", try: "add 'marketo: subscription_c'"),
    BadLine(
      "  plan: {dynamics: new_plan, marketo: plan_c, \(fields)}",
      "12: entities.plan.parent: this key is missing", try: "add 'parent: new_contactid'"),
    BadLine(
      "  plan: {\(objects), parent: new_leadid}", "12: entities.plan.fields: this key is missing",
      try: "add 'fields: [{dynamics: jobtitle, marketo: title}]'"),
    BadLine(
      "  plan: {\(objects), parent: new_leadid, parent_is: lead, \(fields)}",
      "12: entities.plan.parent_is: 'lead' is not allowed here", try: "write one of person, company"
    ),
    BadLine(
      "  plan: {\(objects), parent: new_LeadId, \(fields)}",
      "12: entities.plan.parent: 'new_LeadId' is no logical name: these are in lower case",
      try: "write 'new_leadid'"),
    BadLine(
      "  plan: {\(objects), parent: new_leadid, direction: both, \(fields)}",
      "12: entities.plan.direction: means nothing for a custom entity: "
        + "it goes from Dynamics to Marketo",
      try: "remove it"),
    BadLine(
      "  plan: {\(objects), parent: new_leadid, key: leadId, \(fields)}",
      "12: entities.plan.link: 'leadId' is the dedupe field as well", try: "name two fields"),
    BadLine(
      "  plan: {\(objects), parent: new_leadid, fields: [{dynamics: a, marketo: DynamicsId}]}",
      "12: entities.plan.fields[1].marketo: dynsync fills 'DynamicsId' by itself",
      try: "remove this pair"),
    BadLine(
      "  plan: {dynamics: connection, marketo: plan_c, parent: new_leadid, \(fields)}",
      "12: entities.plan.dynamics: 'connection' is no custom table",
      try: "name one of your own, as in 'dynamics: new_subscription'"),
    BadLine(
      "  plan: {dynamics: new_plan, marketo: Company, parent: new_leadid, \(fields)}",
      "12: entities.plan.marketo: 'Company' is no custom object",
      try: "name one of your own, as in 'marketo: subscription_c'"),
    BadLine(
      "  plan: {\(objects), parent: new_leadid, \(fields)}\n"
        + "  offer: {dynamics: new_offer, marketo: Plan_c, parent: new_leadid, \(fields)}",
      "13: entities.offer.marketo: 'Plan_c' belongs to the entity 'plan' already",
      try: "join the two, or name another"),
    BadLine(
      "  opportunity_role: {\(objects), parent: new_leadid, \(fields)}",
      "12: entities.opportunity_role: 'opportunity_role' is a name of dynsync's own",
      try: "choose another: small letters, digits and underscores, as in 'subscription'"),
    BadLine(
      "  Plan: {\(objects), parent: new_leadid, \(fields)}",
      "12: entities.Plan: 'Plan' is no name for an entity",
      try: "choose another: small letters, digits and underscores, as in 'subscription'"),
  ]

  private static let objects = "dynamics: new_plan, marketo: plan_c"
  private static let fields = "fields: [{dynamics: new_name, marketo: name}]"
}
