/// A place in a document, as editors count it.
public struct SourcePosition: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in Unicode scalars; a byte order mark does not count.
  public var column: Int

  /// The place at `line` and `column`, both from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The first character of a document.
  public static let start = SourcePosition(line: 1, column: 1)

  /// Whether `lhs` comes before `rhs` in the document.
  public static func < (lhs: SourcePosition, rhs: SourcePosition) -> Bool {
    (lhs.line, lhs.column) < (rhs.line, rhs.column)
  }

  /// The place in words: `line 3, column 22`.
  public var description: String { "line \(line), column \(column)" }
}

/// Why a document, or one element of it, could not be read.
public struct DocumentProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sort of a problem; new kinds may be added.
  public struct Kind: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the kind.
    public var rawValue: String

    /// A kind by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The text breaks the syntax of its format, or the form that a job file has.
    public static let syntax = Kind(rawValue: "syntax")
    /// A bound of `DocumentBounds` was hit; the rest was not read.
    public static let limit = Kind(rawValue: "limit")
  }

  /// The sort of the problem.
  public var kind: Kind
  /// What is wrong and how to repair it, as one clause for people, without a final stop.
  public var message: String
  /// Where it is wrong.
  public var position: SourcePosition

  /// A problem of kind `syntax` at `position`.
  public init(_ message: String, at position: SourcePosition) {
    self.init(.syntax, message, at: position)
  }

  /// A problem of kind `kind` at `position`.
  public init(_ kind: Kind, _ message: String, at position: SourcePosition) {
    self.kind = kind
    self.message = message
    self.position = position
  }

  /// The problem of a file without a job.
  package static let noJob = DocumentProblem("the file contains no job", at: .start)

  /// The place and the message.
  public var description: String { "\(position): \(message)" }
}
