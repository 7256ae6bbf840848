/// Why a job file, or one record of it, could not be read.
public struct DocumentProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// What sort of problem it is; new kinds may be added.
  public struct Kind: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the kind.
    public var rawValue: String

    /// A kind by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The text breaks the syntax of its format, or the form that a job file has.
    public static let syntax = Kind(rawValue: "syntax")
    /// A bound of `DocumentBounds` was hit; what lies beyond was not read.
    public static let limit = Kind(rawValue: "limit")
  }

  /// What sort of problem it is.
  public var kind: Kind
  /// What is wrong and how to mend it, as one clause for people, without a final stop.
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

  /// The place and the message.
  public var description: String { "\(position): \(message)" }
}
