extension ConfigurationTemplate {
  static let servicesHead = """
    # dynsync.yaml: what dynsync keeps in step, and how.
    # ${NAME} takes a value from the environment: secrets never stand in this file.

    # The SQLite file with all state; the path starts at this file's folder.
    database: \(database)

    # Dynamics 365: the organisation's address, and the app registration whose application user
    # reads and writes there.
    dynamics:
      url: https://YOUR-ORGANISATION.crm4.dynamics.com
      auth:
        flow: client_credentials
        tenant: YOUR-TENANT.onmicrosoft.com
        client_id: 00000000-0000-0000-0000-000000000000
        client_secret: ${DYNAMICS_CLIENT_SECRET}

    # Marketo Engage: Admin > Web Services tells the address, Admin > LaunchPoint the client.
    marketo:
      url: https://123-ABC-456.mktorest.com
      client_id: 00000000-0000-0000-0000-000000000000
      client_secret: ${MARKETO_CLIENT_SECRET}
      # The person field that holds the Dynamics id; made at the first run where it is missing.
      person_key: dynamicsId
      # The lead partition that new persons go to.
      partition: Default


    """

  static let sandboxHead = """
    # dynsync.yaml for the sandbox: both services on this machine, with made-up data.

    # The SQLite file with all state; the path starts at this file's folder.
    database: \(database)

    # The credentials below are the sandbox's own, the same everywhere. THEY ARE NOT SECRET.
    dynamics:
      url: \(SandboxDefaults.address())
      auth:
        flow: client_credentials
        tenant: \(SandboxDefaults.dynamicsTenant)
        client_id: \(SandboxDefaults.dynamicsClientID)
        client_secret: \(SandboxDefaults.dynamicsClientSecret)  # not secret
        token_url: \(SandboxDefaults.tokenAddress())

    marketo:
      url: \(SandboxDefaults.address())
      client_id: \(SandboxDefaults.marketoClientID)
      client_secret: \(SandboxDefaults.marketoClientSecret)  # not secret
      # The person field that holds the Dynamics id; made at the first run where it is missing.
      person_key: dynamicsId


    """

  static let rules = """
    # What records that stand on both sides are matched by: first the key, then the e-mail address
    # where exactly one record on each side has it. [key] alone never matches by e-mail.
    match: [key, email]

    # A lead that became a contact which has a person of its own: 'flag' lists the two persons, to be
    # merged by a person.
    merge: flag

    # How much one run may change in one entity before it stops and a person must agree.
    # 'dynsync run --allow-mass DIGEST' then carries out the plan that was stopped.
    limits:
      updates: {percent: 20, at_least: 50}
      creates: {percent: 20, at_least: 200}
      emptied: 25    # values of one field that become empty
      deletes: 100


    """
}
