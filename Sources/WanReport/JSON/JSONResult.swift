import AssetOpening
import Locations
import MediaFacts
import WanCheck

/// An element of `results` in the form of the report's schema. Every key is always present, except
/// `submission`, which is present only where jobs were to be sent.
struct JSONResult: Encodable {
  var result: CheckResult
  var addition: ResultAddition?
  var showURLs: Bool

  private enum Key: String, CodingKey {
    case submission
    case input, index, record, kind, id, mode, verdict, submittable, assets, findings
    case notSubmittableBecause = "not_submittable_because"
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(result.input, forKey: .input)
    try values.encode(result.index, forKey: .index)
    try values.encode(result.record, forKey: .record)
    try values.encode(result.kind.rawValue, forKey: .kind)
    try values.encode(result.id, forKey: .id)
    try values.encode(result.mode?.rawValue, forKey: .mode)
    try values.encode(result.verdict.rawValue, forKey: .verdict)
    try values.encode(result.submittable, forKey: .submittable)
    try values.encode(result.notSubmittableBecause.map(\.rawValue), forKey: .notSubmittableBecause)
    try values.encode(result.assets.map { JSONAsset(asset: $0, showURLs: showURLs) }, forKey: .assets)
    try values.encode(result.findings.map { JSONFinding(finding: $0) }, forKey: .findings)
    if let addition { try values.encode(addition.content.json(showURLs: showURLs), forKey: .submission) }
  }
}

/// One asset of a result; `local_copy` is present where a file was read instead of the URL.
struct JSONAsset: Encodable {
  var asset: AssetResult
  var showURLs: Bool

  private enum Key: String, CodingKey {
    case role, location, verdict, facts, delivery
    case locationID = "location_id"
    case localCopy = "local_copy"
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(asset.role?.rawValue, forKey: .role)
    try values.encode(showURLs ? asset.rawLocation : asset.location, forKey: .location)
    try values.encode(asset.locationID, forKey: .locationID)
    try values.encode(asset.verdict.rawValue, forKey: .verdict)
    try values.encode(
      asset.facts.map { JSONFacts(facts: $0, size: asset.size, sha256: asset.sha256) }, forKey: .facts)
    try values.encode(
      asset.delivery.map { JSONDelivery(delivery: $0, showURLs: showURLs) }, forKey: .delivery)
    try values.encodeIfPresent(asset.localCopy, forKey: .localCopy)
  }
}

/// One finding of a result.
struct JSONFinding: Encodable {
  var finding: Finding

  private enum Key: String, CodingKey {
    case rule, severity, effect, role, pointer, file, line, column, message, fix, suppressed
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(finding.rule.rawValue, forKey: .rule)
    try values.encode(finding.severity.rawValue, forKey: .severity)
    try values.encode(finding.effect.rawValue, forKey: .effect)
    try values.encode(finding.role?.rawValue, forKey: .role)
    try values.encode(finding.pointer, forKey: .pointer)
    try values.encode(finding.place.file, forKey: .file)
    try values.encode(finding.place.line, forKey: .line)
    try values.encode(finding.place.column, forKey: .column)
    try values.encode(finding.message, forKey: .message)
    try values.encode(finding.fix.map(JSONFix.init), forKey: .fix)
    if finding.suppressed { try values.encode(true, forKey: .suppressed) }
    try JSONMeasures(finding: finding).encode(to: encoder)
  }
}

/// How a finding is fixed.
struct JSONFix: Encodable {
  var fix: Fix

  private enum Key: String, CodingKey {
    case kind, text, program, writes, applicability
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(fix.kind.rawValue, forKey: .kind)
    try values.encode(fix.text, forKey: .text)
    try values.encode(fix.program?.rawValue, forKey: .program)
    try values.encode(fix.writes, forKey: .writes)
    try values.encode(fix.applicability.rawValue, forKey: .applicability)
  }
}

/// The measured values of a finding and the limits that they were compared with. Scripts rely on them; they
/// are the same in every JSON format.
struct JSONMeasures: Encodable {
  var finding: Finding

  private enum Key: String, CodingKey {
    case limit, actual, readings
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(finding.limit.map(JSONLimit.init), forKey: .limit)
    let actual = finding.actual.isEmpty ? nil : finding.actual.mapValues(JSONQuantity.init)
    try values.encode(actual, forKey: .actual)
    try values.encode(finding.readings.map(JSONReading.init), forKey: .readings)
  }
}

/// The allowed values of a finding; an absent key means that there is no such bound.
private struct JSONLimit: Encodable {
  var min: JSONQuantity?
  var max: JSONQuantity?
  var unit: String?
  var oneOf: [String]?

  private enum CodingKeys: String, CodingKey {
    case min, max, unit
    case oneOf = "one_of"
  }

  init(_ allowed: AllowedValues) {
    min = allowed.minimum.map(JSONQuantity.init)
    max = allowed.maximum.map(JSONQuantity.init)
    unit = allowed.unit
    oneOf = allowed.oneOf.isEmpty ? nil : allowed.oneOf
  }
}

private struct JSONReading: Encodable {
  var name: String
  var actual: [String: JSONQuantity]
  var inside: Bool

  init(_ reading: Reading) {
    name = reading.name
    actual = reading.actual.mapValues(JSONQuantity.init)
    inside = reading.inside
  }
}

private struct JSONQuantity: Encodable {
  var quantity: Quantity

  init(_ quantity: Quantity) { self.quantity = quantity }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch quantity {
    case .integer(let number): try value.encode(number)
    case .fraction(let fraction) where fraction.denominator == 1: try value.encode(fraction.numerator)
    case .fraction(let fraction): try value.encode(fraction.doubleValue)
    case .text(let text): try value.encode(text)
    }
  }
}

/// How an asset was delivered.
private struct JSONDelivery: Encodable {
  var delivery: DeliveryFacts
  var showURLs: Bool

  private enum Key: String, CodingKey {
    case status, redirects, requests, etag, proxied
    case finalURL = "final_url"
    case bytesReceived = "bytes_received"
    case contentType = "content_type"
    case contentEncoding = "content_encoding"
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(
      showURLs ? delivery.finalURL.textWithQuery : delivery.finalURL.displayText,
      forKey: .finalURL
    )
    try values.encode(delivery.status, forKey: .status)
    try values.encode(delivery.redirects, forKey: .redirects)
    try values.encode(delivery.requests, forKey: .requests)
    try values.encode(delivery.bytesReceived, forKey: .bytesReceived)
    try values.encode(delivery.etag, forKey: .etag)
    try values.encode(delivery.contentType, forKey: .contentType)
    try values.encode(delivery.contentEncoding, forKey: .contentEncoding)
    try values.encode(delivery.isProxied, forKey: .proxied)
  }
}
