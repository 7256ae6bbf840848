import JobDocuments
import MediaFacts

extension ProfileReader {
  /// The formats that can be proved. A profile may name no others.
  private static let formats: [MediaFormat] = [.jpeg, .png, .bmp, .webp, .wav, .mp3, .mp4, .mov]

  /// Reads the limits of media.
  mutating func readLimits(_ list: DocumentValue) {
    for element in elements(of: list, "limits") {
      guard
        let parts = object(
          element, "a limit", needs: ["of", "measure", "sentence"],
          allows: ["min", "max", "one_of", "source"]),
        let subject = parts["of"].flatMap({ subject($0) }),
        let measure: Limits.Measure = parts["measure"].flatMap({ word($0, "measure") }),
        let source = source(of: parts, element)
      else { continue }
      guard measure.limits(subject.kind) else {
        complain("\(measure.rawValue) is not a measure of \(subject.kind.rawValue)", element.position)
        continue
      }
      let about =
        subject.role.map { Limit.Subject.role($0, measure) } ?? .media(subject.kind, measure)
      var limit = Limit(about, measure.subject(subject.kind, subject.role), source: source)
      limit.unit = measure.unit
      limit.readings = measure.readings
      if measure == .formats {
        readWords(parts, into: &limit, element) { word in
          Self.formats.first { $0.id == word && $0.kind == subject.kind }.map { ($0.id, $0.name) }
        }
      } else {
        readRange(parts, into: &limit, element)
      }
      if measure == .size, let least = parts["min"] {
        complain("a size has no min: no rule judges it", least.position)
      }
      if limits.contains(where: { $0.id == limit.id }) {
        complain("duplicate limit \(limit.id)", element.position)
      }
      limits.append(limit)
    }
    for role in Role.allCases where fields.contains(where: { $0.meaning == role.meaning }) {
      let isStated = limits.contains {
        $0.about == .media(role.kind, .formats) || $0.about == .role(role, .formats)
      }
      if !isStated { complain("limits needs the formats of \(role.rawValue)", list.position) }
    }
  }

  /// What a limit applies to: a kind of media, or one role.
  private mutating func subject(_ value: DocumentValue) -> (kind: MediaKind, role: Role?)? {
    if let kind = value.string.flatMap(MediaKind.init(rawValue:)) { return (kind, nil) }
    let role: Role? = word(value, "of must be image, or it")
    return role.map { ($0.kind, $0) }
  }

  mutating func readRange(_ parts: [String: DocumentValue], into limit: inout Limit, _ value: DocumentValue) {
    if let words = parts["one_of"] { complain("\(limit.id) has min and max, not one_of", words.position) }
    limit.minimum = parts["min"].flatMap { bound($0, of: limit) }
    limit.maximum = parts["max"].flatMap { bound($0, of: limit) }
    if parts["min"] == nil, parts["max"] == nil {
      complain("\(limit.id) needs `min` or `max`", value.position)
    }
    if let minimum = limit.minimum, let maximum = limit.maximum, maximum < minimum {
      complain("\(limit.id) allows nothing: min is above max", value.position)
    }
  }

  mutating func readWords(
    _ parts: [String: DocumentValue], into limit: inout Limit, _ value: DocumentValue,
    _ known: (String) -> (id: String, name: String)?
  ) {
    for key in ["min", "max"] {
      if let bound = parts[key] { complain("\(limit.id) has one_of, not \(key)", bound.position) }
    }
    let words = parts["one_of"].map { elements(of: $0, "one_of") } ?? []
    for element in words {
      guard let word = line(element, "a word of \(limit.id)") else { continue }
      guard let (id, name) = known(word) else {
        complain("\(word.excerpt) is not a format that can be proved here", element.position)
        continue
      }
      limit.allowed.append(id)
      limit.allowedNames.append(name)
    }
    if words.isEmpty { complain("\(limit.id) needs `one_of`, a list of words", value.position) }
  }
}

extension Limits.Measure {
  /// Whether a rule checks the measure for media of that kind.
  func limits(_ kind: MediaKind) -> Bool {
    switch self {
    case .formats, .size: true
    case .side, .aspectRatio: kind != .audio
    case .duration: kind != .image
    }
  }

  /// The unit of its numbers.
  var unit: String? {
    switch self {
    case .formats: nil
    case .side: "px"
    case .aspectRatio: Limit.ratioUnit
    case .duration: "s"
    case .size: "MB"
    }
  }

  /// The readings of the measure; empty if there is only one.
  var readings: [String] {
    switch self {
    case .formats: []
    case .side, .aspectRatio: ["stored", "displayed"]
    case .duration: ["container", "stream", "counted"]
    case .size: Megabyte.allCases.map(\.name)
    }
  }

  /// The name of what is limited: `width and height of an image`.
  func subject(_ kind: MediaKind, _ role: Role?) -> String {
    let noun: (article: String, name: String) =
      switch (role, kind) {
      case (.startImage?, _): ("the ", "start image")
      case (.endImage?, _): ("the ", "end image")
      case (_, .image): ("an ", "image")
      case (_, .audio): ("", "audio")
      case (_, .video): ("a ", "video")
      }
    let subject = noun.article + noun.name
    switch self {
    case .formats: return "format of \(subject)"
    case .side: return "width and height of \(subject)"
    case .aspectRatio: return "width over height of \(subject)"
    case .duration: return "length of \(subject)"
    case .size: return "size of \(noun.article.isEmpty ? "an " : noun.article)\(noun.name) file"
    }
  }
}
