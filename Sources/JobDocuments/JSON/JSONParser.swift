/// Parses JSON (RFC 8259) into values with their places. It is iterative, so that no text exhausts the stack.
package struct JSONParser: Sendable {
  private let bounds: DocumentBounds
  private let excerpt: Excerpts

  /// A parser within `bounds`, whose messages quote the text as `excerpt` does.
  package init(bounds: DocumentBounds = DocumentBounds(), excerpt: Excerpts = Excerpts()) {
    self.bounds = bounds
    self.excerpt = excerpt
  }

  /// The one value of `bytes`.
  /// - Throws: the first problem; a key that occurs twice is one.
  package func value(of bytes: [UInt8]) throws(DocumentProblem) -> DocumentValue {
    switch try elements(of: bytes).first {
    case .value(let value, let problems):
      if let problem = problems.first { throw problem }
      return value
    case .failed(let problem): throw problem
    case nil: throw DocumentProblem("the text ends before a value is complete", at: .start)
    }
  }

  /// The one value of `bytes`, or the elements of its array if arrays are split.
  ///
  /// A malformed number fails its own element only.
  /// - Parameter firstLine: the line of the file on which the text begins.
  /// - Throws: the problem that ended the reading.
  package func elements(
    of bytes: [UInt8], firstLine: Int = 1, splittingArrays: Bool = false
  ) throws(DocumentProblem) -> [ParsedElement] {
    let text = try DocumentText(bytes, firstLine: firstLine)
    var reading = JSONReading(text, bounds: bounds, excerpt: excerpt, splitsArrays: splittingArrays)
    return try reading.elements()
  }
}

/// One run over a JSON text.
struct JSONReading {
  /// What the grammar allows next.
  enum Expectation {
    case value, elementOrEnd, key, keyOrEnd, colon, commaOrEnd, nothing
  }

  let bytes: [UInt8]
  let bounds: DocumentBounds
  let excerpt: Excerpts
  var builder: DocumentBuilder
  private(set) var expected = Expectation.value
  /// The last token by its first byte, and its place.
  private(set) var previous: (byte: UInt8, position: SourcePosition)?

  /// The offset of the next byte.
  var index: Int
  private var line: Int
  private var lineStart: Int
  /// Bytes since `lineStart` that do not begin a scalar.
  var continuations = 0
  private var values = 1

  init(_ text: DocumentText, bounds: DocumentBounds, excerpt: Excerpts, splitsArrays: Bool) {
    bytes = text.bytes
    index = text.start
    lineStart = text.start
    line = text.firstLine
    self.bounds = bounds
    self.excerpt = excerpt
    builder = DocumentBuilder(bounds: bounds, excerpt: excerpt, splitsArrays: splitsArrays)
  }

  /// The place of the next byte.
  var position: SourcePosition {
    SourcePosition(line: line, column: 1 + index - lineStart - continuations)
  }

  mutating func elements() throws(DocumentProblem) -> [ParsedElement] {
    let deadline = ReadingDeadline(bounds.timeLimit)
    var tokens = 0
    while true {
      skipBlanks()
      guard index < bytes.count else {
        guard expected == .nothing else { throw unexpectedEnd }
        return builder.elements
      }
      try readToken(bytes[index])
      tokens += 1
      if tokens % 4096 == 0 { try deadline.check() }
    }
  }

  private mutating func skipBlanks() {
    while index < bytes.count, bytes[index].isBlank {
      let isLineFeed = bytes[index] == .lineFeed
      index += 1
      if isLineFeed {
        line += 1
        lineStart = index
        continuations = 0
      }
    }
  }

  private mutating func readToken(_ byte: UInt8) throws(DocumentProblem) {
    let (start, place) = (index, position)
    switch (byte, expected) {
    case (UInt8(ascii: "\""), .key), (UInt8(ascii: "\""), .keyOrEnd):
      let text = try readString()
      builder.key(text, at: place, bytes: start..<index)
      expected = .colon
    case (UInt8(ascii: "\""), .value), (UInt8(ascii: "\""), .elementOrEnd):
      let text = try readString()
      add(DocumentValue(.string(text), at: place, bytes: start..<index))
    case (UInt8(ascii: "{"), .value), (UInt8(ascii: "{"), .elementOrEnd),
      (UInt8(ascii: "["), .value), (UInt8(ascii: "["), .elementOrEnd):
      try open(byte)
    case (UInt8(ascii: "}"), _), (UInt8(ascii: "]"), _):
      try close(byte)
    case (UInt8(ascii: ":"), .colon):
      try count()
      index += 1
      expected = .value
    case (UInt8(ascii: ","), .commaOrEnd):
      try count()
      index += 1
      expected = builder.isInObject == true ? .key : .value
    case _ where byte.isWordPart:
      try readWord()
    default:
      throw unexpected(byte)
    }
    previous = (byte, place)
  }

  private mutating func open(_ byte: UInt8) throws(DocumentProblem) {
    try count()
    guard builder.depth < bounds.nesting else {
      throw DocumentProblem(
        .limit, "more than \(bounds.nesting) arrays and objects inside one another", at: position)
    }
    let isObject = byte == UInt8(ascii: "{")
    builder.open(object: isObject, at: position, offset: index)
    index += 1
    expected = isObject ? .keyOrEnd : .elementOrEnd
  }

  private mutating func close(_ byte: UInt8) throws(DocumentProblem) {
    if let comma = trailingComma(before: byte) { throw comma }
    let isObject = byte == UInt8(ascii: "}")
    guard builder.isInObject == isObject,
      expected == .commaOrEnd || expected == (isObject ? .keyOrEnd : .elementOrEnd)
    else { throw unexpected(byte) }
    index += 1
    builder.close(end: index)
    expected = builder.depth == 0 ? .nothing : .commaOrEnd
  }

  private mutating func readWord() throws(DocumentProblem) {
    let (start, place) = (index, position)
    while index < bytes.count, bytes[index].isWordPart { index += 1 }
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    guard expected == .value || expected == .elementOrEnd else { throw unexpected(word, at: place) }
    let content = JSONScalar.resolve(word)
    if content == nil {
      let problem = JSONScalar.problem(of: word, at: place, excerpt)
      guard bytes[start].isNumberStart, bytes[start..<index].allSatisfy(\.isNumberPart) else { throw problem }
      builder.fail(problem)
    }
    add(DocumentValue(content ?? .null, at: place, bytes: start..<index))
  }

  private mutating func add(_ value: DocumentValue) {
    builder.add(value)
    expected = builder.depth == 0 ? .nothing : .commaOrEnd
  }

  private mutating func count() throws(DocumentProblem) {
    values += 1
    guard values <= bounds.values else {
      throw DocumentProblem(
        .limit, "more than \(bounds.values) values in one document: \(bounds.valuesAdvice)", at: position)
    }
  }
}

extension UInt8 {
  /// Whether this is part of a number, a literal name, or a word that someone may have left without quotation marks.
  fileprivate var isWordPart: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "$"):
      true
    default: isNumberPart
    }
  }

  fileprivate var isNumberPart: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  fileprivate var isNumberStart: Bool {
    self == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= self
  }
}
