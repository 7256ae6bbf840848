import JobDocuments

/// The result of verifying a webhook.
public enum WebhookVerdict: Sendable, Hashable {
  /// The provider sent exactly this webhook, within the tolerance of now.
  case genuine(WebhookDelivery)
  /// The webhook must not be acted on.
  case refused(WebhookProblem)

  /// The delivery, if the webhook is genuine.
  public var delivery: WebhookDelivery? {
    if case .genuine(let delivery) = self { delivery } else { nil }
  }

  /// Why the webhook must not be acted on; `nil` if it is genuine.
  public var problem: WebhookProblem? {
    if case .refused(let problem) = self { problem } else { nil }
  }
}

/// A webhook that the provider sent.
public struct WebhookDelivery: Sendable, Hashable {
  /// The provider's id of the delivery, which is the same when it is sent again.
  public let id: String
  /// When the webhook was sent, in seconds since 1970.
  public let timestamp: Int64
  /// The body, unchanged.
  public let body: [UInt8]

  /// The task in the body, with or without `data` around it.
  ///
  /// Throws `noTask` if the body is not JSON in UTF-8, nests deeper than 64 levels, or has
  /// no acceptable `task_id`.
  public func task() throws(WebhookProblem) -> WanTask {
    guard let json = DocumentValue(answer: body) else {
      throw WebhookProblem(.noTask, message: "the body is not JSON")
    }
    guard let task = WanTask(json: json) else {
      throw WebhookProblem(.noTask, message: "the body is JSON, but has no valid `task_id`")
    }
    return task
  }
}
