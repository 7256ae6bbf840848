import Yams

/// The node trees of a rewritten text, as Yams composes them, or as many as come before an error.
struct ComposedDocuments {
  /// The roots of the documents that were read.
  private(set) var roots: [Node] = []
  /// Why reading stopped before the end; its place is in the user's text.
  private(set) var problem: DocumentProblem?
  /// How the columns of the nodes relate to the user's.
  private(set) var shifts: ColumnShifts
  // Nodes hold their anchors weakly; the parser owns them.
  private var parser: Parser?

  private static let duplicateTag = "!wan-check-duplicate-"
  // A repeated key costs one more pass over the text, so large texts get fewer.
  private static let bytesToParseAgain = 2 << 20
  private static let mostPasses = 16

  /// Composes every document of `text`, in which columns are shifted by `shifts`.
  ///
  /// Yams refuses a mapping with a key twice, and says where the first one is. That one is then given a tag
  /// of its own, which tells the two apart, and the text is read again, so that both reach `NodeConverter`
  /// and it can name both places.
  init(_ text: [UInt8], shifts: ColumnShifts, firstLine: Int) {
    self.shifts = shifts
    var text = text
    let passes = min(max(1, Self.bytesToParseAgain / max(1, text.count)), Self.mostPasses)
    for pass in 0...passes {
      roots = []
      do throws(YamlFailure) {
        try read(String(decoding: text, as: UTF8.self))
        problem = nil
        return
      } catch {
        // An error at the very end, which libyaml puts on a line of its own, is about something that was
        // opened, and not closed, at its context.
        let place =
          [error.position, error.start].compactMap { $0 }.first { text.offset(of: $0) != nil }
          ?? text.position(of: text.count, carriageReturns: true)
        let failure = DocumentProblem(
          error.kind, error.message, at: position(of: place, firstLine: firstLine))
        guard let key = error.repeatedKey else {
          // A key with a tag of its own takes no second one: the repetition is all that can be said.
          problem = problem ?? failure
          return
        }
        problem = DocumentProblem(
          "the key \(key.excerpt) occurs more than once in the mapping: keep one of them",
          at: failure.position)
        guard pass < passes, !DeepStack.isTooLate, let offset = text.offset(of: error.position) else {
          return
        }
        let tag = Array("\(Self.duplicateTag)\(pass) ".utf8)
        text.insert(contentsOf: tag, at: offset)
        self.shifts.insert(tag.count, at: error.position)
      }
    }
  }

  /// The place in the user's file of a place in the rewritten text.
  func position(of rewritten: SourcePosition, firstLine: Int) -> SourcePosition {
    var position = shifts.original(rewritten)
    position.line += firstLine - 1
    return position
  }

  /// Whether `tag` was put there to tell two keys apart.
  static func isOwn(_ tag: String) -> Bool { tag.hasPrefix(duplicateTag) }

  private mutating func read(_ text: String) throws(YamlFailure) {
    do {
      // The resolver without rules: the default one tries seven regular expressions on every key. The
      // encoding by name: its default looks into the environment, and may print.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      self.parser = parser
      while let root = try parser.nextRoot() { roots.append(root) }
    } catch {
      throw YamlFailure(error)
    }
  }
}

extension [UInt8] {
  /// The offset of the character at `position`; lines end with LF, CR or both.
  fileprivate func offset(of position: SourcePosition) -> Int? {
    var index = startIndex
    for _ in 1..<Swift.max(1, position.line) {
      guard let lineEnd = self[index...].firstIndex(where: { $0 == .lineFeed || $0 == .carriageReturn })
      else {
        return nil
      }
      let isPair =
        self[lineEnd] == .carriageReturn && lineEnd + 1 < endIndex && self[lineEnd + 1] == .lineFeed
      index = lineEnd + (isPair ? 2 : 1)
    }
    var column = 1
    while index < endIndex, column < position.column || self[index].isContinuation {
      index += 1
      if index < endIndex, !self[index].isContinuation { column += 1 }
    }
    return index < endIndex ? index : nil
  }
}
