import Foundation
import Model
import Testing

@testable import Store

@Suite struct PlannedChangeTests {
  @Test func `a plan is handed over change by change in its order`() throws {
    let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "dynsync.db").path
    let sample = try SampleStore(path: path)
    for number in 1...3 {
      try sample.link(
        sample.lead("l\(number)", ["jobtitle": .text("CTO")]),
        sample.person("\(number)", ["title": .text("CTO")]))
      try sample.pull(
        [sample.lead("l\(number)", ["jobtitle": .text("CEO \(number)")])], into: SampleLayout.lead)
      try sample.planTitle("CEO \(number)", for: "l\(number)")
    }

    var changes: [PlannedChange] = []
    try Reader(path: path).plan { changes.append($0) }

    #expect(
      changes
        == (1...3).map {
          PlannedChange(
            "lead", "l\($0)", side: "marketo", isCreate: false, field: "title", held: "CTO",
            becomes: "CEO \($0)")
        })
  }
}
