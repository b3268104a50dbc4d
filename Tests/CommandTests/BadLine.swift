import Testing

/// One bad place in the sample configuration, and the words that it must be answered with.
struct BadLine: Sendable, CustomTestStringConvertible {
  var good: String
  var bad: String
  /// Line, key and reason.
  var error: String
  var mend: String

  var testDescription: String { bad }

  init(_ good: String, _ bad: String, _ error: String, try mend: String) {
    (self.good, self.bad, self.error, self.mend) = (good, bad, error, mend)
  }

  static let all =
    yaml + values + services + secrets + entities + teams + custom + pairs + unfinished

  private static let yaml = [
    BadLine(
      "  auth:\n", "  auth: [\n",
      "5: is no valid YAML in column 14: "
        + "did not find expected ',' or ']'",
      try: "look at the indentation, colons, brackets and quotes of this line and the one before"),
    BadLine(
      "  client_id: service", "  client_id: service\n  client_id: other",
      "9: 'client_id' stands twice in one section", try: "join the two"),
    BadLine(
      "entities:\n  lead:", "entities:\n  lead: {fields: []}\n  lead:",
      "12: 'lead' stands twice in one section", try: "join the two"),
  ]

  private static let values = [
    BadLine(
      "dynamics:\n", "databse: x.db\ndynamics:\n", "1: databse: this key is not known",
      try: "write 'database'"),
    BadLine(
      "dynamics:\n", "colour: blue\ndynamics:\n", "1: colour: this key is not known",
      try: "remove it; known here: database, dynamics, marketo, match, merge, limits, entities"),
    BadLine(
      "dynamics:\n", "database: [a]\ndynamics:\n", "1: database: is no single value",
      try: "write 'database: dynsync.db'"),
    BadLine(
      "dynamics:\n", "database:\ndynamics:\n", "1: database: has no value",
      try: "write 'database: dynsync.db'"),
    BadLine(
      "dynamics:\n", "match: key\ndynamics:\n", "1: match: is no list of look-ups",
      try: "write 'match: [key, email]'"),
    BadLine(
      "dynamics:\n", "match: [key, id]\ndynamics:\n", "1: match: 'id' is not allowed here",
      try: "write one of key, email"),
    BadLine(
      "dynamics:\n", "match: [key, key]\ndynamics:\n", "1: match: 'key' stands here twice",
      try: "remove one"),
    BadLine(
      "dynamics:\n", "merge: yes\ndynamics:\n", "1: merge: 'yes' is not allowed here",
      try: "write flag"),
    BadLine(
      "dynamics:\n", "database: /tmp\ndynamics:\n", "1: database: /tmp is a folder",
      try: "name a file in it, as in 'database: /tmp/dynsync.db'"),
    BadLine(
      "dynamics:\n", "limits: 20\ndynamics:\n", "1: limits: is no section of keys",
      try: "write keys below it: updates, creates, emptied, deletes"),
    BadLine(
      "dynamics:\n", "limits:\n  updates: {percent: 120}\ndynamics:\n",
      "2: limits.updates.percent: '120' is not a whole number from 0 to 100",
      try: "write 'percent: 20'"),
    BadLine(
      "dynamics:\n", "limits:\n  deletes: many\ndynamics:\n",
      "2: limits.deletes: 'many' is not a whole number 0 or more", try: "write 'deletes: 100'"),
    BadLine(
      "  client_id: service", "  client_id: service\n  server_timeout: soon",
      "10: marketo.server_timeout: 'soon' is not a length of time",
      try: "write a number and s, m or h, as in 30s, 5m or 1h"),
    BadLine(
      "tenant: acme.example", "tenant: ${acme-tenant}",
      "4: dynamics.auth.tenant: '${' does not begin the name of an environment variable",
      try: "write ${NAME}, with letters, digits and underscores"),
  ]

  private static let services = [
    BadLine(
      "https://orgacme.crm4.dynamics.com", "orgacme.crm4.dynamics.com",
      "2: dynamics.url: is not an address like https://host",
      try: "write it like 'url: https://orgacme.crm4.dynamics.com'"),
    BadLine(
      "dynamics.com\n", "dynamics.com/api/data/v9.2\n",
      "2: dynamics.url: ends with '/api', which dynsync adds by itself",
      try: "write the address without it"),
    BadLine(
      "mktorest.com\n", "mktorest.com/rest\n",
      "8: marketo.url: ends with '/rest', which dynsync adds by itself",
      try: "write the address without it"),
    BadLine(
      "    tenant: acme.example\n", "", "3: dynamics.auth.tenant: this key is missing",
      try: "add 'tenant: acme.onmicrosoft.com'"),
    BadLine(
      "    client_id: app\n", "    client_id: app\n    username: me\n",
      "6: dynamics.auth.username: belongs to the flow 'password'",
      try: "remove it, or write 'flow: password'"),
    BadLine(
      "    client_secret: ${DYN",
      "    flow: password\n    password: ${MARKETO_CLIENT_SECRET}\n"
        + "    client_secret: ${DYN",
      "3: dynamics.auth.username: this key is missing", try: "add 'username: sync@acme.example'"),
    BadLine(
      "  client_id: service", "  person_key: crm id\n  client_id: service",
      "9: marketo.person_key: 'crm id' is not the name of a field",
      try: "write its API name: letters, digits and underscores"),
    BadLine(
      "  client_id: service", "  person_key: externalCompanyId\n  client_id: service",
      "9: marketo.person_key: dynsync fills 'externalCompanyId' with something else",
      try: "write 'person_key: dynamicsId', or another field of your own"),
  ]

  private static let secrets = [
    BadLine(
      "${MARKETO_CLIENT_SECRET}", "hunter2",
      "10: marketo.client_secret: a secret must not stand in this file",
      try: "write 'client_secret: ${MARKETO_CLIENT_SECRET}' and set the variable, "
        + "or use client_secret_file"),
    BadLine(
      "${MARKETO_CLIENT_SECRET}", "${OTHER}",
      "10: marketo.client_secret: the environment variable OTHER is not set",
      try: "set it: export OTHER=…"),
    BadLine(
      "  client_secret: ${MARKETO_CLIENT_SECRET}\n", "",
      "7: marketo.client_secret: the secret is given neither by the environment nor by a file",
      try: "add 'client_secret: ${MARKETO_CLIENT_SECRET}' and set the variable, "
        + "or add 'client_secret_file: PATH'"),
    BadLine(
      "  client_id: service", "  client_id: service\n  client_secret_file: m.secret",
      "10: marketo.client_secret_file: client_secret is given as well",
      try: "keep one of the two"),
    BadLine(
      "  client_secret: ${MARKETO_CLIENT_SECRET}", "  client_secret_file: /nowhere/m.secret",
      "10: marketo.client_secret_file: /nowhere/m.secret cannot be read",
      try: "put the secret there, readable for the user that runs dynsync"),
  ]

  private static let entities = [
    BadLine(
      "  lead:", "  oportunity:\n    fields: []\n  lead:",
      "12: entities.oportunity: this entity is not known", try: "write 'opportunity'"),
    BadLine(
      "    fields:\n", "    winer: dynamics\n    fields:\n",
      "13: entities.lead.winer: this key is not known", try: "write 'winner'"),
    BadLine(
      "    fields:\n", "    winner: true_wins\n    fields:\n",
      "13: entities.lead.winner: 'true_wins' is not allowed here",
      try: "write one of dynamics, marketo"),
    BadLine(
      "  lead:\n", "  account:\n    direction: both\n",
      "13: entities.account.direction: 'both' is wider than 'to_marketo', "
        + "all that dynsync does for account",
      try: "write 'to_marketo' or remove the line"),
    BadLine(
      "  lead:\n", "  contact: {}\n  lead:\n",
      "12: entities.contact.fields: this key is missing",
      try: "add 'fields: [{dynamics: jobtitle, marketo: title}]'"),
    BadLine(
      "  lead:\n", "  lead:\n    on_delete: propagate\n",
      "13: entities.lead.on_delete: only opportunities and the rows of custom entities are ever "
        + "deleted in Marketo",
      try: "remove the line or write 'on_delete: keep'"),
    BadLine(
      "  lead:\n", "  lead:\n    on_delete: delete\n",
      "13: entities.lead.on_delete: 'delete' is not allowed here", try: "write keep"),
    BadLine(
      "  lead:\n", "  lead:\n    parent: new_contactid\n",
      "13: entities.lead.parent: belongs to custom entities; "
        + "dynsync knows what lead is in both services",
      try: "remove it"),
    BadLine(
      "  lead:\n",
      "  opportunity:\n    on_delete: burn\n    fields: [{dynamics: name, marketo: name}]\n"
        + "  lead:\n",
      "13: entities.opportunity.on_delete: 'burn' is not allowed here",
      try: "write one of keep, propagate"),
    BadLine(
      "  lead:\n",
      "  opportunity:\n    fields: [{dynamics: name, marketo: externalOpportunityId}]\n  lead:\n",
      "13: entities.opportunity.fields[1].marketo: dynsync fills 'externalOpportunityId' by itself",
      try: "remove this pair"),
  ]

  private static let pairs = [
    BadLine(
      "{dynamics: jobtitle, marketo: title}", "{dinamics: jobtitle, dynamics: x, marketo: title}",
      "15: entities.lead.fields[2].dinamics: this key is not known", try: "write 'dynamics'"),
    BadLine(
      "{dynamics: jobtitle, marketo: title}", "jobtitle",
      "15: entities.lead.fields[2]: is no section of keys",
      try: "write keys below it: dynamics, marketo, direction, winner"),
    BadLine(
      "{dynamics: jobtitle, marketo: title}", "{dynamics: jobtitle}",
      "15: entities.lead.fields[2].marketo: this key is missing", try: "add 'marketo: title'"),
    BadLine(
      "marketo: title}", "marketo: job-title}",
      "15: entities.lead.fields[2].marketo: 'job-title' is not the name of a field",
      try: "write its API name: letters, digits and underscores"),
    BadLine(
      "marketo: title}", "marketo: title, direction: up}",
      "15: entities.lead.fields[2].direction: 'up' is not allowed here",
      try: "write one of both, to_marketo, to_dynamics"),
    BadLine(
      "marketo: title}", "marketo: title, winner: me}",
      "15: entities.lead.fields[2].winner: 'me' is not allowed here",
      try: "write one of dynamics, marketo, non_empty, true_wins, manual"),
    BadLine(
      "    fields:\n      - {dynamics: emailaddress1, marketo: email}",
      "    direction: to_marketo\n    fields:\n"
        + "      - {dynamics: emailaddress1, marketo: email, direction: both}",
      "15: entities.lead.fields[1].direction: 'both' is wider than the entity's 'to_marketo'",
      try: "write 'to_marketo' or remove it"),
    BadLine(
      "marketo: title}", "marketo: email}",
      "15: entities.lead.fields[2]: Marketo's 'email' is mapped already in line 14",
      try: "remove one of the two pairs"),
    BadLine(
      "dynamics: jobtitle", "dynamics: emailaddress1",
      "15: entities.lead.fields[2]: Dynamics' 'emailaddress1' is written by the pair in line 14 "
        + "already",
      try: "write 'direction: to_marketo' in one of the two"),
    BadLine(
      "jobtitle, marketo: title}", "emailaddress1, marketo: title, direction: to_dynamics}",
      "15: entities.lead.fields[2]: Dynamics' 'emailaddress1' is written by the pair in line 14 "
        + "already",
      try: "write 'direction: to_marketo' in one of the two"),
    BadLine(
      "marketo: title}", "marketo: DynamicsType}",
      "15: entities.lead.fields[2].marketo: dynsync fills 'DynamicsType' by itself",
      try: "remove this pair"),
  ]

  /// Settings that are known and not carried out yet.
  private static let unfinished = [
    BadLine(
      "dynamics:\n", "merge: merge\ndynamics:\n", "1: merge: 'merge' is not carried out yet",
      try: "remove the line or write 'merge: flag'"),
    BadLine(
      "  lead:\n", "  lead:\n    create: always\n",
      "13: entities.lead.create: 'always' is not carried out yet",
      try: "remove the line or write 'create: on_request'"),
  ]
}
