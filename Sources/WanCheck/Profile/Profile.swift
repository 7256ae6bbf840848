package import JobDocuments
import MediaFacts

/// An endpoint as data: its fields, its modes and its limits, each with the sentence that states it.
///
/// No other code contains names or numbers of an endpoint. The embedded profiles are files next to this one;
/// `docs/profiles.md` explains how to write another.
public final class Profile: Sendable {
  /// Where jobs are sent.
  package struct Endpoint: Sendable, Hashable {
    /// The URL that paths are added to.
    package var base: String
    /// The path that jobs are posted to.
    package var path: String
    /// The name of the header that carries the key.
    package var keyHeader: String
  }

  /// The stable id in reports: `freepik/wan-2-7`.
  public let id: String
  /// The display name.
  package let title: String
  /// The address of the endpoint's page.
  package let address: String
  /// The day on which the page was read, `YYYY-MM-DD`.
  public let captured: String
  /// Where jobs are sent.
  package let endpoint: Endpoint
  /// The fields of the request body, in the order of the page, each before those inside it.
  package let fields: [Field]
  /// The sets of assets that the endpoint takes.
  package let modes: [AssetSet]
  /// The statements of the endpoint, or of the model's owner, that a rule enforces.
  let statements: [RuleID: LimitSource]
  let documentedLimits: [Limit]
  /// The places of the limits in `documentedLimits`.
  let limitIndices: [Limit.Subject: Int]
  /// The objects that have no other members than the page lists.
  let objects: [Field]
  /// The fields of the body itself, by their names.
  private let root: [String: Int]
  /// The fields of each object that has some, by the object's index and their names.
  private let members: [Int: [String: Int]]
  private let meanings: [FieldMeaning: Int]
  private let examples: Set<String>

  init(
    id: String, title: String, address: String, captured: String, endpoint: Endpoint, fields: [Field],
    modes: [AssetSet], limits: [Limit], statements: [RuleID: LimitSource]
  ) {
    (self.id, self.title, self.address, self.captured) = (id, title, address, captured)
    (self.endpoint, self.fields, self.modes) = (endpoint, fields, modes)
    documentedLimits = limits
    limitIndices = Dictionary(limits.enumerated().map { ($1.about, $0) }) { first, _ in first }
    self.statements = statements
    root = fields.reduce(into: [:]) { if $1.path.count == 1 { $0[$1.name] = $1.index } }
    members = fields.reduce(into: [:]) { members, field in
      let parent = fields.first { $0.path == field.path.dropLast() }
      if let parent { members[parent.index, default: [:]][field.name] = field.index }
    }
    objects = members.keys.sorted().map { fields[$0] }.filter { !$0.isOpen }
    meanings = fields.reduce(into: [:]) { meanings, field in
      if let meaning = field.meaning { meanings[meaning] = field.index }
    }
    examples = Set(fields.filter { $0.meaning?.role != nil }.flatMap { $0.examples.compactMap(\.string) })
  }

  /// The documented limits.
  public var limits: Limits { Limits(self, documentedLimits) }

  /// The field of that meaning; `nil` if the endpoint has none.
  package subscript(meaning: FieldMeaning) -> Field? { meanings[meaning].map { fields[$0] } }

  /// The name of the field of that meaning, for people; the meaning's own if the endpoint has no such field.
  package func label(_ meaning: FieldMeaning) -> String { self[meaning]?.label ?? meaning.rawValue }

  /// The roles of assets that the endpoint takes.
  package var roles: [Role] { Role.allCases.filter { meanings[$0.meaning] != nil } }

  /// The kinds of media that the endpoint takes.
  var kinds: [MediaKind] { MediaKind.allCases.filter { kind in roles.contains { $0.kind == kind } } }

  /// The mode that assets of these roles select; `nil` if they select none.
  func mode(of roles: [Role]) -> Mode? { modes.first { $0.accepts(roles) }?.mode }

  /// The field called `name` in the object that is the value of `parent`, or in the body; `nil` if the page lists none.
  package func field(_ name: String, in parent: Field? = nil) -> Field? {
    names(in: parent)?[name].map { fields[$0] }
  }

  /// The fields of the object that is the value of `parent`, or of the body, by their names; `nil` if the page lists none.
  func names(in parent: Field?) -> [String: Int]? { parent.map { members[$0.index] } ?? root }

  /// Whether `location` is an example from the page, not a user's asset.
  func isExample(_ location: String) -> Bool { examples.contains(location) }

  /// Whether `document` has a field of the request body, and so is a request body.
  package func hasFields(in document: DocumentValue) -> Bool {
    (document.members ?? []).contains { member in
      guard let field = field(member.key) else { return false }
      // A name such as `input` is not enough without a field inside it.
      guard !field.isOpen, let names = members[field.index] else { return true }
      return (member.value.members ?? []).contains { names[$0.key] != nil }
    }
  }

  /// The values of the fields in `body`, by their index; of a field that occurs more than once, the last one.
  func values(in body: DocumentValue?) -> [DocumentValue?] {
    var values = [DocumentValue?](repeating: nil, count: fields.count)
    if let body { collect(body, root, &values) }
    return values
  }

  /// Recursion is as deep as the profile's fields, which the reader of profiles limits.
  private func collect(_ object: DocumentValue, _ names: [String: Int], _ values: inout [DocumentValue?]) {
    for member in object.members ?? [] {
      if let index = names[member.key] { values[index] = member.value }
    }
    for index in names.values {
      if let inner = members[index], let value = values[index] { collect(value, inner, &values) }
    }
  }
}

extension Profile {
  /// Freepik's endpoint: the one that jobs are sent to.
  public static let freepik = embedded(PackageResources.freepik_wan_2_7_json)

  /// Novita's endpoint of the same model.
  public static let novita = embedded(PackageResources.novita_wan2_7_i2v_json)

  /// Every profile that needs no file.
  public static var embedded: [Profile] { [freepik, novita] }

  private static func embedded(_ bytes: [UInt8]) -> Profile {
    let (profile, problems) = ProfileReader.read(bytes, named: "an embedded profile", rules: nil)
    // The bytes are part of the program, and a test reads each of them, so no input leads here.
    guard let profile else { fatalError(problems.map(\.description).joined(separator: "\n")) }
    return profile
  }

  /// `text` with the name of a field for each `$meaning`, as in the texts and examples of the catalogue.
  func naming(_ text: String) -> String {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(String(parts.first ?? "")) { text, part in
      let meaning = FieldMeaning.allCases.filter { part.hasPrefix($0.rawValue) }
        .max { $0.rawValue.count < $1.rawValue.count }
      return text + (meaning.map { label($0) + part.dropFirst($0.rawValue.count) } ?? "$\(part)")
    }
  }
}
