import ArgumentParser
import Sandbox

/// Fills the sandbox's Dynamics from CSV files.
struct SandboxImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Fill the sandbox's Dynamics from CSV files.",
    discussion: """
      The folder holds one or more of accounts.csv, sales_teams.csv,
      sales_pipeline.csv and people.csv; docs/sandbox.md tells their columns. All
      rows are imported, or none: every line that is wrong is named. Rows that stand
      already are left as they are. The sandbox may be running.

      EXAMPLES
        dynsync sandbox import ~/crm-export
      """)

  @Argument(help: "The folder that holds the files.")
  var folder: String

  @OptionGroup var place: SandboxStateOption

  func run() async throws {
    let organisation: ImportedOrganisation
    let summary: ImportSummary
    do {
      organisation = try ImportedOrganisation(folder: folder)
    } catch {
      throw refusal(error)
    }
    let state = try place.open()
    do {
      summary = try state.add(organisation, now: SandboxStateOption.now)
    } catch let error as ImportError {
      throw refusal(error)
    } catch {
      throw CommandError(
        .failed, "sandbox: \(place.state) took nothing of \(folder): \(error)",
        mend: "stop what has the file open, and run it again")
    }
    Console.result("\(place.state): \(ImportText.text(summary))")
  }

  private func refusal(_ error: ImportError) -> CommandError {
    let reason = ImportText.text(error)
    let mend =
      switch error {
      case .folder: "name a folder that holds one of them"
      case .problems: "mend the lines, and run it again"
      }
    return CommandError(.usage, "sandbox: nothing of \(folder) was imported: \(reason)", mend: mend)
  }
}
