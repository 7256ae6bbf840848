public import JobDocuments

/// Reads the jobs of a file, or of standard input, one after the other.
///
/// JSON Lines are read one line at a time. A JSON or YAML document is in memory as a whole, within `DocumentBounds`. A
/// problem of the text belongs to a record and is never thrown. The records after it are read if the format allows that.
/// A file without jobs gives one record with that problem.
public struct JobDocumentReader<Failure: Error> {
  private enum State {
    case start(JobDocumentFormat?)
    case lines
    case elements(ArraySlice<ParsedElement>)
    case finished
  }

  private var bytes: ByteLines<Failure>
  private var state: State
  /// The text of the current record, so that reports can show its lines.
  private var source: SourceText?
  private var index = 0
  private let bounds: DocumentBounds
  private let answersEachLine: Bool
  private let json: JSONParser
  private let yaml: YAMLParser
  /// A line that was read too far.
  private var pending: ByteLines<Failure>.Line?
  /// How many searches for the end of a value over several lines have failed.
  private var lookedInVain = 0

  /// The bytes after a line in which the end of its value is searched, and how many such searches may fail.
  private static var lookAhead: (bytes: Int, times: Int) { (1 << 20, 8) }

  /// A reader of the bytes that `nextChunk` gives; an empty chunk is the end.
  ///
  /// Without a `format`, the first character that is not blank decides: `{` and `[` begin JSON, others YAML.
  /// In both cases JSON whose first line is a whole object is read as JSON Lines.
  ///
  /// With `answersEachLine`, a line of JSON Lines is a record as soon as it is complete: no byte after it is waited for,
  /// because its writer may wait for the answer first.
  public init(
    format: JobDocumentFormat?, bounds: DocumentBounds = DocumentBounds(), answersEachLine: Bool = false,
    nextChunk: @escaping () throws(Failure) -> [UInt8]
  ) {
    self.answersEachLine = answersEachLine
    bytes = ByteLines(nextChunk)
    state = .start(format)
    self.bounds = bounds
    json = JSONParser(bounds: bounds, excerpt: .redacted)
    yaml = YAMLParser(bounds: bounds, excerpt: .redacted)
  }

  /// The next record; `nil` at the end.
  /// - Throws: what `nextChunk` threw; the rest of the file is not read, and there are no more records.
  public mutating func next() throws(Failure) -> JobRecord? {
    do throws(Failure) {
      return try nextRecord()
    } catch {
      // A source that failed once may fail every time.
      state = .finished
      throw error
    }
  }

  private mutating func nextRecord() throws(Failure) -> JobRecord? {
    while true {
      switch state {
      case .start(let format):
        state = try open(format)
      case .lines:
        guard let element = try nextLine() else {
          state = .finished
          return index == 0 ? record(.failed(.noJob)) : nil
        }
        return record(element)
      case .elements(var elements):
        guard let element = elements.popFirst() else {
          state = .finished
          return nil
        }
        state = .elements(elements)
        return record(element)
      case .finished:
        return nil
      }
    }
  }

  private mutating func record(_ element: ParsedElement) -> JobRecord {
    defer { index += 1 }
    var record =
      switch element {
      case .value(let value, let problems): JobRecord(index: index, value: value, problems: problems)
      case .failed(let problem): JobRecord(index: index, problem: problem)
      }
    record.source = source
    return record
  }

  private mutating func open(_ format: JobDocumentFormat?) throws(Failure) -> State {
    // `??` would lose the type of the error.
    let known = if let format { format } else { try detectFormat() }
    switch known {
    case .jsonLines: return .lines
    case .json:
      if try holdsLines() { return .lines }
      return try whole { [json] text in
        do throws(DocumentProblem) {
          return text.allSatisfy(\.isBlank) ? [] : try json.elements(of: text, splittingArrays: true)
        } catch {
          return [.failed(error)]
        }
      }
    case .yaml: return try whole(isYAML: true) { [yaml] in yaml.elements(of: $0, splittingArrays: true) }
    }
  }

  private mutating func whole(isYAML: Bool = false, parse: ([UInt8]) -> [ParsedElement]) throws(Failure)
    -> State
  {
    guard let text = try bytes.rest(limit: bounds.documentBytes) else {
      let problem = DocumentProblem(
        .limit,
        "the document has more than \(bounds.documentBytes) bytes: give one job a line, in a .jsonl file",
        at: .start)
      return .elements([.failed(problem)])
    }
    source = SourceText(text, isYAML: isYAML)
    let elements = parse(text)
    return .elements(elements.isEmpty ? [.failed(.noJob)] : elements[...])
  }

  private func element(ofLine bytes: [UInt8], number: Int) -> ParsedElement {
    do throws(DocumentProblem) {
      return try json.elements(of: bytes, firstLine: number).first ?? .failed(.noJob)
    } catch {
      return .failed(error)
    }
  }

  private mutating func nextLine() throws(Failure) -> ParsedElement? {
    while let line = try takeLine() {
      source = line.isTooLong ? nil : SourceText(line.bytes, firstLine: line.number)
      if line.isTooLong {
        let start = SourcePosition(line: line.number, column: 1)
        return .failed(DocumentProblem(.limit, "the line has more than \(bounds.lineBytes) bytes", at: start))
      }
      let element = element(ofLine: line.bytes, number: line.number)
      // Lines cannot be found in another encoding.
      if line.number == 1, TextEncoding.other(of: line.bytes) != nil { state = .finished }
      if case .failed = element, let problem = try spreadValues(from: line) { return .failed(problem) }
      return element
    }
    return nil
  }

  /// The next line that is not blank.
  private mutating func takeLine() throws(Failure) -> ByteLines<Failure>.Line? {
    if let line = pending {
      pending = nil
      return line
    }
    while let line = try bytes.nextLine(limit: bounds.lineBytes) {
      if line.isTooLong || !line.bytes.allSatisfy(\.isBlank) { return line }
    }
    return nil
  }

  /// One problem for all consecutive values from `line` on that are written over several lines; `nil` if none begins
  /// there.
  private mutating func spreadValues(from line: ByteLines<Failure>.Line) throws(Failure) -> DocumentProblem? {
    guard var last = try takeSpreadValue(from: line) else { return nil }
    let isArray = line.bytes.first { !$0.isBlank } == UInt8(ascii: "[")
    var count = 1
    while let next = try takeLine() {
      guard !next.isTooLong, case .failed = element(ofLine: next.bytes, number: next.number),
        let end = try takeSpreadValue(from: next)
      else {
        pending = next
        break
      }
      last = end
      count += 1
    }
    let found = count > 1 ? "\(count) values" : isArray ? "an array" : "an object"
    return DocumentProblem(
      "expected one object a line, found \(found) over lines \(line.number) to \(last): put each object on one line, "
        + "as `jq -c .` does" + (count > 1 ? "" : ", or name the file .json"),
      at: SourcePosition(line: line.number, column: 1))
  }

  /// Takes the other lines of the value that begins on `line`, and returns the number of the last one; `nil` if the value
  /// has no other lines.
  private mutating func takeSpreadValue(from line: ByteLines<Failure>.Line) throws(Failure) -> Int? {
    guard !answersEachLine else { return nil }
    var value = SpreadValue(line.bytes, isFirstLine: line.number == 1)
    guard value.isOpen, lookedInVain < Self.lookAhead.times else { return nil }
    value.read(.lineFeed)
    let isEnd = { (byte: UInt8) in
      value.read(byte)
      return value.isBroken || value.isComplete
    }
    guard let more = try bytes.peek(limit: Self.lookAhead.bytes, until: isEnd), value.isComplete else {
      lookedInVain += 1
      return nil
    }
    var last = line.number
    for _ in 0...more.count(where: { $0 == .lineFeed }) {
      if let next = try bytes.nextLine(limit: bounds.lineBytes) { last = next.number }
    }
    return last
  }

  private mutating func detectFormat() throws(Failure) -> JobDocumentFormat {
    let first = try headOfContent()?.last
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : .yaml
  }

  /// The bytes up to the first that is neither blank nor part of a byte order mark.
  private mutating func headOfContent() throws(Failure) -> [UInt8]? {
    try bytes.peek(limit: bounds.documentBytes) { !$0.isBlank && !TextEncoding.byteOrderMark.contains($0) }
  }

  /// Whether the first line with content is a whole object. If each line is answered, it is enough that no value goes
  /// on after the line.
  private mutating func holdsLines() throws(Failure) -> Bool {
    guard let head = try headOfContent(), head.last == UInt8(ascii: "{") else { return false }
    var seen = 0
    let isLineEnd = { (byte: UInt8) in
      seen += 1
      return seen > head.count && byte == .lineFeed
    }
    guard let line = try bytes.peek(limit: bounds.lineBytes, until: isLineEnd) else { return false }
    if case .value = element(ofLine: line, number: 1) { return true }
    return answersEachLine && !SpreadValue(line, isFirstLine: true).isOpen
  }
}

extension JobDocumentReader where Failure == Never {
  /// A reader of bytes in memory.
  public init(_ bytes: [UInt8], format: JobDocumentFormat?, bounds: DocumentBounds = DocumentBounds()) {
    var rest = bytes
    self.init(format: format, bounds: bounds) { () throws(Never) -> [UInt8] in
      defer { rest = [] }
      return rest
    }
  }
}
