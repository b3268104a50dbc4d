extension ConfigurationTemplate {
  /// How a table of one's own is kept in step; nothing of it holds before somebody fills it in.
  static let customExample = """
      # A table of your own becomes a Marketo custom object. 'parent' is the look-up column that names
      # the person; with 'parent_is: company' it names the account. 'dynsync init --provision' makes
      # the Marketo object where there is none, with the link field 'link' and the dedupe field 'key',
      # which holds the row's id. Dynamics -> Marketo.
      #
      # subscription:
      #   dynamics: new_subscription
      #   marketo: subscription_c
      #   parent: new_contactid
      #   fields:
      #     - {dynamics: new_name, marketo: name}
      #     - {dynamics: new_startdate, marketo: startDate}

    """

  /// The sandbox's custom table.
  static let sandboxCustom = """
      # A table of the organisation's own: it becomes a Marketo custom object, which 'dynsync init
      # --provision' makes. 'parent' is the look-up column that names the person. Dynamics -> Marketo.
      subscription:
        dynamics: new_subscription
        marketo: subscription_c
        parent: new_contactid
        fields:
          - {dynamics: new_name, marketo: name}
          - {dynamics: new_plan, marketo: plan}            # the option's label
          - {dynamics: new_amount, marketo: amount}
          - {dynamics: new_startdate, marketo: startDate}
          - {dynamics: new_active, marketo: isActive}

    """
}
