import Foundation

/// The provider's refusals, as its other pages and its clients know them. None takes the job: see `takingThen(_:)`.
extension Fault {
  /// How a 400 names the field that is wrong.
  public enum Naming: String, Sendable, CaseIterable {
    /// As `name`.
    case name
    /// As `field`.
    case field
  }

  /// 400 with `invalid_params`.
  ///
  /// - Parameters:
  ///   - message: the provider's words.
  ///   - parameters: fields, and what is wrong with each.
  ///   - naming: how a field is named.
  ///   - isWrapped: whether everything is in an object `problem`.
  public static func badRequest(
    _ message: String = "Validation error", parameters: [(String, String)] = [("prompt", "too long")],
    naming: Naming = .name, isWrapped: Bool = false
  ) -> Fault {
    let refusal = Refusal(message: message, parameters: parameters.map { .init(naming, $0, $1) })
    return .status(400, body: isWrapped ? Wire.json(["problem": refusal]) : Wire.json(refusal))
  }

  /// 401: the key is wrong.
  public static let unauthorized = refusal(401, "Invalid API key")
  /// 402: the account has no credit left.
  public static let paymentRequired = refusal(402, "Not enough credits")
  /// 403: the account is suspended, or its plan has not this.
  public static let forbidden = refusal(403, "Your account is suspended")
  /// 404: there is no such thing.
  public static let notFound = refusal(404, "Not found")
  /// 408: the provider did not wait for the request any longer.
  public static let requestTimeout = refusal(408, "Request timeout")

  /// 429: too many requests.
  ///
  /// - Parameter retryAfter: the value of `Retry-After`; `nil` leaves the field out.
  public static func tooManyRequests(retryAfter: String? = nil) -> Fault {
    refusal(429, "Too many requests", retryAfter: retryAfter)
  }

  /// 500: something broke.
  public static let internalServerError = refusal(500, "Internal server error")

  /// 503: come back later.
  ///
  /// - Parameter retryAfter: the value of `Retry-After`; `nil` leaves the field out.
  public static func serviceUnavailable(retryAfter: String? = nil) -> Fault {
    refusal(503, "Service unavailable", retryAfter: retryAfter)
  }

  private static func refusal(_ status: Int, _ message: String, retryAfter: String? = nil) -> Fault {
    .status(
      status, body: Wire.json(Refusal(message: message)),
      headers: retryAfter.map { [("Retry-After", $0)] } ?? [])
  }
}

/// What the provider says instead of a task.
struct Refusal: Encodable {
  var message: String
  var parameters: [Parameter]?

  struct Parameter: Encodable {
    var naming: Fault.Naming
    var name: String
    var reason: String

    init(_ naming: Fault.Naming, _ name: String, _ reason: String) {
      self.naming = naming
      self.name = name
      self.reason = reason
    }

    func encode(to encoder: any Encoder) throws {
      try [naming.rawValue: name, "reason": reason].encode(to: encoder)
    }
  }

  enum CodingKeys: String, CodingKey {
    case message
    case parameters = "invalid_params"
  }
}
