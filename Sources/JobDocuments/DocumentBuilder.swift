/// One element of a document: a value with its problems, or the problem that kept it from being read.
package enum ParsedElement: Sendable {
  case value(DocumentValue, problems: [DocumentProblem])
  case failed(DocumentProblem)
}

/// Puts together the values that a parser reads, without recursion.
///
/// A document whose root is an array can be split: then each element of the array is an element of its own, with its own
/// problems.
struct DocumentBuilder {
  /// An array or an object that is not closed yet.
  private struct Container {
    let isObject: Bool
    let position: SourcePosition
    let start: Int
    var elements: [DocumentValue] = []
    var members: [DocumentValue.Member] = []
    /// The key whose value comes next.
    var key: DocumentValue.Member?
    /// The places of keys, where there are too many to compare each with each.
    var places: [ExactText: SourcePosition] = [:]
  }

  private let bounds: DocumentBounds
  private let excerpt: Excerpts
  private let splitsArrays: Bool
  private var containers: [Container] = []
  /// Why the current element cannot be read, if so.
  private(set) var failure: DocumentProblem?
  private var problems: [DocumentProblem] = []
  private var uncounted: (count: Int, first: SourcePosition)?

  /// The elements that are complete.
  private(set) var elements: [ParsedElement] = []

  init(bounds: DocumentBounds, excerpt: Excerpts, splitsArrays: Bool) {
    self.bounds = bounds
    self.excerpt = excerpt
    self.splitsArrays = splitsArrays
  }

  /// Arrays and objects that are open.
  var depth: Int { containers.count }

  /// Whether the innermost open container is an object; `nil` if none is open.
  var isInObject: Bool? { containers.last?.isObject }

  /// Whether an object is open that has no key for its next value.
  var awaitsKey: Bool { containers.last.map { $0.isObject && $0.key == nil } ?? false }

  /// Whether the next value, outside of every other one, begins an element.
  var beginsElement: Bool { depth == 0 || (depth == 1 && isSplit) }

  /// Where the innermost open container begins.
  var openPosition: SourcePosition? { containers.last?.position }

  private var isSplit: Bool { splitsArrays && containers.first?.isObject == false }

  /// Marks the current element as one that cannot be read; the first reason counts.
  mutating func fail(_ problem: DocumentProblem) { failure = failure ?? problem }

  /// Opens an array or an object.
  mutating func open(object isObject: Bool, at position: SourcePosition, offset: Int) {
    containers.append(Container(isObject: isObject, position: position, start: offset))
  }

  /// Takes the key of the next value.
  mutating func key(_ text: String, at position: SourcePosition, bytes: Range<Int>) {
    guard let last = containers.indices.last else { return }
    if let first = place(of: text, at: position, in: last) {
      note(
        DocumentProblem(
          "duplicate key \(excerpt(text)); first defined at \(first): keep one of them", at: position)
      )
    }
    containers[last].key = DocumentValue.Member(
      key: text, keyPosition: position, keyBytes: bytes, value: DocumentValue(.null))
  }

  /// Takes a value that is complete.
  mutating func add(_ value: DocumentValue) {
    guard !beginsElement, let last = containers.indices.last else {
      finish(value)
      return
    }
    if containers[last].isObject {
      guard var member = containers[last].key else { return }
      member.value = value
      containers[last].key = nil
      containers[last].members.append(member)
    } else {
      containers[last].elements.append(value)
    }
  }

  /// Closes the innermost container, whose last byte is before `end`, and gives its value; `nil` for an array that was
  /// split.
  @discardableResult mutating func close(end: Int) -> DocumentValue? {
    let wasSplit = depth == 1 && isSplit
    guard let container = containers.popLast(), !wasSplit else { return nil }
    let value = DocumentValue(
      container.isObject ? .object(container.members) : .array(container.elements), at: container.position,
      bytes: container.start..<max(container.start, end))
    add(value)
    return value
  }

  /// Puts one failure in the place of the elements from the one at `count` on; none can follow it.
  mutating func end(_ problem: DocumentProblem, replacing count: Int) {
    elements.removeSubrange(min(count, elements.count)...)
    elements.append(.failed(problem))
  }

  private mutating func finish(_ value: DocumentValue) {
    if let uncounted {
      problems.append(
        DocumentProblem(
          "\(uncounted.count) more keys occur more than once: keep one of each", at: uncounted.first))
    }
    elements.append(failure.map { .failed($0) } ?? .value(value, problems: problems))
    (failure, problems, uncounted) = (nil, [], nil)
  }

  private mutating func note(_ problem: DocumentProblem) {
    if problems.count < bounds.repeatedKeys {
      problems.append(problem)
    } else {
      uncounted = ((uncounted?.count ?? 0) + 1, uncounted?.first ?? problem.position)
    }
  }

  private static let fewKeys = 16

  /// The place of the first key of the same text; `position` becomes that of a key that is new.
  private mutating func place(
    of key: String, at position: SourcePosition, in container: Int
  ) -> SourcePosition? {
    let key = ExactText(text: key)
    if containers[container].members.count < Self.fewKeys {
      return containers[container].members.first { ExactText(text: $0.key) == key }?.keyPosition
    }
    if containers[container].places.isEmpty {
      for member in containers[container].members {
        let text = ExactText(text: member.key)
        containers[container].places[text] = containers[container].places[text] ?? member.keyPosition
      }
    }
    if let first = containers[container].places[key] { return first }
    containers[container].places[key] = position
    return nil
  }
}

/// A text that equals another only if it has the same code points, as in JSON and YAML; `String` also takes canonically
/// equivalent ones for equal.
private struct ExactText: Hashable {
  let text: String

  static func == (lhs: ExactText, rhs: ExactText) -> Bool {
    lhs.text == rhs.text && lhs.text.utf8.elementsEqual(rhs.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
