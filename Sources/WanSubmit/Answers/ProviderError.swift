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

  /// Status and message.
  public var description: String { "\(status): \(message)" }
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
