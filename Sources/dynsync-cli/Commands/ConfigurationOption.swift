import ArgumentParser
import Foundation

/// Where the configuration is; every command that needs one has this option.
struct ConfigurationOption: ParsableArguments {
  @Option(name: [.customShort("c"), .long], help: "The configuration file.")
  var config = "dynsync.yaml"

  /// Reads the configuration with this process's environment and tells its warnings.
  func load() throws(ConfigurationError) -> Configuration {
    let environment = ProcessInfo.processInfo.environment
    let configuration = try Configuration.load(from: config, environment: environment)
    for warning in configuration.warnings { Console.note("Warning: \(warning)") }
    return configuration
  }
}
