import AssetOpening
import AsyncHTTPClient
import Foundation
import Locations
import NIOCore
import NIOHTTP1

/// The reason for a refusal, from the body of the answer: the error of an object store, a message in JSON, or the page of
/// a bot protection.
struct RefusalReason: Sendable, Hashable {
  /// The reason for people: short, on one line, without secrets.
  let text: String
  /// Whether the server requires proof that the client is a person.
  let isBotChallenge: Bool

  /// Bytes of a body that are read.
  static let bodyLimit = 16 << 10
  /// How long the body may take.
  private static let timeLimit = Duration.seconds(2)
  /// Characters that are shown.
  private static let limit = 200

  /// The reason in the head of a body; `nil` if it gives none.
  init?(headers: HTTPHeaders, body: [UInt8]) {
    let page = String(decoding: body.prefix(Self.bodyLimit), as: UTF8.self)
    if let guardian = Self.guardian(headers, page) {
      text = "\(guardian) requires proof that the client is a person (a bot challenge)"
      isBotChallenge = true
      return
    }
    guard let reason = Self.xml(page) ?? Self.json(body) ?? Self.title(page) ?? Self.plain(headers, page),
      case let shown = Self.shown(reason), !shown.isEmpty
    else { return nil }
    text = shown
    isBotChallenge = false
  }

  /// The first bytes of a body; fewer if they do not arrive in time.
  static func head(of body: HTTPClientResponse.Body) async -> [UInt8] {
    await withTaskGroup(of: [UInt8].self) { group in
      group.addTask {
        var bytes: [UInt8] = []
        do {
          for try await part in body {
            bytes += part.readableBytesView.prefix(bodyLimit - bytes.count)
            if bytes.count >= bodyLimit { break }
          }
        } catch {
          // The bytes that arrived are used.
        }
        return bytes
      }
      group.addTask {
        try? await Task.sleep(for: timeLimit)
        return []
      }
      defer { group.cancelAll() }
      return await group.next() ?? []
    }
  }

  /// The bot protection that requires proof.
  private static func guardian(_ headers: HTTPHeaders, _ page: String) -> String? {
    if headers.first(name: "cf-mitigated")?.lowercased() == "challenge" { return "Cloudflare" }
    let action = headers.first(name: "x-amzn-waf-action")?.lowercased()
    if action == "challenge" || action == "captcha" { return "AWS WAF" }
    if headers.contains(name: "x-datadome") || headers.contains(name: "x-dd-b") { return "DataDome" }
    guard page.utf8.contains(UInt8(ascii: "<")) || page.contains("captcha") else { return nil }
    let lower = page.lowercased()
    return signs.first { $0.signs.contains(where: lower.contains) }?.name
  }

  private static let signs: [(name: String, signs: [String])] = [
    (
      "Cloudflare",
      [
        "/cdn-cgi/challenge-platform", "cf-chl-", "_cf_chl_opt", "<title>just a moment...</title>",
        "attention required! | cloudflare", "cf-browser-verification", "challenges.cloudflare.com",
      ]
    ),
    ("AWS WAF", ["awswafcookiedomainlist", "awswafintegration", ".token.awswaf.com"]),
    ("DataDome", ["captcha-delivery.com", "datadome"]),
    ("HUMAN (PerimeterX)", ["px-captcha", "perimeterx", "_pxappid"]),
    ("Imperva", ["_incapsula_resource", "incapsula incident"]),
    ("Akamai", ["_abck", "akamai bot", "sec-if-cpt-container"]),
    ("Sucuri", ["sucuri website firewall", "sucuri_cloudproxy_js"]),
    ("Kasada", ["ips.js?", "kpsdk"]),
    (
      "the server",
      [
        "g-recaptcha", "h-captcha", "hcaptcha.com", "cf-turnstile", "verify you are human",
        "are you a robot", "are you human",
      ]
    ),
  ]

  /// `<Error><Code>AccessDenied</Code><Message>…</Message></Error>`, as object stores answer.
  private static func xml(_ page: String) -> String? {
    guard let code = element("Code", in: page) else { return element("Message", in: page) }
    guard let message = element("Message", in: page), message != code else { return code }
    return "\(code) (\(message))"
  }

  private static func element(_ name: String, in page: String) -> String? {
    guard let open = page.firstRange(of: "<\(name)>"),
      let close = page[open.upperBound...].firstRange(of: "</\(name)>"),
      case let text = page[open.upperBound..<close.lowerBound], !text.isEmpty, !text.contains("<")
    else { return nil }
    return plainText(text)
  }

  /// The message of a JSON object, at any depth of the usual names.
  private static func json(_ body: [UInt8]) -> String? {
    guard body.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{"),
      let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
    else { return nil }
    return message(in: object, depth: 0)
  }

  private static func message(in object: [String: Any], depth: Int) -> String? {
    let members = Dictionary(object.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
    let names = [
      "message", "error_description", "detail", "msg", "reason", "title", "error", "errors", "code",
    ]
    for name in names {
      switch members[name] {
      case let text as String where !text.isEmpty: return text
      case let inner as [String: Any] where depth < 3:
        if let text = message(in: inner, depth: depth + 1) { return text }
      case let list as [Any] where depth < 3:
        if let text = list.first as? String { return text }
        if let inner = list.first as? [String: Any], let text = message(in: inner, depth: depth + 1) {
          return text
        }
      default: continue
      }
    }
    return nil
  }

  /// The title of a page, if it has more information than the status.
  private static func title(_ page: String) -> String? {
    guard let open = page.firstRange(of: /<title[^>]{0,100}>/.ignoresCase()),
      let end = page[open.upperBound...].firstIndex(of: "<")
    else { return nil }
    let title = plainText(page[open.upperBound..<end])
    return title.isEmpty ? nil : "\"\(title)\""
  }

  private static func plain(_ headers: HTTPHeaders, _ page: String) -> String? {
    guard headers.first(name: "Content-Type")?.lowercased().hasPrefix("text/plain") ?? false,
      !page.unicodeScalars.prefix(limit).contains("\u{FFFD}")
    else { return nil }
    return page.split(whereSeparator: \.isNewline).first.map(String.init)
  }

  private static func plainText(_ text: Substring) -> String {
    var text = String(text)
    for (entity, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      text.replace(entity, with: character)
    }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// A reason in a form that is safe in a message.
  private static func shown(_ reason: String) -> String {
    let words = reason.prefix(2 * limit).split(whereSeparator: \.isWhitespace)
    return Redactor.message(words.joined(separator: " "), limit: limit)
  }
}
