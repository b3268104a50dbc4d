extension ConfigurationKey {
  /// Every key, in the order in which the documentation lists them.
  static let all: [ConfigurationKey] = root + dynamics + marketo + limits + entities

  private static let root = [
    ConfigurationKey(
      "database", .otherwise("dynsync.db"), "dynsync.db",
      "The SQLite file that holds all state; a relative path starts at this file's folder."),
    ConfigurationKey("dynamics", .required, "{…}", "Where Dynamics is and how to log in there."),
    ConfigurationKey("marketo", .required, "{…}", "Where Marketo is and how to log in there."),
    ConfigurationKey(
      "match", .otherwise("[key, email]"), "[key, email]",
      "What records that stand on both sides are matched by, in this order."),
    ConfigurationKey(
      "merge", .otherwise("flag"), "flag",
      "Two persons of whom one became the other in Dynamics: `flag` lists them, "
        + "`merge` merges them in Marketo, which cannot be undone (not carried out yet: refused)."),
    ConfigurationKey(
      "limits", .otherwise("as below"), "{…}",
      "How much one run may change in one entity before it stops and a person must agree."),
    ConfigurationKey("entities", .required, "{…}", "What is kept in step, field by field."),
  ]

  private static let dynamics = [
    ConfigurationKey(
      "dynamics.url", .required, "https://orgacme.crm4.dynamics.com",
      "The organisation's address, without a path."),
    ConfigurationKey("dynamics.auth", .required, "{…}", "How the sync user logs in."),
    ConfigurationKey(
      "dynamics.auth.flow", .otherwise("client_credentials"), "client_credentials",
      "`client_credentials` for an application user, `password` for a user's name and password."),
    ConfigurationKey(
      "dynamics.auth.tenant", .requiredIf("there is no `token_url`"), "acme.onmicrosoft.com",
      "The directory's id or domain."),
    ConfigurationKey(
      "dynamics.auth.client_id", .required, "00000000-0000-0000-0000-000000000000",
      "The app registration's application (client) id."),
    ConfigurationKey(
      "dynamics.auth.client_secret", .requiredIf("the flow is `client_credentials`"),
      "${DYNAMICS_CLIENT_SECRET}", "The client secret's value, from the environment."),
    ConfigurationKey(
      "dynamics.auth.client_secret_file", .otherwise("`client_secret` holds it"),
      "dynamics.secret", "A file that holds the client secret and nothing else."),
    ConfigurationKey(
      "dynamics.auth.username", .requiredIf("the flow is `password`"), "sync@acme.example",
      "The sync user's name."),
    ConfigurationKey(
      "dynamics.auth.password", .requiredIf("the flow is `password`"), "${DYNAMICS_PASSWORD}",
      "The sync user's password, from the environment."),
    ConfigurationKey(
      "dynamics.auth.password_file", .otherwise("`password` holds it"), "dynamics.password",
      "A file that holds the password and nothing else."),
    ConfigurationKey(
      "dynamics.auth.token_url", .otherwise("Microsoft's login service"),
      "https://login.example/oauth2/v2.0/token",
      "The whole address that tokens are asked of, where it is not Microsoft's."),
    ConfigurationKey(
      "dynamics.server_timeout", .otherwise("180s"), "180s",
      "How long a call without an answer may still take effect."),
  ]

  private static let marketo = [
    ConfigurationKey(
      "marketo.url", .required, "https://123-ABC-456.mktorest.com",
      "The REST endpoint's address, without `/rest`."),
    ConfigurationKey(
      "marketo.client_id", .required, "00000000-0000-0000-0000-000000000000",
      "The LaunchPoint service's client id."),
    ConfigurationKey(
      "marketo.client_secret", .requiredIf("there is no `client_secret_file`"),
      "${MARKETO_CLIENT_SECRET}", "Its client secret, from the environment."),
    ConfigurationKey(
      "marketo.client_secret_file", .otherwise("`client_secret` holds it"), "marketo.secret",
      "A file that holds the client secret and nothing else."),
    ConfigurationKey(
      "marketo.person_key", .otherwise("dynamicsId"), "dynamicsId",
      "The person field that holds the Dynamics id; made at the first run where it is missing."),
    ConfigurationKey(
      "marketo.partition", .otherwise("Marketo's own choice"), "Default",
      "The lead partition that new persons go to."),
    ConfigurationKey(
      "marketo.log_activities", .otherwise("false"), "false",
      "Whether what became of a change is written to the person's log as a custom activity; "
        + "`dynsync init --provision` makes its type."),
    ConfigurationKey(
      "marketo.server_timeout", .otherwise("120s"), "120s",
      "How long a call without an answer may still take effect."),
  ]

  private static let limits =
    share("updates", atLeast: 50) + share("creates", atLeast: 200) + [
      ConfigurationKey(
        "limits.emptied", .otherwise("25"), "25", "How many values of one field may become empty."),
      ConfigurationKey(
        "limits.deletes", .otherwise("100"), "100",
        "How many records may go; persons merged or marked as deleted count."),
    ]

  private static func share(_ name: String, atLeast: Int) -> [ConfigurationKey] {
    let whole = "{percent: 20, at_least: \(atLeast)}"
    return [
      ConfigurationKey(
        "limits.\(name)", .otherwise(whole), whole,
        "How many \(name) one run may make: the larger of a share of the linked records and a "
          + "fixed number."),
      ConfigurationKey(
        "limits.\(name).percent", .otherwise("20"), "20", "The share, from 0 to 100."),
      ConfigurationKey(
        "limits.\(name).at_least", .otherwise("\(atLeast)"), "\(atLeast)", "The fixed number."),
    ]
  }
}
