/// How large and how deep a document may be before reading it stops with a problem of kind `limit`.
///
/// Bounds are inclusive. They protect the process and are not limits of the API.
public struct DocumentBounds: Sendable, Hashable {
  /// Bytes of a JSON or YAML document, which is held in memory as a whole.
  public var documentBytes = 64 << 20
  /// Bytes of one line of a JSON Lines file, without its line break.
  public var lineBytes = 16 << 20
  /// Arrays and objects inside one another.
  public var nesting = 64
  /// Values of one JSON document or line, counted by brackets, commas and colons.
  public var values = 1_000_000
  /// Values of a YAML file, without keys, and without those that aliases stand for.
  public var yamlValues = 100_000
  /// Jobs of a YAML file.
  public var yamlJobs = 5_000
  /// What a problem advises where there are more values than that.
  package var valuesAdvice = "give one job a line, in a .jsonl file"
  /// Values that the aliases of one YAML document stand for.
  public var aliasedValues = 100_000
  /// Bytes of text in those values.
  public var aliasedBytes = 4 << 20
  /// How long reading one document may take; `nil`: as long as it takes.
  public var timeLimit: Duration?
  /// Repeated keys of one element that are listed; the rest are counted.
  package var repeatedKeys = 50

  /// The default bounds, far above every job file that makes sense.
  public init() {}
}

/// The end of the time that reading one document may take.
struct ReadingDeadline {
  private let limit: Duration?
  private let end: ContinuousClock.Instant?

  /// A deadline that begins now.
  init(_ limit: Duration?) {
    // A century bounds the sum; no document takes longer.
    self.limit = limit
    end = limit.map { ContinuousClock.now + min($0, .seconds(3_000_000_000)) }
  }

  /// Whether the time is over.
  var isOver: Bool { end.map { ContinuousClock.now >= $0 } ?? false }

  /// Throws a problem of kind `limit` if the time is over.
  func check() throws(DocumentProblem) {
    if isOver { throw problem }
  }

  /// The problem of a document that took too long.
  var problem: DocumentProblem {
    let seconds = (limit ?? .zero) / .seconds(1)
    let text = seconds.rounded() == seconds && seconds < 1e9 ? "\(Int64(seconds))" : "\(seconds)"
    return DocumentProblem(
      .limit, "reading took longer than \(text) s: give one job a line, in a .jsonl file", at: .start)
  }
}
