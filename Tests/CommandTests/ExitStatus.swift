@testable import dynsync_cli

/// The testing library has a type of the same name.
typealias ExitStatus = dynsync_cli.ExitStatus
