/// The formats of a job file.
public enum JobDocumentFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// One object, an array of objects, or one object a line.
  case json
  /// One object a line (JSON Lines, NDJSON).
  case jsonLines = "jsonl"
  /// YAML 1.2 by its core schema: one document or several, each an object or an array of objects.
  case yaml

  /// The format that the extension of `fileName` names, in upper or lower case; `nil` for any other.
  public init?(fileName: String) {
    let name = fileName.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonLines
    case "yml", "yaml": self = .yaml
    default: return nil
    }
  }
}
