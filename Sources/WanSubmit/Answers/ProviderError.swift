public import WanCheck

/// An answer of the provider that is not a task.
public struct ProviderError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The HTTP status of the answer.
  public var status: Int
  /// The provider's message, without keys, queries of URLs and control characters; the phrase of the status
  /// if the answer has no message.
  public var message: String
  /// The fields of the request that the provider reports as wrong.
  public var invalidParameters: [InvalidParameter]
  /// The rate limits in the answer.
  public var rateLimit: RateLimit
  /// The provider's id of the request, for its support.
  public var requestID: String?
  /// Whether the answer contains a task id despite the error: the provider may have taken the job.
  public var namesTask = false

  /// An error of the provider.
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

  /// The status and the message, and advice if there is any.
  public var description: String { "\(status): \(message)\(advice.map { "; \($0)" } ?? "")" }

  /// What users can do about the error; `nil` if the provider's message is all that is known.
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
  /// Why the field is not accepted.
  public var reason: String
  /// The JSON pointer of the field in the body, if `name` is a field of the body.
  public var pointer: String?
  /// The place of the field in the job's file, if it is known.
  public var place: Place?

  /// A field and why it is refused.
  public init(name: String, reason: String, pointer: String? = nil, place: Place? = nil) {
    self.name = name
    self.reason = reason
    self.pointer = pointer
    self.place = place
  }
}
