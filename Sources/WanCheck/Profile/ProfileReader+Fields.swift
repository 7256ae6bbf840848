import JobDocuments
import MediaFacts

extension ProfileReader {
  /// The most fields of a profile, and the deepest nesting of objects. Both are far more than any page has.
  private static let mostFields = 200
  private static let deepest = 4

  /// Reads a list of fields, and the fields inside them.
  mutating func readFields(_ list: DocumentValue, in path: [String], depth: Int) {
    guard depth < Self.deepest else {
      return complain("fields are at most \(Self.deepest) objects deep", list.position)
    }
    for element in elements(of: list, "fields") {
      guard fields.count < Self.mostFields else {
        return complain("a profile has at most \(Self.mostFields) fields", element.position)
      }
      readField(element, in: path, depth: depth)
    }
  }

  private mutating func readField(_ value: DocumentValue, in path: [String], depth: Int) {
    let before = problems.count
    guard
      let parts = object(
        value, "a field", needs: ["name", "type"],
        allows: [
          "means", "required", "default", "min", "max", "one_of", "source", "sentence", "description",
          "examples", "spellings", "fields", "open", "only_in_example",
        ]),
      let name = parts["name"].flatMap({ fieldName($0, in: path) }),
      let type: Profile.FieldType = parts["type"].flatMap({ word($0, "type") })
    else { return }
    let meaning: FieldMeaning? = parts["means"].flatMap { word($0, "means") }
    if let meaning, let value = parts["means"] {
      if meaning.type != type {
        complain(
          "a field that means \(meaning.rawValue) has the type \(meaning.type.rawValue)", value.position)
      }
      if fields.contains(where: { $0.meaning == meaning }) {
        complain("two fields mean \(meaning.rawValue)", value.position)
      }
    }
    let field = Profile.Field(
      path: path + [name], label: name, type: type, meaning: meaning,
      isRequired: flag("required", parts), defaultValue: parts["default"],
      description: parts["description"].flatMap { line($0, "description") },
      examples: parts["examples"].map { elements(of: $0, "examples") } ?? [],
      spellings: parts["spellings"].map { elements(of: $0, "spellings") }?
        .compactMap { line($0, "a spelling") } ?? [],
      isOpen: flag("open", parts), isTypedByExample: flag("only_in_example", parts), index: fields.count)
    fields.append(field)
    if let value = parts["default"], !type.holds(value) {
      complain("default must be \(type.article); found \(Self.shown(value))", value.position)
    }
    if parts["means"] == nil || meaning != nil { readLimit(of: field, parts, value) }
    guard let inner = parts["fields"] else { return }
    guard type == .object else { return complain("only an object has fields", inner.position) }
    if problems.count == before { readFields(inner, in: field.path, depth: depth + 1) }
  }

  private mutating func flag(_ key: String, _ parts: [String: DocumentValue]) -> Bool {
    parts[key].flatMap { truth($0, key) } ?? false
  }

  private mutating func fieldName(_ value: DocumentValue, in path: [String]) -> String? {
    guard let name = text(value, "name") else { return nil }
    guard name.utf8.count <= 64, name.utf8.allSatisfy(\.isNameByte) else {
      complain(
        "a name must be at most 64 letters, digits, `_` and `-`; found \(name.excerpt)", value.position)
      return nil
    }
    if path.isEmpty, name == "job" {
      complain("no field is called job: that is the envelope's key of the body", value.position)
    }
    if fields.contains(where: { $0.path == path + [name] }) {
      complain("duplicate field \(name)", value.position)
    }
    return name
  }

  /// The range or the words of a field, which one of the rules judges.
  private mutating func readLimit(
    of field: Profile.Field, _ parts: [String: DocumentValue], _ value: DocumentValue
  ) {
    let keys = ["min", "max", "one_of"].filter { parts[$0] != nil }
    guard let meaning = field.meaning, let limited = meaning.limited else {
      // A limit that no rule checks must not look as if it were checked.
      if let key = keys.first {
        complain(
          "\(key): no rule limits "
            + (field.meaning.map { "a field that means \($0.rawValue)" } ?? "a field that means nothing here"),
          parts[key]?.position ?? value.position)
      }
      return
    }
    guard !keys.isEmpty else { return }
    guard parts["sentence"] != nil else {
      return complain("a limit needs `sentence`: what the page says", value.position)
    }
    guard let source = source(of: parts, value) else { return }
    var limit = Limit(
      .field(meaning), "\(field.type == .string && limited.isRange ? "length" : "value") of \(field.name)",
      source: source)
    limit.unit = limited.unit
    limit.readings = limited.readings
    limit.defaultValue = field.defaultValue.flatMap { $0.string ?? $0.number?.text }
    if limited.isRange {
      readRange(parts, into: &limit, value)
    } else {
      readWords(parts, into: &limit, value) { word in (word, word) }
    }
    if let standard = field.defaultValue {
      let isInside =
        standard.number.map { $0.integer.map { limit.contains(Rational($0)) } ?? false }
        ?? standard.string.map { limit.allowed.isEmpty || limit.allowed.contains($0) } ?? true
      if !isInside { complain("default is not one of its own limit's values", standard.position) }
    }
    fieldLimits.append(limit)
  }

  /// Names two fields by their whole paths where their last names are the same.
  mutating func labelFields() {
    let names = Dictionary(grouping: fields.indices) { fields[$0].name }
    for index in names.values.filter({ $0.count > 1 }).joined() {
      fields[index].label = fields[index].path.joined(separator: ".")
    }
  }
}

extension Profile.FieldType {
  /// Whether `value` has the type.
  func holds(_ value: DocumentValue) -> Bool {
    switch (value.content, self) {
    case (.string, .string), (.object, .object), (.bool, .boolean): true
    case (.number(let literal), .integer): literal.isInteger
    default: false
    }
  }
}
