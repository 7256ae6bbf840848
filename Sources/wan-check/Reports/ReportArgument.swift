import ArgumentParser
import Locations
import SystemPackage

/// The value of `--report FORMAT=FILE`.
struct ReportArgument {
  var format: OutputFormat
  var path: FilePath

  /// Reads `FORMAT=FILE`.
  /// - Throws: `ValidationError` with a message for the user.
  init(_ argument: String) throws {
    guard let equals = argument.firstIndex(of: "=") else {
      throw ValidationError("`--report` must be FORMAT=FILE, such as `sarif=wan-check.sarif`")
    }
    format = try OutputFormat(named: String(argument[..<equals]), of: "--report")
    let file = String(argument[argument.index(after: equals)...])
    if file == "-" {
      throw ValidationError(
        "`--report` writes only files; for standard output use `--format \(format.rawValue)`")
    }
    guard !file.isEmpty, !file.utf8.contains(0) else {
      throw ValidationError("`--report` must be FORMAT=FILE; the file is missing")
    }
    path = FilePath(file)
  }

  /// Reads several values; no two may have the same file.
  /// - Throws: `ValidationError` with a message for the user.
  static func reading(_ arguments: [String]) throws -> [ReportArgument] {
    var files: Set<FilePath> = []
    return try arguments.map { argument in
      let report = try ReportArgument(argument)
      guard files.insert(ReportFile.resolved(report.path)).inserted else {
        throw ValidationError("--report names \(displayText(report.path)) twice")
      }
      return report
    }
  }
}
