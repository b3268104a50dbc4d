import Model
import Store
import Sync
import Testing

@Suite struct LinkerTests {
  private let linker = Linker(match: [.key, .email])

  private func row(_ facts: Facts = Facts(email: "ana@acme.test")) -> MirrorRow {
    MirrorRow(
      record: Record(id: .dynamics("l1"), fields: [:], facts: facts), change: 1, isDirty: true,
      isDeleted: false)
  }

  private func person(_ id: String, key: String? = nil) -> Record {
    Record(id: .marketo(id), fields: [:], facts: Facts(email: "ana@acme.test", key: key))
  }

  private func link(_ dynamics: String, _ marketo: String?, _ state: Link.State = .active) -> Link {
    Link(id: 1, entity: .contact, dynamicsID: dynamics, marketoID: marketo, state: state)
  }

  @Test func `a merged record gets no person: it lives on as the end of the chain`() {
    var findings = Linker.Findings()
    findings.mergeSurvivors = ["l1": "l3"]
    findings.byKey = ["l1": [person("1001", key: "l1")]]

    let decision = linker.decide(row(Facts(mergedInto: .dynamics("l2"))), of: .lead, findings)

    #expect(decision == .settle(dynamicsID: "l1", state: .merged, survivor: "l3"))
  }

  @Test func `a record that was made at a person's request is that person's`() {
    var findings = Linker.Findings()
    findings.byRequest = ["l1": person("1001")]
    findings.byEmail = ["ana@acme.test": [person("1001"), person("1002")]]
    let requested = LinkDecision.link(
      dynamicsID: "l1", person: person("1001"), how: .request)

    #expect(linker.decide(row(), of: .lead, findings) == requested)

    findings.byKey = ["l1": [person("1003", key: "l1")]]
    #expect(
      linker.decide(row(), of: .lead, findings)
        == .link(dynamicsID: "l1", person: person("1003", key: "l1"), how: .key))
  }

  @Test func `a requested record is not its person's who stands for another by now`() {
    var findings = Linker.Findings()
    findings.byRequest = ["l1": person("1001", key: "l2")]

    findings.livingKeys = ["l2"]
    #expect(
      linker.decide(row(Facts()), of: .lead, findings) == .create(dynamicsID: "l1"))
    findings.livingKeys = []
    findings.linksByMarketo = ["1001": link("c1", "1001")]
    #expect(
      linker.decide(row(Facts()), of: .lead, findings) == .create(dynamicsID: "l1"))
  }

  @Test func `a person whose own record is at hand is no candidate of another`() {
    var findings = Linker.Findings()
    findings.byRequest = ["l2": person("1001")]
    findings.byEmail = ["ana@acme.test": [person("1001")]]

    #expect(linker.decide(row(), of: .lead, findings) == .create(dynamicsID: "l1"))
  }

  @Test func `a merged record whose chain is not held lives on as what it points to`() {
    let decision = linker.decide(row(Facts(mergedInto: .dynamics("l2"))), of: .lead, .init())

    #expect(decision == .settle(dynamicsID: "l1", state: .merged, survivor: "l2"))
  }

  @Test func `a qualified lead lives on as its contact`() {
    var findings = Linker.Findings()
    findings.held = ["c1"]

    let decision = linker.decide(row(Facts(convertedTo: .dynamics("c1"))), of: .lead, findings)

    #expect(decision == .settle(dynamicsID: "l1", state: .converted, survivor: "c1"))
  }

  @Test func `a qualified lead waits for a contact that is not held yet`() {
    let decision = linker.decide(row(Facts(convertedTo: .dynamics("c1"))), of: .lead, .init())

    #expect(decision == .wait(dynamicsID: "l1"))
  }

  @Test func `a contact goes on with the person of the lead that it was made from`() {
    var findings = Linker.Findings()
    findings.linksByDynamics = ["l0": link("l0", "1001")]
    findings.byKey = ["l1": [person("1002", key: "l1")]]

    let decision = linker.decide(
      row(Facts(originatingLead: .dynamics("l0"))), of: .contact, findings)

    #expect(decision == .takeOver(contact: "l1", lead: "l0"))
  }

  @Test(arguments: [Link.State.converted, .deleted, .merged, .unlinked])
  func `a contact takes nothing over from a lead whose link is not active`(_ state: Link.State) {
    var findings = Linker.Findings()
    findings.linksByDynamics = ["l0": link("l0", "1001", state)]

    let decision = linker.decide(
      row(Facts(originatingLead: .dynamics("l0"))), of: .contact, findings)

    #expect(decision == .create(dynamicsID: "l1"))
  }

  @Test func `the person that carries the record's key is its own, whatever its e-mail`() {
    var findings = Linker.Findings()
    findings.byKey = ["l1": [person("1001", key: "l1")]]
    findings.byEmail = ["ana@acme.test": [person("1002"), person("1003")]]

    let decision = linker.decide(row(), of: .lead, findings)

    #expect(
      decision == .link(dynamicsID: "l1", person: person("1001", key: "l1"), how: .key))
  }

  @Test func `a key that several persons carry is never guessed`() {
    var findings = Linker.Findings()
    findings.byKey = ["l1": [person("1002", key: "l1"), person("1001", key: "l1")]]

    let decision = linker.decide(row(), of: .lead, findings)

    #expect(
      decision
        == .ambiguous(
          dynamicsID: "l1", candidates: [.marketo("1001"), .marketo("1002")],
          message: "2 Marketo records carry its key; merge them, or clear the key of all but one"))
  }

  @Test func `a key on a person that is linked to another makes no link`() {
    var findings = Linker.Findings()
    findings.byKey = ["l1": [person("1001", key: "l1")]]
    findings.linksByMarketo = ["1001": link("c9", "1001")]

    let decision = linker.decide(row(), of: .lead, findings)

    #expect(
      decision
        == .ambiguous(
          dynamicsID: "l1", candidates: [.marketo("1001")],
          message: "the Marketo record that carries its key is linked to contact c9; clear the key"
            + " that was copied"))
  }

  @Test func `one free person and one unlinked record with an e-mail address are linked`() {
    var findings = Linker.Findings()
    findings.byEmail = ["ana@acme.test": [person("1001")]]
    findings.unlinkedByEmail = ["ana@acme.test": ["l1"]]

    let decision = linker.decide(row(), of: .lead, findings)

    #expect(decision == .link(dynamicsID: "l1", person: person("1001"), how: .email))
  }

  @Test func `two persons with its e-mail address are never guessed`() {
    var findings = Linker.Findings()
    findings.byEmail = ["ana@acme.test": [person("1002"), person("1001")]]
    findings.unlinkedByEmail = ["ana@acme.test": ["l1"]]

    #expect(
      linker.decide(row(), of: .lead, findings)
        == .ambiguous(
          dynamicsID: "l1", candidates: [.marketo("1001"), .marketo("1002")],
          message: "2 Marketo and 1 Dynamics records have its e-mail address; merge the duplicates,"
            + " or write the record's id into the key field of the right one"))
  }

  @Test func `two records with its e-mail address, leads and contacts together, are never guessed`()
  {
    var findings = Linker.Findings()
    findings.byEmail = ["ana@acme.test": [person("1001")]]
    findings.unlinkedByEmail = ["ana@acme.test": ["c2", "l1"]]

    #expect(
      linker.decide(row(), of: .lead, findings)
        == .ambiguous(
          dynamicsID: "l1", candidates: [.marketo("1001"), .dynamics("c2")],
          message: "1 Marketo and 2 Dynamics records have its e-mail address; merge the duplicates,"
            + " or write the record's id into the key field of the right one"))
  }

  @Test func `two records and no person make two persons`() {
    var findings = Linker.Findings()
    findings.unlinkedByEmail = ["ana@acme.test": ["c2", "l1"]]

    #expect(linker.decide(row(), of: .lead, findings) == .create(dynamicsID: "l1"))
  }

  @Test func `a person that is linked, or carries the key of a living record, is no candidate`() {
    var findings = Linker.Findings()
    findings.byEmail = [
      "ana@acme.test": [person("1001"), person("1002", key: "c9"), person("1003")]
    ]
    findings.unlinkedByEmail = ["ana@acme.test": ["l1"]]
    findings.linksByMarketo = ["1001": link("c8", "1001")]
    findings.livingKeys = ["c9"]

    let decision = linker.decide(row(), of: .lead, findings)

    #expect(decision == .link(dynamicsID: "l1", person: person("1003"), how: .email))
  }

  @Test func `a person that carries the key of a record that is gone is free`() {
    var findings = Linker.Findings()
    findings.byEmail = ["ana@acme.test": [person("1001", key: "gone")]]
    findings.unlinkedByEmail = ["ana@acme.test": ["l1"]]

    let decision = linker.decide(row(), of: .lead, findings)

    #expect(
      decision == .link(dynamicsID: "l1", person: person("1001", key: "gone"), how: .email))
  }

  @Test func `matching by key alone never looks at e-mail addresses`() {
    var findings = Linker.Findings()
    findings.byEmail = ["ana@acme.test": [person("1001")]]
    findings.unlinkedByEmail = ["ana@acme.test": ["l1"]]

    let decision = Linker(match: [.key]).decide(row(), of: .lead, findings)

    #expect(decision == .create(dynamicsID: "l1"))
  }

  @Test func `a record without an e-mail address and without a key is created`() {
    #expect(linker.decide(row(Facts()), of: .lead, .init()) == .create(dynamicsID: "l1"))
  }
}
