import Foundation

/// The right to run on a database: an OS file lock beside it, gone with the process that holds it.
public struct RunLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock of the database at `path`, as the file `<path>.lock`.
  ///
  /// Throws ``StoreError`` of kind `locked` if another run holds it.
  public init(besides path: String) throws {
    let file = "\(path).lock"
    let opened = open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard opened >= 0 else {
      let isReadOnly = errno == EACCES || errno == EROFS || errno == EPERM
      throw StoreError(
        isReadOnly ? .readOnly : .cannotOpen, "lock \(file)",
        isReadOnly ? "its folder is read-only" : "its folder does not exist",
        mend: isReadOnly
          ? "give the user who runs dynsync the right to write there"
          : "make the folder, or name another database in dynsync.yaml")
    }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      close(opened)
      throw StoreError(
        .locked, "lock \(file)", "another run holds it",
        mend: "wait until it ends; a run that died holds nothing")
    }
    descriptor = opened
  }

  deinit {
    close(descriptor)
  }
}
