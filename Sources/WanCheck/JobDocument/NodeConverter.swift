import Yams

/// Turns nodes of Yams into values, by the rules of the language that the text is written in.
struct NodeConverter {
  /// What was wrong without keeping a value from being read (a repeated key), in order.
  private var problems: [DocumentProblem] = []
  // Those beyond the bound on findings: how many, and where the first is.
  private var uncounted: (count: Int, first: SourcePosition)?

  private let documents: ComposedDocuments
  private let firstLine: Int
  private let bounds: DocumentBounds
  private let language: SourceLanguage
  private var anchors: [String: Anchored] = [:]
  private var aliasedValues = 0
  private var aliasedBytes = 0
  // Values and bytes of text so far, those behind aliases included, and the deepest nesting seen in the current subtree.
  private var values = 0
  private var bytes = 0
  private var deepest = 0

  private struct Anchored {
    var value: DocumentValue
    var values: Int
    var bytes: Int
    var height: Int
  }

  /// A converter for the nodes of `documents`, which begin on `firstLine` of the file.
  init(_ documents: ComposedDocuments, firstLine: Int, language: SourceLanguage, bounds: DocumentBounds) {
    self.documents = documents
    self.firstLine = firstLine
    self.language = language
    self.bounds = bounds
  }

  /// Forgets the anchors and the problems of the document before.
  mutating func startDocument() {
    anchors = [:]
    aliasedValues = 0
    aliasedBytes = 0
    problems = []
  }

  /// Gives the problems since the last call, and forgets them.
  mutating func takeProblems() -> [DocumentProblem] {
    defer { (problems, uncounted) = ([], nil) }
    guard let (count, first) = uncounted else { return problems }
    return problems + [
      DocumentProblem("\(count) more keys occur more than once: keep one of each", at: first)
    ]
  }

  private mutating func note(_ problem: DocumentProblem) {
    if problems.count < FindingBound.most {
      problems.append(problem)
    } else {
      uncounted = ((uncounted?.count ?? 0) + 1, uncounted?.first ?? problem.position)
    }
  }

  /// The value of `node`, which lies inside `depth` arrays and objects.
  mutating func value(of node: Node, depth: Int) throws(DocumentProblem) -> DocumentValue {
    let (earlier, earlierBytes, outerDeepest) = (values, bytes, deepest)
    values += 1
    if values % 4096 == 0, DeepStack.isTooLate {
      throw DocumentProblem(.limit, "reading took too long", at: .start)
    }
    deepest = depth
    let value = try unregisteredValue(of: node, depth: depth)
    if let anchor = node.anchor?.rawValue {
      anchors[anchor] = Anchored(
        value: value, values: values - earlier, bytes: bytes - earlierBytes, height: deepest - depth)
    }
    deepest = max(deepest, outerDeepest)
    return value
  }

  private mutating func unregisteredValue(of node: Node, depth: Int) throws(DocumentProblem) -> DocumentValue
  {
    let position = position(of: node)
    switch node {
    case .scalar(let scalar):
      return try value(of: scalar, at: position, depth: depth)
    case .sequence(let sequence):
      try enterCollection(sequence.tag, expected: .sequence, depth: depth, at: position)
      var elements: [DocumentValue] = []
      elements.reserveCapacity(sequence.count)
      for element in sequence { elements.append(try value(of: element, depth: depth + 1)) }
      return DocumentValue(.array(elements), at: position)
    case .mapping(let mapping):
      try enterCollection(mapping.tag, expected: .mapping, depth: depth, at: position)
      return DocumentValue(.object(try members(of: mapping, depth: depth)), at: position)
    case .alias:
      throw DocumentProblem("an alias without its value", at: position)
    }
  }

  private mutating func members(
    of mapping: Node.Mapping, depth: Int
  ) throws(DocumentProblem) -> [DocumentValue.Member] {
    var members: [DocumentValue.Member] = []
    members.reserveCapacity(mapping.count)
    var places: [ExactText: SourcePosition] = [:]
    for (keyNode, valueNode) in mapping {
      let keyPosition = position(of: keyNode)
      let key = try key(of: keyNode, at: keyPosition, depth: depth)
      if let first = places[ExactText(text: key)] {
        note(
          DocumentProblem(
            "the key \(key.excerpt) stands at \(first) already: keep one of them", at: keyPosition))
      } else {
        places[ExactText(text: key)] = keyPosition
      }
      members.append(
        DocumentValue.Member(
          key: key, keyPosition: keyPosition, value: try value(of: valueNode, depth: depth + 1)))
    }
    return members
  }

  /// The text of a key. A plain key is its text, whatever it would be as a value: JSON has no other keys.
  private mutating func key(
    of node: Node, at position: SourcePosition, depth: Int
  ) throws(DocumentProblem) -> String {
    guard case .scalar(let scalar) = node else {
      throw DocumentProblem("a key must be a text, not a list or a mapping", at: position)
    }
    let value = try value(of: node, depth: depth + 1)
    if scalar.style == .plain, language.aliasName(scalar.string) == nil {
      return language.restore(scalar.string)
    }
    switch value.content {
    case .string(let text): return text
    case .number(let number): return number.text
    default: throw DocumentProblem("a key must be a text, not \(value.typeName)", at: position)
    }
  }

  private mutating func value(
    of scalar: Node.Scalar, at position: SourcePosition, depth: Int
  ) throws(DocumentProblem) -> DocumentValue {
    let isPlain = scalar.style == .plain
    if isPlain, let name = language.aliasName(scalar.string) {
      return try aliasedValue(name, at: position, depth: depth)
    }
    let text = language.restore(scalar.string)
    bytes += text.utf8.count
    if case .json = language {
      guard isPlain else { return DocumentValue(.string(text), at: position) }
      guard let content = JSONScalar.resolve(text) else {
        throw DocumentProblem(
          JSONScalar.fault(of: text) ?? "\(text.excerpt) is no value of JSON", at: position)
      }
      return DocumentValue(content, at: position)
    }
    let tag = scalar.tag.description
    if tag.isEmpty || ComposedDocuments.isOwn(tag) {
      return DocumentValue(isPlain ? CoreSchema.resolve(text) : .string(text), at: position)
    }
    guard let known = CoreSchema.Tag(rawValue: tag) else {
      throw DocumentProblem(
        "the tag \(CoreSchema.Tag.shorthand(tag).excerpt) has no meaning here: remove it", at: position)
    }
    guard let content = CoreSchema.resolve(text, as: known) else {
      throw DocumentProblem(
        "\(text.excerpt) is not what its tag \(CoreSchema.Tag.shorthand(tag).excerpt) says", at: position)
    }
    return DocumentValue(content, at: position)
  }

  private mutating func aliasedValue(
    _ name: Substring, at position: SourcePosition, depth: Int
  ) throws(DocumentProblem) -> DocumentValue {
    guard !name.isEmpty, name.utf8.allSatisfy(\.isAnchorCharacter) else {
      throw DocumentProblem(
        "`*` at the beginning of a value makes it an alias: put the text into quotes", at: position)
    }
    guard let anchored = anchors[String(name)] else {
      throw DocumentProblem(
        "no anchor `&\(name)` stands before this alias: put the text into quotes if it is none", at: position)
    }
    aliasedValues += anchored.values
    values += anchored.values
    aliasedBytes += anchored.bytes
    bytes += anchored.bytes
    guard aliasedBytes <= bounds.aliasedBytes else {
      throw DocumentProblem(
        .limit, "the aliases stand for more than \(bounds.aliasedBytes) bytes of text", at: position)
    }
    guard aliasedValues <= bounds.aliasedValues else {
      throw DocumentProblem(
        .limit, "the aliases stand for more than \(bounds.aliasedValues) values", at: position)
    }
    guard depth + anchored.height <= bounds.nesting else { throw nestingProblem(at: position) }
    deepest = max(deepest, depth + anchored.height)
    return DocumentValue(anchored.value.content, at: position)
  }

  private mutating func enterCollection(
    _ tag: Tag, expected: CoreSchema.Tag, depth: Int, at position: SourcePosition
  ) throws(DocumentProblem) {
    guard depth < bounds.nesting else { throw nestingProblem(at: position) }
    deepest = max(deepest, depth + 1)
    let tag = tag.description
    guard tag.isEmpty || tag == expected.rawValue || ComposedDocuments.isOwn(tag) else {
      throw DocumentProblem(
        "the tag \(CoreSchema.Tag.shorthand(tag).excerpt) has no meaning here: remove it", at: position)
    }
  }

  private func nestingProblem(at position: SourcePosition) -> DocumentProblem {
    DocumentProblem(.limit, "more than \(bounds.nesting) arrays and objects inside one another", at: position)
  }

  /// Where `node` begins in the user's text.
  func position(of node: Node) -> SourcePosition {
    guard let mark = node.mark else { return SourcePosition(line: firstLine, column: 1) }
    return documents.position(of: SourcePosition(line: mark.line, column: mark.column), firstLine: firstLine)
  }
}

extension UInt8 {
  /// Whether libyaml takes this byte for a part of an anchor's name.
  fileprivate var isAnchorCharacter: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
