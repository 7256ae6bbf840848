public import WanCheck

/// What the provider answered instead of a task.
public struct ProviderError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The status of the answer.
  public var status: Int
  /// The provider's words, without keys, queries of URLs and control characters; the status's own phrase if it had none.
  public var message: String
  /// What it says is wrong with the request.
  public var invalidParameters: [InvalidParameter]
  /// What the answer says of rate limits.
  public var rateLimit: RateLimit
  /// The provider's name of the request, for its support.
  public var requestID: String?
  /// Whether the answer names a task all the same: the job may have been taken.
  public var namesTask = false

  /// An answer that is no task.
  public init(
    status: Int, message: String, invalidParameters: [InvalidParameter] = [],
    rateLimit: RateLimit = RateLimit(), requestID: String? = nil
  ) {
    self.status = status
    self.message = message
    self.invalidParameters = invalidParameters
    self.rateLimit = rateLimit
    self.requestID = requestID
  }

  /// Status and message, and what to do where that is known.
  public var description: String { "\(status): \(message)\(advice.map { "; \($0)" } ?? "")" }

  /// What a person can do about it; `nil` where the provider's words have to do.
  public var advice: String? {
    switch status {
    case 401:
      "check the API key: its value, whether it was revoked, and whether it belongs to this API base and key header"
    case 402:
      "the account has no credits or no plan for this model: top up or upgrade it, then run the command again"
    default: nil
    }
  }
}

/// A field of the request that the provider does not accept.
public struct InvalidParameter: Sendable, Hashable {
  /// The field as the provider names it.
  public var name: String
  /// Why.
  public var reason: String
  /// The JSON pointer of the field in the body, if the name is one of the body's fields.
  public var pointer: String?
  /// Where the field stands in the job's file, if that is known.
  public var place: Place?

  /// A field and why it is refused.
  public init(name: String, reason: String, pointer: String? = nil, place: Place? = nil) {
    self.name = name
    self.reason = reason
    self.pointer = pointer
    self.place = place
  }
}
