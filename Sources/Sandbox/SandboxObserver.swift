import Hummingbird

/// A moment in the life of one request to the sandbox, for who wants to watch or to interfere.
public struct SandboxMoment: Sendable, Hashable {
  public enum Stage: Sendable, Hashable {
    /// The request is there; nothing was done.
    case arrived
    /// Everything was done; the answer is not sent yet.
    case done
  }

  public var stage: Stage
  public var method: String
  /// Path and query.
  public var path: String
}

/// Tells an observer of every request, and waits for it; what it throws keeps the request undone.
struct SandboxObserver: RouterMiddleware {
  typealias Context = BasicRequestContext

  let observe: @Sendable (SandboxMoment) async throws -> Void

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let method = request.method.rawValue
    let path = request.uri.string
    try await observe(SandboxMoment(stage: .arrived, method: method, path: path))
    let response = try await next(request, context)
    try await observe(SandboxMoment(stage: .done, method: method, path: path))
    return response
  }
}
