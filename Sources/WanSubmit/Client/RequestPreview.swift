import AssetSource
import JobDocuments
import Locations
public import WanCheck

/// A request in a form that is safe to show: always without the key, and without the
/// queries of URLs by default.
public struct RequestPreview: Sendable, Hashable {
  /// The method.
  public var method: String
  /// The URL.
  public var url: String
  /// The header fields, in order; the value of the key is three dots.
  public var headers: [Field]
  /// The JSON body.
  public var body: String

  /// A header field.
  public struct Field: Sendable, Hashable {
    /// The name of the field.
    public var name: String
    /// The value of the field.
    public var value: String
  }
}

extension WanClient {
  /// The request that `send` would make for `job`.
  public func preview(of job: ValidatedJob, showingURLs: Bool = false) -> RequestPreview {
    RequestPreview(
      method: ProviderRequest.Method.post.rawValue, url: configuration.base.text + ProviderBase.endpoint,
      headers: [
        RequestPreview.Field(name: configuration.keyHeader, value: configuration.key.description),
        RequestPreview.Field(name: "Content-Type", value: "application/json"),
      ],
      body: showingURLs ? job.body : Self.redactedBody(of: job))
  }

  private static func redactedBody(of job: ValidatedJob) -> String {
    guard let members = job.job.body?.members else { return "" }
    let urls = Set((Role.allCases.map(\.meaning) + [.webhook]).compactMap { job.job.profile[$0]?.name })
    let redacted = members.map { member in
      var member = member
      if urls.contains(member.key), let text = member.value.string {
        member.value.content = .string(AssetLocation(text).displayText)
      } else {
        member.value.redact()
      }
      return member
    }
    let body = DocumentValue(.object(redacted), at: .start)
    return (try? body.jsonText()) ?? ""
  }
}

extension DocumentValue {
  /// Removes user info and queries from URLs in strings, at any depth.
  fileprivate mutating func redact() {
    switch content {
    case .string(let text): content = .string(Redactor.words(text))
    case .array(var elements):
      for index in elements.indices { elements[index].redact() }
      content = .array(elements)
    case .object(var members):
      for index in members.indices { members[index].value.redact() }
      content = .object(members)
    default: break
    }
  }
}
