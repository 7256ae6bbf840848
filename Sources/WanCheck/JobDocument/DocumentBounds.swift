/// How large and how deep a job file may be before reading it stops with a problem of kind `limit`.
///
/// Bounds are inclusive. They protect the process and are no limits of the API.
public struct DocumentBounds: Sendable, Hashable {
  /// Bytes of a JSON or YAML document, which is held in memory as a whole.
  public var documentBytes = 64 << 20
  /// Bytes of one line of a JSON Lines file, without its line break.
  public var lineBytes = 16 << 20
  /// Arrays and objects inside one another.
  public var nesting = 64
  /// Values and keys of one document or line, as far as their number shows before parsing: brackets, commas and
  /// colons.
  public var values = 1_000_000
  /// The same of a YAML file, in which dashes begin values too; its nodes take several hundred bytes each.
  public var yamlValues = 100_000
  /// Jobs of a YAML file.
  public var yamlJobs = 5_000
  /// What people are told who have more values than that.
  var valuesAdvice = "give one job a line, in a .jsonl file"
  /// Values that the aliases of one YAML document stand for.
  public var aliasedValues = 100_000
  /// Bytes of text in those values.
  public var aliasedBytes = 4 << 20
  /// How long reading one document may take; `nil`: as long as it takes.
  public var timeLimit: Duration?

  /// The default bounds, far above every job file that makes sense.
  public init() {}
}
