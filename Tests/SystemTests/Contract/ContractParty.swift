import Dynamics
import Fakes
import Foundation
import Logging
import Marketo
import Model
import Sandbox
import Transport

@testable import Simulation
@testable import dynsync_cli

/// The conformances that keep the contract of `Connector`.
enum ContractParty: String, CaseIterable, Sendable {
  case fakeDynamics
  case fakeMarketo
  case simulatedDynamics
  case simulatedMarketo
  case dynamics
  case marketo

  private static let simulated = SimulatedObjects(SimulationRules.standard)

  /// Makes a new, empty service with a connector to it, and takes it down after `body`.
  func meet(_ body: @escaping @Sendable (ContractSubject) async throws -> Void) async throws {
    switch self {
    case .fakeDynamics:
      let fake = FakeDynamics()
      try await body(
        .dynamics(
          fake, edit: { await fake.put(.lead, $0.text, ["jobtitle": .text($1)]) },
          remove: { await fake.delete(.lead, $0.text) }))
    case .fakeMarketo:
      let fake = FakeMarketo()
      try await body(
        .marketo(
          fake, edit: { await fake.put($0.text, ["title": .text($1)]) },
          remove: { await fake.delete($0.text) }))
    case .simulatedDynamics:
      let side = SimulatedDynamics(world: SimulatedWorld(), objects: Self.simulated)
      try await body(
        .dynamics(
          side, edit: { await side.put(.lead, $0.text, ["jobtitle": .text($1)]) },
          remove: { await side.delete(.lead, $0.text) }))
    case .simulatedMarketo:
      let world = SimulatedWorld()
      let side = SimulatedMarketo(world: world, objects: Self.simulated)
      var subject = try ContractSubject.marketo(
        side, edit: { await side.put(.person, $0.text, ["title": .text($1)]) },
        remove: { await side.delete($0.text) })
      subject.beginning = world.now
      try await body(subject)
    case .dynamics:
      try await Rig.with { rig in
        try await body(
          .dynamics(
            try rig.dynamicsConnector(),
            edit: { id, title in
              try await rig.dynamics.update("leads", id.text, ["jobtitle": .string(title)])
            }, remove: { try await rig.dynamics.delete("leads", $0.text) }))
      }
    case .marketo:
      try await Rig.with { rig in
        let connector = try rig.marketoConnector()
        _ = try await connector.provision([])
        try await body(
          .marketo(
            connector,
            edit: { id, title in
              try await rig.marketo.update(Int64(id.text) ?? 0, ["title": .string(title)])
            }, remove: { try await rig.marketo.delete(Int64($0.text) ?? 0) }))
      }
    }
  }
}

extension DynamicsAPI {
  func delete(_ set: String, _ id: String) async throws {
    let answer = try await exchange.send(
      HTTPRequest(
        "DELETE", "\(base)/api/data/v9.2/\(set)(\(id))",
        headers: [.init("Authorization", "Bearer \(token)")]))
    guard answer.status == 204 else { throw APIError(answer) }
  }
}

extension MarketoAPI {
  func delete(_ id: Int64) async throws {
    let body: JSON = ["input": .array([["id": .integer(id)]])]
    let answer = try await exchange.send(
      HTTPRequest(
        "POST", "\(base)/rest/v1/leads/delete.json",
        headers: [
          .init("Authorization", "Bearer \(token)"), .init("Content-Type", "application/json"),
        ], body: body.encoded()))
    guard try JSON(parsing: answer.body)["success"]?.boolean == true else {
      throw APIError(answer)
    }
  }
}
