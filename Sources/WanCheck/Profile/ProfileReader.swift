import JobDocuments
import Locations
import MediaFacts

extension Profile {
  /// Reads a profile from a user's file; `nil` if the file has a problem.
  package static func read(
    _ bytes: [UInt8], named name: String
  ) -> (profile: Profile?, problems: [ConfigurationProblem]) {
    ProfileReader.read(bytes, named: name, rules: RuleCatalogue.entries.map(\.id.rawValue))
  }
}

/// Reads the file of a profile, and collects all its problems.
///
/// All names, texts and numbers that are later used in messages, patterns and bounds are checked here.
struct ProfileReader: DocumentChecks {
  let name: String
  /// The ids of the rules; `nil` for an embedded profile, from which the catalogue of rules is made.
  let rules: [String]?
  var problems: [ConfigurationProblem] = []
  var sources: [String: LimitSource] = [:]
  var fields: [Profile.Field] = []
  /// The limits of fields, which come after those of media.
  var fieldLimits: [Limit] = []
  var limits: [Limit] = []

  static func read(
    _ bytes: [UInt8], named name: String, rules: [String]?
  ) -> (profile: Profile?, problems: [ConfigurationProblem]) {
    var reader = ProfileReader(name: name, rules: rules)
    var bounds = DocumentBounds()
    bounds.values = 20_000
    bounds.valuesAdvice = "no profile is that long"
    // YAML's grammar contains JSON's; the embedded files are JSON, which is read faster.
    let documents =
      rules == nil
      ? (try? JSONParser(bounds: bounds).elements(of: bytes)) ?? []
      : YAMLParser(bounds: bounds, excerpt: .redacted).elements(of: bytes, splittingArrays: false)
    if documents.isEmpty { reader.complain("the file is empty", .start) }
    var profile: Profile?
    for (index, document) in documents.enumerated() {
      switch document {
      case .failed(let problem): reader.complain(problem.message, problem.position)
      case .value(let value, let problems):
        for problem in problems { reader.complain(problem.message, problem.position) }
        if index > 0 {
          reader.complain("a profile is one document, and this is another", value.position)
        } else {
          profile = reader.profile(value)
        }
      }
    }
    return (reader.problems.isEmpty ? profile : nil, reader.problems)
  }

  private mutating func profile(_ root: DocumentValue) -> Profile? {
    guard
      let parts = object(
        root, "a profile", needs: ["id", "title", "sources", "endpoint", "fields", "modes", "limits"],
        allows: ["rules"])
    else { return nil }
    let id = parts["id"].flatMap { identifier($0) }
    let title = parts["title"].flatMap { line($0, "title") }
    let address = parts["sources"].flatMap { readSources($0) }
    let endpoint = parts["endpoint"].flatMap { readEndpoint($0) }
    if let list = parts["fields"] { readFields(list, in: [], depth: 0) }
    labelFields()
    let modes = parts["modes"].map { readModes($0) } ?? []
    if let list = parts["limits"] { readLimits(list) }
    let statements = parts["rules"].map { readStatements($0) } ?? [:]
    guard problems.isEmpty, let id, let title, let address, let endpoint, let page = sources["page"] else {
      return nil
    }
    return Profile(
      id: id, title: title, address: address, captured: page.captured, endpoint: endpoint, fields: fields,
      modes: modes, limits: limits + fieldLimits, statements: statements)
  }

  private mutating func identifier(_ value: DocumentValue) -> String? {
    guard let id = line(value, "id") else { return nil }
    guard id.utf8.count <= 64, id.utf8.allSatisfy({ $0.isLowercaseOrDigit || "._-/".utf8.contains($0) }),
      id.utf8.first?.isLowercaseOrDigit ?? false
    else {
      complain(
        "id must be at most 64 of a-z, 0-9, `.`, `_`, `-` and `/`, such as acme/video-2; found \(id.excerpt)",
        value.position)
      return nil
    }
    // Reports name the profile by its id alone.
    if rules != nil, Profile.embedded.contains(where: { $0.id == id }) {
      complain("\(id.excerpt) is the id of an embedded profile; choose another", value.position)
    }
    return id
  }

  /// Reads `sources`.
  /// - Returns: The address of the endpoint's page.
  private mutating func readSources(_ value: DocumentValue) -> String? {
    var address: String?
    for member in members(of: value, "sources") {
      let isPage = member.key == "page"
      guard
        let parts = object(
          member.value, "a source", needs: ["document", "captured"] + (isPage ? ["address"] : []),
          allows: ["address", "quoted"])
      else { continue }
      if let text = parts["address"], let url = url(text, "address"), isPage { address = url }
      let quoted = parts["quoted"].flatMap { truth($0, "quoted") } ?? false
      guard let document = parts["document"].flatMap({ line($0, "document") }),
        let captured = parts["captured"].flatMap({ day($0) })
      else { continue }
      sources[member.key] = LimitSource(
        sentence: "", document: document, captured: captured, isDocumented: isPage, isQuoted: quoted)
    }
    if value["page"] == nil { complain("sources needs a page: the endpoint's own", value.position) }
    return address
  }

  private mutating func readEndpoint(_ value: DocumentValue) -> Profile.Endpoint? {
    guard let parts = object(value, "endpoint", needs: ["base", "path", "key_header"], allows: []),
      let base = parts["base"].flatMap({ url($0, "base") }),
      let path = parts["path"].flatMap({ line($0, "path") }),
      let keyHeader = parts["key_header"].flatMap({ line($0, "key_header") })
    else { return nil }
    guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0.isNameByte || "/.~".utf8.contains($0) }) else {
      complain("path must begin with /, such as /v1/videos; found \(path.excerpt)", value.position)
      return nil
    }
    guard keyHeader.utf8.count <= 128, keyHeader.utf8.allSatisfy(\.isNameByte) else {
      complain("key_header must be the name of a header; found \(keyHeader.excerpt)", value.position)
      return nil
    }
    return Profile.Endpoint(base: base, path: path, keyHeader: keyHeader)
  }

  private mutating func readModes(_ value: DocumentValue) -> [Profile.AssetSet] {
    var modes: [Profile.AssetSet] = []
    for element in elements(of: value, "modes") {
      guard let parts = object(element, "a mode", needs: ["mode", "needs"], allows: ["allows"]),
        let mode: Mode = parts["mode"].flatMap({ word($0, "mode") })
      else { continue }
      let needs = parts["needs"].map { roles($0, "needs") } ?? []
      let allows = parts["allows"].map { roles($0, "allows") } ?? []
      if modes.contains(where: { $0.mode == mode }) {
        complain("duplicate mode \(mode.rawValue)", element.position)
      } else if parts["needs"]?.elements?.isEmpty ?? false {
        complain("the mode \(mode.rawValue) needs at least one asset", element.position)
      }
      modes.append(Profile.AssetSet(mode: mode, needs: needs, allows: allows))
    }
    if modes.isEmpty { complain("modes is a list with at least one mode", value.position) }
    return modes
  }

  private mutating func roles(_ value: DocumentValue, _ subject: String) -> [Role] {
    var roles: [Role] = []
    for element in elements(of: value, subject) {
      guard let role: Role = word(element, "an asset of \(subject)") else { continue }
      if fields.contains(where: { $0.meaning == role.meaning }) {
        roles.append(role)
      } else {
        complain("no field means \(role.rawValue)", element.position)
      }
    }
    return roles
  }

  private mutating func readStatements(_ value: DocumentValue) -> [RuleID: LimitSource] {
    var statements: [RuleID: LimitSource] = [:]
    for member in members(of: value, "rules") {
      if let rules, !rules.contains(member.key) {
        let nearest = Suggestion.nearest(to: member.key, in: rules)
        complain(
          "unknown rule \(member.key.excerpt)" + (nearest.map { "; did you mean \($0)?" } ?? ""),
          member.keyPosition)
      }
      guard let parts = object(member.value, "a rule", needs: ["sentence"], allows: ["source"]) else {
        continue
      }
      statements[RuleID(rawValue: member.key)] = source(of: parts, member.value)
    }
    return statements
  }

  /// The source that `parts` name, the page by default, with their sentence.
  mutating func source(of parts: [String: DocumentValue], _ value: DocumentValue) -> LimitSource? {
    let name = parts["source"].map { text($0, "source") } ?? "page"
    guard let name, let sentence = parts["sentence"].flatMap({ line($0, "sentence") }) else { return nil }
    guard var source = sources[name] else {
      complain(
        "unknown source \(name.excerpt): add it to `sources`", parts["source"]?.position ?? value.position)
      return nil
    }
    source.sentence = sentence
    return source
  }
}

extension UInt8 {
  fileprivate var isLowercaseOrDigit: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }

  /// Whether names of fields and headers may have the character.
  var isNameByte: Bool {
    isLowercaseOrDigit || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) || "_-".utf8.contains(self)
  }
}

extension ProfileReader {
  /// The values of a mapping by their keys, all of which are known; `nil` if one that is needed is missing.
  mutating func object(
    _ value: DocumentValue, _ subject: String, needs: [String], allows: [String]
  ) -> [String: DocumentValue]? {
    let before = problems.count
    var parts: [String: DocumentValue] = [:]
    for member in members(of: value, subject) {
      parts[member.key] = member.value
      if !(needs + allows).contains(member.key) { refuseUnknown(member, needs + allows, subject) }
    }
    guard value.members != nil else { return nil }
    for key in needs where parts[key] == nil { complain("\(subject) needs `\(key)`", value.position) }
    return problems.count == before ? parts : nil
  }

  mutating func elements(of value: DocumentValue, _ subject: String) -> [DocumentValue] {
    guard let elements = value.elements else {
      complain("\(subject) must be a list; found \(value.typeName)", value.position)
      return []
    }
    return elements
  }

  /// A text of one line that is safe to show.
  mutating func line(_ value: DocumentValue, _ subject: String) -> String? {
    guard let text = text(value, subject) else { return nil }
    guard text.unicodeScalars.count <= 1000,
      text.unicodeScalars.allSatisfy({ $0.properties.generalCategory.isVisible })
    else {
      complain("\(subject) must be one line of at most 1000 characters", value.position)
      return nil
    }
    return text
  }

  mutating func truth(_ value: DocumentValue, _ subject: String) -> Bool? {
    if value.bool == nil {
      complain("\(subject) must be true or false; found \(Self.shown(value))", value.position)
    }
    return value.bool
  }

  private mutating func url(_ value: DocumentValue, _ subject: String) -> String? {
    guard let text = line(value, subject) else { return nil }
    guard let url = AssetURL.read(text).url, url.isSecure, !url.hasCredentials else {
      complain(
        "\(subject) must be an https URL; found \(AssetLocation(text).displayText.excerpt)", value.position)
      return nil
    }
    return text
  }

  private mutating func day(_ value: DocumentValue) -> String? {
    guard let text = value.string, CalendarDay(text) != nil else {
      complain("captured must be a day, such as 2027-01-31; found \(Self.shown(value))", value.position)
      return nil
    }
    return text
  }
}
