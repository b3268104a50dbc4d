extension ConfigurationKey {
  static let entities = ofEveryEntity + ofCustomEntities + ofPairs

  private static let ofEveryEntity = [
    ConfigurationKey(
      "entities.ENTITY", .otherwise("the entity is not synced"), "{fields: […]}",
      "One of `user`, `team`, `account`, `lead`, `contact`, `opportunity`, or a name of your own "
        + "for a custom entity."),
    ConfigurationKey(
      "entities.ENTITY.as", .otherwise("sales_person"), "mirror",
      "Of `team` alone: `sales_person` makes each team one, so that what it owns has an owner; "
        + "`mirror` only reads teams."),
    ConfigurationKey(
      "entities.ENTITY.direction",
      .otherwise("`both` for lead and contact, `to_marketo` for the others"), "both",
      "The way in which changes go: `both`, `to_marketo` or `to_dynamics`."),
    ConfigurationKey(
      "entities.ENTITY.winner", .otherwise("`marketo` for lead, else `dynamics`"), "dynamics",
      "Which side wins where both changed the same field: `dynamics` or `marketo`."),
    ConfigurationKey(
      "entities.ENTITY.create", .otherwise("on_request"), "on_request",
      "When a Marketo person becomes a Dynamics record: `on_request` (Sync Person) or `always` "
        + "(not carried out yet: refused)."),
    ConfigurationKey(
      "entities.ENTITY.on_delete", .otherwise("keep"), "keep",
      "What happens in Marketo when the Dynamics record is gone: `keep` or, of opportunities and "
        + "custom entities alone, `propagate`."),
    ConfigurationKey(
      "entities.ENTITY.filter", .otherwise("all records are synced"), "new_synctomarketo",
      "A two-option Dynamics column; a record that says No there is not synced."),
    ConfigurationKey(
      "entities.ENTITY.fields", .required, "[{dynamics: jobtitle, marketo: title}]",
      "The pairs of fields that are kept equal; with `as: mirror` the columns, as in "
        + "`[{dynamics: name}]`, and `name` where it is missing."),
  ]

  private static let ofCustomEntities = [
    ConfigurationKey(
      "entities.ENTITY.dynamics", .requiredIf("the entity is custom"), "new_subscription",
      "Of a custom entity: the Dynamics table's logical name."),
    ConfigurationKey(
      "entities.ENTITY.marketo", .requiredIf("the entity is custom"), "subscription_c",
      "Of a custom entity: the Marketo custom object's API name."),
    ConfigurationKey(
      "entities.ENTITY.parent", .requiredIf("the entity is custom"), "new_contactid",
      "Of a custom entity: the table's look-up column that names the lead, contact or account."),
    ConfigurationKey(
      "entities.ENTITY.parent_is", .otherwise("person"), "company",
      "Of a custom entity: what its rows hang on in Marketo, `person` or `company` (of accounts)."),
    ConfigurationKey(
      "entities.ENTITY.key", .otherwise("dynamicsId"), "dynamicsId",
      "Of a custom entity whose Marketo type is to be made: its dedupe field, which holds the "
        + "Dynamics row's id."),
    ConfigurationKey(
      "entities.ENTITY.link", .otherwise("`leadId`, or `companyId` for companies"), "leadId",
      "Of a custom entity whose Marketo type is to be made: its link field."),
  ]

  private static let ofPairs = [
    ConfigurationKey(
      "entities.ENTITY.fields.dynamics", .required, "jobtitle",
      "The Dynamics column's logical name."),
    ConfigurationKey(
      "entities.ENTITY.fields.marketo", .required, "title", "The Marketo field's REST name."),
    ConfigurationKey(
      "entities.ENTITY.fields.direction", .otherwise("the entity's"), "to_marketo",
      "The pair's own direction; never wider than the entity's."),
    ConfigurationKey(
      "entities.ENTITY.fields.winner",
      .otherwise("`true_wins` for opt-outs (`donot…`, `unsubscribed`), else the entity's"),
      "non_empty",
      "Who wins where both sides changed the field: `dynamics`, `marketo`, `non_empty`, "
        + "`true_wins` or `manual`."),
  ]
}
