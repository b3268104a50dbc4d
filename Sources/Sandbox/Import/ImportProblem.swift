/// One place in the files of an import that cannot be taken as it is.
///
/// It names columns and never what stands in them: the files hold people.
public struct ImportProblem: Error, Hashable, Sendable {
  public var file: ImportFile
  /// The number of the line, from 1; `nil` where it is the file as a whole.
  public var line: Int?
  /// What is wrong.
  public var what: String
  /// What to do.
  public var mend: String

  public init(file: ImportFile, line: Int?, what: String, mend: String) {
    self.file = file
    self.line = line
    self.what = what
    self.mend = mend
  }

  /// Where the problem stands among others: by file, then by line.
  var place: (Int, Int) {
    (ImportFile.allCases.firstIndex(of: file) ?? 0, line ?? 0)
  }
}

extension ImportProblem: CustomStringConvertible {
  public var description: String {
    let place = line.map { "\(file.rawValue), line \($0)" } ?? file.rawValue
    return "\(place): \(what); \(mend)"
  }
}

/// Why a folder was not imported; nothing of it was.
public enum ImportError: Error, Hashable, Sendable {
  /// The folder holds none of the files, or cannot be read.
  case folder(String)
  /// Some lines are wrong: at least one problem, in the order of files and lines.
  case problems([ImportProblem])
}
