import AssetSource
import JobDocuments
import Locations
import NIOHTTP1
import WanCheck

/// The meaning of an answer, read from its status, headers and body alone.
enum AnswerReading: Sendable {
  /// A success, with its JSON.
  case success(DocumentValue)
  /// A success whose body cannot be read, and why.
  case unreadable(String)
  /// Any other answer.
  case failure(ProviderError)

  /// Reads `answer`, which arrived at `now`, in seconds since 1970. Texts in it that repeat one
  /// of `secrets` are removed.
  init(_ answer: ProviderAnswer, now: Double, secrets: [String]) {
    let json = DocumentValue(answer: answer.body)
    guard (200..<300).contains(answer.status) else {
      var error = ProviderError(answer, json, now: now, secrets: secrets)
      error.namesTask = json?.namesTask ?? answer.body.contains(DocumentValue.taskMember.utf8)
      self = .failure(error)
      return
    }
    if let json {
      // The task id is stored and shown, so an id that contains a secret is not accepted.
      let repeats = WanTask(json: json).map { task in secrets.contains { task.id.contains($0) } } ?? false
      self = repeats ? .unreadable("the answer (\(answer.status)) repeats a secret") : .success(json)
    } else if answer.body.isEmpty {
      self = .unreadable("the answer (\(answer.status)) is empty")
    } else {
      self = .unreadable("the answer (\(answer.status)) is not JSON")
    }
  }
}

extension DocumentValue {
  /// The JSON of an answer or of a webhook; `nil` if it is not JSON in UTF-8, or nests deeper than 64 levels.
  /// A malformed number makes the whole text invalid. A repeated key does not: its last value counts.
  init?(answer bytes: [UInt8]) {
    guard case .value(let value, _)? = try? JSONParser().elements(of: bytes).first else { return nil }
    self = value
  }

  fileprivate static let taskMember = "task_id"

  /// Whether the value contains a task id, at any depth.
  fileprivate var namesTask: Bool {
    switch content {
    case .object(let members):
      members.contains { member in
        let value = member.value
        return (member.key == Self.taskMember && !value.isNull && value.string != "") || value.namesTask
      }
    case .array(let elements): elements.contains(where: \.namesTask)
    default: false
    }
  }
}

extension ProviderError {
  /// Characters of a server's message that are shown at most.
  static let longestMessage = 1000

  /// Reads an answer that is not a success, in every known shape: `message` and `invalid_params` by themselves, in
  /// `problem`, or none of it.
  fileprivate init(_ answer: ProviderAnswer, _ json: DocumentValue?, now: Double, secrets: [String]) {
    func shown(_ text: String) -> String {
      Redactor.message(text, hiding: secrets, limit: Self.longestMessage)
    }
    let problem = json?["problem"] ?? json?["error"] ?? json
    let message = [
      problem?["message"], problem?["detail"], problem?["title"], json?["message"], json?["error"],
    ]
    .lazy.compactMap { $0?.string }.first { !$0.isEmpty }
    let list =
      [problem?["invalid_params"], problem?["invalidParams"], problem?["errors"], json?["invalid_params"]]
      .lazy.compactMap { $0?.elements }.first ?? []
    self.init(
      status: answer.status, message: message.map(shown) ?? Self.phrase(answer),
      invalidParameters: list.prefix(100).compactMap { InvalidParameter($0, shown) },
      rateLimit: RateLimit(headers: { answer[$0] }, now: now),
      requestID: ["x-request-id", "request-id", "x-amzn-requestid", "cf-ray"].lazy.compactMap { answer[$0] }
        .first.map(shown))
  }

  private static func phrase(_ answer: ProviderAnswer) -> String {
    if (300..<400).contains(answer.status) { return "the server redirects; redirects are not followed" }
    let phrase = HTTPResponseStatus(statusCode: answer.status).reasonPhrase
    return phrase.isEmpty ? "no further words" : phrase
  }
}

extension InvalidParameter {
  fileprivate init?(_ json: DocumentValue, _ shown: (String) -> String) {
    let name = [json["name"], json["field"], json["param"], json["path"]].lazy.compactMap { $0?.string }.first
    let reason = [json["reason"], json["message"], json["msg"]].lazy.compactMap { $0?.string }.first
    guard name != nil || reason != nil || json.string != nil else { return nil }
    self.init(
      name: shown(name ?? ""), reason: shown(reason ?? json.string ?? "the value is not accepted"))
  }
}
