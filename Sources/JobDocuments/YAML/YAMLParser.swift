/// Parses YAML 1.2 by its core schema into values with their places, from the events of libyaml and without recursion.
package struct YAMLParser: Sendable {
  private let bounds: DocumentBounds
  private let excerpt: Excerpts

  /// A parser within `bounds`, whose messages quote the text as `excerpt` does.
  package init(bounds: DocumentBounds = DocumentBounds(), excerpt: Excerpts = Excerpts()) {
    self.bounds = bounds
    self.excerpt = excerpt
  }

  /// The elements of every document: its one value, or those of its array if arrays are split. A document without content
  /// has none. What ended the reading is the last element.
  package func elements(of bytes: [UInt8], splittingArrays: Bool) -> [ParsedElement] {
    do throws(DocumentProblem) {
      let text = try YAMLText(DocumentText(bytes, firstLine: 1))
      var reading = YAMLReading(text, bounds: bounds, excerpt: excerpt, splitsArrays: splittingArrays)
      return try reading.elements()
    } catch {
      return [.failed(error)]
    }
  }
}

/// One run over a YAML text.
private struct YAMLReading {
  /// The value of an anchor, and what an alias of it stands for.
  private struct Anchored {
    var content: DocumentValue.Content
    var size: Size
    /// Arrays and objects inside one another.
    var height: Int
  }

  /// Values, keys included, and the bytes of text in them.
  private struct Size {
    var values = 0
    var bytes = 0

    static func += (size: inout Size, other: Size) {
      size.values += other.values
      size.bytes += other.bytes
    }
  }

  /// An array or an object that is open, with what was there before it.
  private struct Container {
    var anchor: String?
    var earlier: Size
    var outerDeepest: Int
  }

  private let text: YAMLText
  private let bounds: DocumentBounds
  private let excerpt: Excerpts
  private let splitsArrays: Bool
  private var builder: DocumentBuilder
  private var containers: [Container] = []
  /// Arrays and objects that are open inside one that is not read.
  private var skipped = 0
  /// The most of them before reading ends: the work of libyaml for each token grows with the nesting.
  private static let mostSkipped = 1000
  private var values = 0
  /// The end of the last scalar or bracket, in bytes: a block ends with its last value.
  private var lastEnd = 0

  // Of the current document.
  private var firstElement = 0
  private var anchors: [String: Anchored] = [:]
  private var size = Size()
  private var aliased = Size()
  private var deepest = 0

  init(_ text: YAMLText, bounds: DocumentBounds, excerpt: Excerpts, splitsArrays: Bool) {
    self.text = text
    self.bounds = bounds
    self.excerpt = excerpt
    self.splitsArrays = splitsArrays
    builder = DocumentBuilder(bounds: bounds, excerpt: excerpt, splitsArrays: splitsArrays)
  }

  mutating func elements() throws(DocumentProblem) -> [ParsedElement] {
    let deadline = ReadingDeadline(bounds.timeLimit)
    guard let events = YAMLEvents(text, deadline: deadline) else {
      throw DocumentProblem("the text cannot be read: out of memory", at: .start)
    }
    var count = 0
    while true {
      count += 1
      if count % 1024 == 0 { try deadline.check() }
      let event: YAMLEvent
      do throws(YAMLFailure) {
        event = try events.next()
      } catch {
        try deadline.check()
        // What went wrong first, in an element that cannot be read, is the likelier cause.
        builder.end(builder.failure ?? error.problem(in: text), replacing: firstElement)
        return builder.elements
      }
      if case .streamEnd = event.kind { return builder.elements }
      guard try read(event) else { return builder.elements }
    }
  }

  /// Reads one event; `false` ends the reading.
  private mutating func read(_ event: YAMLEvent) throws(DocumentProblem) -> Bool {
    if skipped > 0 {
      skip(event)
      guard skipped > Self.mostSkipped, let failure = builder.failure else { return true }
      builder.end(failure, replacing: firstElement)
      return false
    }
    switch event.kind {
    case .documentStart:
      firstElement = builder.elements.count
      (anchors, size, aliased, deepest) = ([:], Size(), Size(), 0)
    case .scalar(let scalar, let isPlain):
      if builder.depth == 0, isPlain, scalar.isEmpty { return true }
      guard try begins(event) else { return false }
      readScalar(text.restored(scalar), isPlain: isPlain, event)
    case .sequenceStart:
      guard try begins(event, isSequence: true) else { return false }
      openContainer(event, object: false)
    case .mappingStart:
      guard try begins(event) else { return false }
      openContainer(event, object: true)
    case .containerEnd: closeContainer(event)
    case .alias:
      guard try begins(event) else { return false }
      readAlias(event)
    case .streamEnd, .other: break
    }
    return true
  }

  /// Counts what `event` begins; `false` if it is one job too many.
  private mutating func begins(
    _ event: YAMLEvent, isSequence: Bool = false
  ) throws(DocumentProblem) -> Bool {
    let isSplit = splitsArrays && isSequence && builder.depth == 0
    if builder.beginsElement, !isSplit, builder.elements.count >= bounds.yamlJobs {
      let problem = DocumentProblem(
        .limit, "more than \(bounds.yamlJobs) jobs in one file: give one job a line, in a .jsonl file",
        at: event.position)
      builder.end(problem, replacing: builder.elements.count)
      return false
    }
    if !builder.awaitsKey { values += 1 }
    let most = min(bounds.values, bounds.yamlValues)
    guard values <= most else {
      throw DocumentProblem(
        .limit, "more than \(most) values in one document: \(bounds.valuesAdvice)", at: event.position)
    }
    return true
  }
}

extension YAMLReading {
  private mutating func readScalar(_ scalar: String, isPlain: Bool, _ event: YAMLEvent) {
    let scalarSize = Size(values: 1, bytes: scalar.utf8.count)
    size += scalarSize
    let content = content(of: scalar, isPlain: isPlain, event)
    if let anchor = event.anchor, builder.failure == nil {
      anchors[anchor] = Anchored(content: content, size: scalarSize, height: 0)
    }
    // A plain key is its text, whatever it would be as a value: JSON has no other keys.
    place(content, event, plainKey: isPlain ? scalar : nil)
  }

  private mutating func content(
    of scalar: String, isPlain: Bool, _ event: YAMLEvent
  ) -> DocumentValue.Content {
    guard let tag = event.tag else { return isPlain ? CoreSchema.resolve(scalar) : .string(scalar) }
    guard let known = CoreSchema.Tag(rawValue: tag) else {
      failTag(tag, event)
      return .null
    }
    guard let content = CoreSchema.resolve(scalar, as: known) else {
      let tag = CoreSchema.Tag.shorthand(tag)
      fail("\(excerpt(scalar)) is not what its tag \(excerpt(tag)) says", event)
      return .null
    }
    return content
  }

  /// Takes a value, or the key that it is.
  private mutating func place(
    _ content: DocumentValue.Content, _ event: YAMLEvent, plainKey: String? = nil
  ) {
    let bytes = bytes(of: event)
    lastEnd = bytes.upperBound
    guard builder.awaitsKey else {
      builder.add(DocumentValue(content, at: event.position, bytes: bytes))
      return
    }
    let key = plainKey ?? DocumentValue(content).keyText
    if key == nil { fail("a key must be a text, not \(DocumentValue(content).typeName)", event) }
    builder.key(key ?? "", at: event.position, bytes: bytes)
  }

  private mutating func openContainer(_ event: YAMLEvent, object isObject: Bool) {
    if builder.awaitsKey {
      fail("a key must be a text, not a list or a mapping", event)
      skipped = 1
      return
    }
    guard builder.depth < bounds.nesting else {
      failNesting(event)
      skipped = 1
      return
    }
    let isSplit = splitsArrays && !isObject && builder.depth == 0
    let expected: CoreSchema.Tag = isObject ? .mapping : .sequence
    if let tag = event.tag, tag != expected.rawValue, !isSplit { failTag(tag, event) }
    containers.append(Container(anchor: event.anchor, earlier: size, outerDeepest: deepest))
    size.values += 1
    builder.open(object: isObject, at: event.position, offset: bytes(of: event).lowerBound)
    deepest = builder.depth
  }

  private mutating func closeContainer(_ event: YAMLEvent) {
    if !event.characters.isEmpty { lastEnd = bytes(of: event).upperBound }
    // The last value ends its element, and the element its failure.
    let hasFailed = builder.failure != nil
    let value = builder.close(end: lastEnd)
    guard let container = containers.popLast() else { return }
    if let value, let anchor = container.anchor, !hasFailed {
      anchors[anchor] = Anchored(
        content: value.content,
        size: Size(
          values: size.values - container.earlier.values, bytes: size.bytes - container.earlier.bytes),
        height: deepest - builder.depth)
    }
    deepest = max(deepest, container.outerDeepest)
    if builder.depth == 0, builder.elements.count == firstElement {
      builder.end(.noJob, replacing: firstElement)
    }
  }

  /// Passes over what is inside a container that is not read; an empty value takes its place.
  private mutating func skip(_ event: YAMLEvent) {
    switch event.kind {
    case .sequenceStart, .mappingStart: skipped += 1
    case .containerEnd: skipped -= 1
    default: break
    }
    if skipped == 0 { place(.null, event, plainKey: "") }
  }

  private mutating func readAlias(_ event: YAMLEvent) {
    let name = event.anchor ?? ""
    guard !isFollowedByText(event), let anchored = anchors[name] else {
      fail(
        isFollowedByText(event)
          ? YAMLFailure.asterisk
          : "the alias has no anchor `&\(name)` before it: put the text in quotes if it is not an alias",
        event)
      return place(.null, event, plainKey: "")
    }
    size += anchored.size
    aliased += anchored.size
    if aliased.bytes > bounds.aliasedBytes {
      fail("the aliases stand for more than \(bounds.aliasedBytes) bytes of text", event, .limit)
    } else if aliased.values > bounds.aliasedValues {
      fail("the aliases stand for more than \(bounds.aliasedValues) values", event, .limit)
    } else if builder.depth + anchored.height > bounds.nesting {
      failNesting(event)
    } else {
      deepest = max(deepest, builder.depth + anchored.height)
      return place(anchored.content, event)
    }
    place(.null, event, plainKey: "")
  }

  /// Whether more text is on the line after an alias, as in `*bold* text`.
  private func isFollowedByText(_ event: YAMLEvent) -> Bool {
    var offset = bytes(of: event).upperBound
    while let byte = text.byte(at: offset), byte == 0x20 || byte == .tab { offset += 1 }
    guard let byte = text.byte(at: offset), offset > bytes(of: event).upperBound else { return false }
    return !"\n\r,]}:#".utf8.contains(byte)
  }

  private func bytes(of event: YAMLEvent) -> Range<Int> {
    let start = text.offset(of: event.characters.lowerBound)
    return start..<max(start, text.offset(of: event.characters.upperBound))
  }

  private mutating func fail(
    _ message: String, _ event: YAMLEvent, _ kind: DocumentProblem.Kind = .syntax
  ) {
    builder.fail(DocumentProblem(kind, message, at: event.position))
  }

  private mutating func failTag(_ tag: String, _ event: YAMLEvent) {
    fail("the tag \(excerpt(CoreSchema.Tag.shorthand(tag))) has no meaning here: remove it", event)
  }

  private mutating func failNesting(_ event: YAMLEvent) {
    fail("more than \(bounds.nesting) arrays and objects inside one another", event, .limit)
  }
}

extension DocumentValue {
  /// The key that this value can be: a text, or a number as it was written.
  fileprivate var keyText: String? { string ?? number?.text }
}
