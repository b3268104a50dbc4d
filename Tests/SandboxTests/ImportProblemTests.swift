import Foundation
import Testing

@testable import Sandbox

@Suite struct ImportProblemTests {
  private static let teamsHead = "sales_agent,manager,regional_office\n"
  private static let accountsHead =
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
  private static let pipelineHead =
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"

  @Test func `every bad line of the teams is told`() {
    let text = """
      Ada Quist,Bruno Thorne,Harbour
      Carla van Dorn,Carla van Dorn,Harbour
      ,Bruno Thorne,Hill
      Ada Quist,Edda Varga,Hill
      Ada Quíst
      """
    #expect(
      ImportSample.problems(.teams, Self.teamsHead + text) == [
        "sales_teams.csv, line 6: there are 1 fields where there should be 3; "
          + "put a field that holds a comma or a line end in quotes"
      ])
    #expect(
      ImportSample.problems(.teams, Self.teamsHead + text.replacing("\nAda Quíst", with: "")) == [
        "sales_teams.csv, line 3: manager leads back to the agent; break the circle of managers",
        "sales_teams.csv, line 4: sales_agent is empty; fill it",
        "sales_teams.csv, line 5: sales_agent is on line 2 already; keep one of the two lines",
      ])
  }

  @Test func `every bad line of the accounts is told`() {
    let text = """
      Kestrel,,,,,,Marlow
      Marlow,,,,,,"Marlow, Sons"
      "Marlow, Sons",,,,,,Marlow
      Halden,,19x6,,,,
      Orbis,,,1.100,-3,,
      Veldt,,,1e3,,,
      Lumen,,,,,,Corvid
      Halden,,,,,,
      ,,,,,,
      """
    #expect(
      ImportSample.problems(.accounts, Self.accountsHead + text).filter {
        $0.hasPrefix("accounts")
      } == [
        "accounts.csv, line 2: subsidiary_of leads back to the account; "
          + "break the circle of accounts",
        "accounts.csv, line 3: subsidiary_of leads back to the account; "
          + "break the circle of accounts",
        "accounts.csv, line 4: subsidiary_of leads back to the account; "
          + "break the circle of accounts",
        "accounts.csv, line 5: year_established is no whole number; write digits alone",
        "accounts.csv, line 6: employees is no whole number; write digits alone",
        "accounts.csv, line 7: revenue is no amount that is exact to the cent; "
          + "write it as 1100 or 1100.04",
        "accounts.csv, line 8: subsidiary_of is no account of this file; "
          + "add that account or empty the field",
        "accounts.csv, line 9: account is on line 5 already; keep one of the two lines",
        "accounts.csv, line 10: account is empty; fill it",
      ])
  }

  @Test func `every bad line of the pipeline is told`() {
    let text = """
      A1,Ada Quist,GTX,Kestrel,Won,20-10-16,01-03-17,1054
      A1,Ada Quist,GTX,Kestrel,Won,20-10-16,01-03-17,1054
      A2,Nobody,GTX,Kestrel,Won,20-10-16,01-03-17,1054
      A3,Bruno Thorne,GTX,Kestrel,Won,20-10-16,01-03-17,1054
      A4,Ada Quist,GTX,Corvid,Won,20-10-16,01-03-17,1054
      A5,Ada Quist,GTX,Kestrel,Lost,20-10-16,,
      A6,Ada Quist,GTX,Kestrel,Won,10/20/16,01-03-17,1054
      A7,Ada Quist,GTX,Kestrel,Won,20-10-16,01-03-17,1054.005
      A8,Ada Quist,GTX,Kestrel,,20-10-16,01-03-17,1054
      """
    #expect(
      ImportSample.problems(.pipeline, Self.pipelineHead + text) == [
        "sales_pipeline.csv, line 3: opportunity_id is on line 2 already; "
          + "keep one of the two lines",
        "sales_pipeline.csv, line 4: sales_agent is no agent of sales_teams.csv; "
          + "add the agent there",
        "sales_pipeline.csv, line 5: sales_agent is no agent of sales_teams.csv; "
          + "add the agent there",
        "sales_pipeline.csv, line 6: account is no account of accounts.csv; "
          + "add that account there or empty the field",
        "sales_pipeline.csv, line 7: close_date or close_value is empty, but the stage is Lost; "
          + "fill it",
        "sales_pipeline.csv, line 8: engage_date is no day; "
          + "write it as DD-MM-YY, such as 20-10-16",
        "sales_pipeline.csv, line 9: close_value is no amount that is exact to the cent; "
          + "write it as 1100 or 1100.04",
        "sales_pipeline.csv, line 10: deal_stage is empty; fill it",
      ])
  }

  @Test func `every bad line of the people is told`() {
    #expect(
      ImportSample.problems(.people, "Dario,,,,,,,,,,\nFalk,Gallo,,,,,,,,,\n") == [
        "people.csv, line 1: last is empty; fill it"
      ])
    #expect(
      ImportSample.problems(.people, "Dario,Eklund,,,,,,,,\n") == [
        "people.csv, line 1: there are 10 fields where there should be 11; "
          + "put a field that holds a comma or a line end in quotes"
      ])
  }

  @Test func `columns that are missing or there twice are named`() {
    #expect(
      ImportSample.problems(.teams, "sales_agent,Manager,manager\n") == [
        "sales_teams.csv, line 1: the column manager is there twice; rename one of them",
        "sales_teams.csv, line 1: the column regional_office is missing; "
          + "add it; its fields may be empty, and commas stand between columns",
      ])
    #expect(
      ImportSample.problems(.accounts, "") == ["accounts.csv: it is empty; remove it"])
  }

  @Test func `a folder without any of the files is refused`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("dynsync-import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }

    #expect(
      throws: ImportError.folder(
        "it holds none of sales_teams.csv, accounts.csv, sales_pipeline.csv, people.csv")
    ) { try ImportedOrganisation(folder: folder.path) }

    try Data(ImportSample.teams.utf8).write(to: folder.appendingPathComponent("sales_teams.csv"))
    #expect(try ImportedOrganisation(folder: folder.path).rows.count == 9)
  }

  @Test func `a folder that is not there, and a file that cannot be read, are told apart`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("dynsync-import-\(UUID().uuidString)")

    #expect(throws: ImportError.folder("there is no such folder")) {
      try ImportedOrganisation(folder: folder.path)
    }

    // A folder where a file should be cannot be read, whoever asks.
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("accounts.csv"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: ImportError.folder("accounts.csv in it cannot be read")) {
      try ImportedOrganisation(folder: folder.path)
    }
  }
}
