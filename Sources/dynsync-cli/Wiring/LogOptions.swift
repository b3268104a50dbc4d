import ArgumentParser
import Logging

/// How much is said on the standard error while a command works.
struct LogOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Tell what is done, in log lines on the standard error.")
  var verbose = false

  var logger: Logger {
    var logger = Logger(label: "dynsync") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = verbose ? .debug : .warning
    return logger
  }
}
