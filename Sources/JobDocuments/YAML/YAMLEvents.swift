import CYAML

/// One event of libyaml, with the characters that it covers.
struct YAMLEvent {
  enum Kind {
    case documentStart
    case scalar(String, isPlain: Bool)
    case sequenceStart
    case mappingStart
    case containerEnd
    case alias
    case streamEnd
    /// The start of the stream, and the end of a document.
    case other
  }

  var kind: Kind
  /// The tag of a node, without shorthand.
  var tag: String?
  /// The anchor of a node, or of the node that an alias stands for.
  var anchor: String?
  var position: SourcePosition
  /// Indices of characters.
  var characters: Range<Int>
}

/// The events of a YAML text, as libyaml finds them.
final class YAMLEvents {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: Input

  /// What libyaml reads. It takes the text in pieces, so that a deadline also ends long work within one event.
  private final class Input {
    let bytes: [UInt8]
    let deadline: ReadingDeadline
    var offset = 0

    init(_ bytes: [UInt8], _ deadline: ReadingDeadline) {
      self.bytes = bytes
      self.deadline = deadline
    }
  }

  /// The events of `text`; `nil` if there is no memory for them.
  init?(_ text: YAMLText, deadline: ReadingDeadline) {
    input = Input(text.bytes, deadline)
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      return nil
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    let read:
      @convention(c) (
        UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt8>?, Int, UnsafeMutablePointer<Int>?
      ) -> Int32 = { context, buffer, size, count in
        guard let context, let buffer, let count else { return 0 }
        let input = Unmanaged<Input>.fromOpaque(context).takeUnretainedValue()
        guard !input.deadline.isOver else { return 0 }
        let piece = input.bytes[input.offset...].prefix(size)
        piece.withUnsafeBufferPointer { bytes in
          if let start = bytes.baseAddress { buffer.update(from: start, count: bytes.count) }
        }
        input.offset += piece.count
        count.pointee = piece.count
        return 1
      }
    // The parser lives as long as the input does.
    yaml_parser_set_input(parser, read, Unmanaged.passUnretained(input).toOpaque())
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event; after the end of the stream, that again.
  func next() throws(YAMLFailure) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw YAMLFailure(parser.pointee) }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(event)
  }
}

extension YAMLEvent {
  fileprivate init(_ event: yaml_event_t) {
    position = SourcePosition(event.start_mark)
    characters = event.start_mark.index..<max(event.start_mark.index, event.end_mark.index)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      kind = .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      (tag, anchor) = (Self.text(scalar.tag), Self.text(scalar.anchor))
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      (tag, anchor) = (
        Self.text(event.data.sequence_start.tag), Self.text(event.data.sequence_start.anchor)
      )
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      (tag, anchor) = (Self.text(event.data.mapping_start.tag), Self.text(event.data.mapping_start.anchor))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: kind = .containerEnd
    case YAML_ALIAS_EVENT:
      kind = .alias
      anchor = Self.text(event.data.alias.anchor)
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: kind = .streamEnd
    default: kind = .other
    }
  }

  private static func text(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }
}

extension SourcePosition {
  /// The place of a mark, which counts lines and characters from 0.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: mark.line + 1, column: mark.column + 1)
  }
}

/// Why libyaml could not go on, in its own words.
struct YAMLFailure: Error {
  var problem: String
  /// What libyaml was doing; empty if it does not say.
  var context = ""
  /// Where the problem is, then where what libyaml was doing began, each with the index of its character.
  var marks: [(position: SourcePosition, index: Int)] = []
  var isInput = false

  fileprivate init(_ parser: yaml_parser_t) {
    problem = parser.problem.map { String(cString: $0) } ?? "out of memory"
    guard parser.error == YAML_SCANNER_ERROR || parser.error == YAML_PARSER_ERROR else {
      isInput = true
      return
    }
    marks = [(SourcePosition(parser.problem_mark), parser.problem_mark.index)]
    guard let context = parser.context else { return }
    self.context = String(cString: context)
    marks.append((SourcePosition(parser.context_mark), parser.context_mark.index))
  }
}
