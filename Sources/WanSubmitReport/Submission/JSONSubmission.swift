import WanCheck
import WanReport
import WanSubmit

/// The `submission` of a result. Every key is always present, except for `request` and `task`.
struct JSONSubmission: Encodable {
  var report: SubmissionReport
  var showURLs: Bool

  private enum Key: String, CodingKey {
    case state, fingerprint, message, error, request, task
    case taskID = "task_id"
    case ledgerRow = "ledger_row"
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    let submission = report.submission
    try values.encode(submission.state.rawValue, forKey: .state)
    try values.encode(submission.taskID, forKey: .taskID)
    try values.encode(submission.fingerprint, forKey: .fingerprint)
    try values.encode(submission.ledgerRow, forKey: .ledgerRow)
    try values.encode(submission.message, forKey: .message)
    try values.encode(submission.error.map { JSONProviderError(error: $0) }, forKey: .error)
    try values.encodeIfPresent(report.request.map { JSONRequest(request: $0) }, forKey: .request)
    try values.encodeIfPresent(
      report.task.map { JSONTaskReport(report: $0, showURLs: showURLs) }, forKey: .task)
  }
}

/// The provider's answer, if it is not a task.
private struct JSONProviderError: Encodable {
  var error: ProviderError

  private enum Key: String, CodingKey {
    case status, message
    case invalidParams = "invalid_params"
    case requestID = "request_id"
    case rateLimit = "rate_limit"
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(error.status, forKey: .status)
    try values.encode(error.message, forKey: .message)
    try values.encode(error.invalidParameters.map { JSONParameter(parameter: $0) }, forKey: .invalidParams)
    try values.encode(error.requestID, forKey: .requestID)
    try values.encode(JSONRateLimit(error.rateLimit), forKey: .rateLimit)
  }
}

private struct JSONParameter: Encodable {
  var parameter: InvalidParameter

  private enum Key: String, CodingKey {
    case name, reason, pointer, file, line, column
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(parameter.name, forKey: .name)
    try values.encode(parameter.reason, forKey: .reason)
    try values.encode(parameter.pointer, forKey: .pointer)
    try values.encode(parameter.place?.file, forKey: .file)
    try values.encode(parameter.place?.line, forKey: .line)
    try values.encode(parameter.place?.column, forKey: .column)
  }
}

/// Rate limits, with times in seconds.
private struct JSONRateLimit: Encodable {
  var limit: Int64?
  var remaining: Int64?
  var reset: Double?
  var retryAfter: Double?

  private enum Key: String, CodingKey {
    case limit, remaining, reset
    case retryAfter = "retry_after"
  }

  init(_ limit: RateLimit) {
    self.limit = limit.limit
    remaining = limit.remaining
    reset = limit.reset.map { ($0 / .seconds(1)).rounded() }
    retryAfter = limit.retryAfter.map { ($0 / .seconds(1)).rounded() }
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(limit, forKey: .limit)
    try values.encode(remaining, forKey: .remaining)
    try values.encode(reset, forKey: .reset)
    try values.encode(retryAfter, forKey: .retryAfter)
  }
}

/// A request that would be sent.
private struct JSONRequest: Encodable {
  var request: RequestPreview

  private enum Key: String, CodingKey {
    case method, url, headers, body
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(request.method, forKey: .method)
    try values.encode(request.url, forKey: .url)
    let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { first, _ in first }
    try values.encode(headers, forKey: .headers)
    try values.encode(request.body, forKey: .body)
  }
}
