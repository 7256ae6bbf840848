import JobDocuments

/// What a webhook's headers and body come to.
public enum WebhookVerdict: Sendable, Hashable {
  /// The provider sent it, just like this, and just now.
  case genuine(WebhookDelivery)
  /// It is not to be acted on.
  case refused(WebhookProblem)

  /// The delivery, if it is genuine.
  public var delivery: WebhookDelivery? {
    if case .genuine(let delivery) = self { delivery } else { nil }
  }

  /// Why it is not to be acted on, if so.
  public var problem: WebhookProblem? {
    if case .refused(let problem) = self { problem } else { nil }
  }
}

/// A webhook that the provider sent.
public struct WebhookDelivery: Sendable, Hashable {
  /// The provider's name of the delivery; the same when it is sent again.
  public let id: String
  /// When it was sent, in seconds since 1970.
  public let timestamp: Int64
  /// The body as it came.
  public let body: [UInt8]

  /// The task that the body describes, with or without the `data` around it.
  ///
  /// Throws `noTask` if the body is no JSON in UTF-8, nests deeper than 64 levels, or has no acceptable `task_id`.
  public func task() throws(WebhookProblem) -> WanTask {
    guard let json = DocumentValue(answer: body) else {
      throw WebhookProblem(.noTask, message: "the body is no JSON")
    }
    guard let task = WanTask(json: json) else {
      throw WebhookProblem(.noTask, message: "the body is JSON, but has no task_id that could be one")
    }
    return task
  }
}
