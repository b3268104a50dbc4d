import Foundation

/// The process's two streams: results on one, all else on the other.
enum Console {
  /// Writes a result with a line end to the standard output.
  static func result(_ text: String) { write(text + "\n", to: .standardOutput) }

  /// Writes a line for people to the standard error.
  static func note(_ text: String) { write(text + "\n", to: .standardError) }

  /// Writes to the standard error as it is.
  static func raw(_ text: String) { write(text, to: .standardError) }

  /// Writes a result as it is to the standard output.
  static func rawResult(_ text: String) { write(text, to: .standardOutput) }

  /// Whether somebody reads the standard error on a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether somebody can answer a question.
  static var isAnswered: Bool { isatty(STDIN_FILENO) == 1 && isTerminal }

  /// Asks on the standard error; only a plain yes is one.
  static func agrees(_ question: String) -> Bool {
    raw("\(question) [y/N] ")
    return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
  }

  /// How wide that terminal is; 80 where it does not tell.
  static var terminalColumns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// A reader that went away (`dynsync log | head`) is no error of ours.
  private static func write(_ text: String, to stream: FileHandle) {
    try? stream.write(contentsOf: Data(text.utf8))
  }
}
