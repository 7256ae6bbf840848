import Foundation
import Yams

/// One element of a job file: a value with its problems, or the problem that stood in the way.
enum ParsedElement: Sendable {
  case value(DocumentValue, problems: [DocumentProblem])
  case failed(DocumentProblem)
}

/// Parses the text of a whole document, or of one line, into the elements that are jobs.
struct JobTextParser: Sendable {
  let bounds: DocumentBounds

  /// The value of one line of JSON Lines, which begins on `line` of the file.
  func line(_ bytes: [UInt8], number line: Int) -> ParsedElement {
    timed(bytes) { [parsedLine(bytes, number: line)] }.first ?? .failed(Self.noJob)
  }

  /// What `work` makes of `bytes`, or that it took too long: on a thread of its own only where it could take long.
  private func timed(_ bytes: [UInt8], _ work: @escaping @Sendable () -> [ParsedElement]) -> [ParsedElement] {
    guard let limit = bounds.timeLimit, bytes.count > Self.bytesInNoTime else { return work() }
    return DeepStack.run(within: limit, work) ?? [.failed(tooLate)]
  }

  private static let bytesInNoTime = 64 << 10

  private var tooLate: DocumentProblem {
    guard let limit = bounds.timeLimit else {
      return DocumentProblem(.limit, "the text could not be read on a thread of its own", at: .start)
    }
    let seconds = limit / .seconds(1)
    return DocumentProblem(
      .limit, "reading took longer than \(seconds.formatted()) s: give one job a line, in a .jsonl file",
      at: .start)
  }

  private func parsedLine(_ bytes: [UInt8], number line: Int) -> ParsedElement {
    do throws(DocumentProblem) {
      let text = try DocumentText(bytes, firstLine: line)
      var (root, converter) = try jsonRoot(text)
      return element(root, depth: 0, converter: &converter)
    } catch {
      return .failed(error)
    }
  }

  /// The elements of a JSON document: those of its array, or its one value.
  func json(_ bytes: [UInt8]) -> [ParsedElement] {
    timed(bytes) { jsonElements(bytes) }
  }

  private func jsonElements(_ bytes: [UInt8]) -> [ParsedElement] {
    do throws(DocumentProblem) {
      let text = try DocumentText(bytes)
      guard text.firstNonBlank != nil else { throw Self.noJob }
      var (root, converter) = try jsonRoot(text)
      return elements(of: root, converter: &converter)
    } catch {
      return [.failed(error)]
    }
  }

  /// The elements of every document of a YAML stream; a document without content has none, and one that is an array is
  /// one element unless arrays are split.
  func yaml(_ bytes: [UInt8], splittingArrays: Bool = true) -> [ParsedElement] {
    DeepStack.run(within: bounds.timeLimit) { yamlElements(bytes, splittingArrays) } ?? [.failed(tooLate)]
  }

  private func yamlElements(_ bytes: [UInt8], _ splittingArrays: Bool) -> [ParsedElement] {
    do throws(DocumentProblem) {
      let text = try DocumentText(bytes)
      let bridge = try YAMLBridge(text, bounds: bounds)
      let documents = ComposedDocuments(bridge.text, shifts: ColumnShifts(), firstLine: 1)
      var converter = NodeConverter(documents, firstLine: 1, language: .yaml(bridge), bounds: bounds)
      var elements: [ParsedElement] = []
      for root in documents.roots where !Self.isEmpty(root) {
        converter.startDocument()
        guard elements.count <= bounds.yamlJobs else { break }
        elements +=
          splittingArrays
          ? self.elements(of: root, most: bounds.yamlJobs - elements.count, converter: &converter)
          : [element(root, depth: 0, converter: &converter)]
      }
      if let problem = documents.problem { elements.append(.failed(problem)) }
      return elements.isEmpty ? [.failed(Self.noJob)] : elements
    } catch {
      return [.failed(error)]
    }
  }

  /// The problem of a file without a job.
  static let noJob = DocumentProblem("the file holds no job", at: .start)

  private func jsonRoot(_ text: DocumentText) throws(DocumentProblem) -> (Node, NodeConverter) {
    let bridge = JSONBridge(text.bytes, bounds: bounds)
    if let flaw = bridge.flaw, flaw.kind == .limit { throw problem(flaw, in: text) }
    let error = JSONSyntax.firstError(in: text.bytes)
    if let flaw = bridge.flaw, flaw.offset <= error ?? .max { throw problem(flaw, in: text) }
    // A text that ends with all brackets closed ends "early" because of a misspelt word, which only shows
    // below.
    if let error, error < text.bytes.count || !bridge.open.isEmpty { throw problem(error, in: text) }
    let documents = ComposedDocuments(bridge.text, shifts: bridge.shifts, firstLine: text.firstLine)
    if let problem = documents.problem { throw problem }
    guard let root = documents.roots.first, documents.roots.count == 1 else { throw problem(0, in: text) }
    let converter = NodeConverter(
      documents, firstLine: text.firstLine, language: .json(bridge), bounds: bounds)
    if let error {
      var converter = converter
      _ = try converter.value(of: root, depth: 0)
      throw problem(error, in: text)
    }
    return (root, converter)
  }

  private func problem(_ flaw: JSONBridge.Flaw, in text: DocumentText) -> DocumentProblem {
    DocumentProblem(flaw.kind, flaw.message, at: text.position(of: flaw.offset))
  }

  private func problem(_ error: Int, in text: DocumentText) -> DocumentProblem {
    let diagnosis = JSONDiagnosis(text.bytes, error: error)
    return DocumentProblem(diagnosis.message, at: text.position(of: diagnosis.offset))
  }

  /// The elements of an array, or the one value; beyond `most` of them, a problem that says so.
  private func elements(of root: Node, most: Int = .max, converter: inout NodeConverter) -> [ParsedElement] {
    guard case .sequence(let sequence) = root else {
      return [
        most > 0
          ? element(root, depth: 0, converter: &converter)
          : .failed(tooMany(at: converter.position(of: root)))
      ]
    }
    if sequence.isEmpty { return [.failed(Self.noJob)] }
    var elements: [ParsedElement] = []
    for node in sequence {
      guard elements.count < most else {
        elements.append(.failed(tooMany(at: converter.position(of: node))))
        break
      }
      elements.append(element(node, depth: 1, converter: &converter))
    }
    return elements
  }

  private func tooMany(at position: SourcePosition) -> DocumentProblem {
    DocumentProblem(
      .limit, "more than \(bounds.yamlJobs) jobs in one file: give one job a line, in a .jsonl file",
      at: position)
  }

  private func element(_ node: Node, depth: Int, converter: inout NodeConverter) -> ParsedElement {
    do throws(DocumentProblem) {
      let value = try converter.value(of: node, depth: depth)
      return .value(value, problems: converter.takeProblems())
    } catch {
      _ = converter.takeProblems()
      return .failed(error)
    }
  }

  private static func isEmpty(_ root: Node) -> Bool {
    guard case .scalar(let scalar) = root else { return false }
    return scalar.style == .plain && scalar.string.isEmpty
  }
}
