/// x
enum QuietBench {
  @Sendable static func run(_ size: BenchSize) async throws -> [Figure] { [] }
  static func child(_ size: BenchSize) async throws {}
}
