import ArgumentParser
import Foundation
import Locations
import SystemPackage
import WanCheck
import WanReport

/// The reports other than standard output, each with its file.
struct ReportFiles: Sendable {
  /// One report.
  struct Entry: Sendable {
    var reporter: any Reporter
    let file: ReportFile
    /// The identities of its file when it was opened.
    var places: Set<FilePlace> = []
  }

  private(set) var entries: [Entry] = []

  /// No reports.
  init() {}

  /// Opens the files of `settings` before any work begins. Queries of URLs are never written to a file.
  /// - Throws: `ValidationError` if a file cannot be written, or would replace one of `readFiles`.
  init(
    _ settings: Settings, sparing readFiles: @autoclosure () -> ReadFiles, confinement: [String] = [],
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    var context = settings.reportContext(confinement: confinement)
    context.showURLs = false
    let summary =
      settings.options.format == .github
      ? environment["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : $0 } : nil
    let reports = try settings.options.reports
    guard !reports.isEmpty || summary != nil else { return }
    let readFiles = readFiles()
    // All paths are checked before the first file is opened.
    for argument in reports {
      if let kind = readFiles.kind(of: argument.path) {
        throw ValidationError(
          "--report \(displayText(argument.path)): the report would replace \(kind)")
      }
    }
    if let summary, let kind = readFiles.kind(of: FilePath(summary)) {
      throw ValidationError("`GITHUB_STEP_SUMMARY` \(displayText(summary)): the file is \(kind)")
    }
    for argument in reports {
      let file: ReportFile
      do throws(Errno) {
        file = try ReportFile(replacing: argument.path)
      } catch {
        let why =
          error == .noSuchAddressOrDevice
          ? "no process reads this pipe; start its reader first" : "cannot write the report: \(error)"
        throw ValidationError("--report \(displayText(argument.path)): \(why)")
      }
      entries.append(
        Entry(
          reporter: argument.format.reporter(context), file: file, places: FilePlace.all(of: argument.path)))
    }
    if let summary { addStepSummary(context, FilePath(summary)) }
  }

  /// If the summary of a workflow cannot be written, its log and exit code still work.
  private mutating func addStepSummary(_ context: ReportContext, _ path: FilePath) {
    do throws(Errno) {
      let file = try ReportFile(appendingTo: path)
      let room = Int64(MarkdownReporter.mostBytes) - file.size
      entries.append(Entry(reporter: MarkdownReporter(context, limit: Int(max(0, room))), file: file))
    } catch {
      StandardStream.error.writeLine(
        "wan-check: cannot write the step summary \(displayText(path)): \(error)")
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// Writes the text that `render` returns for each reporter. On failure, it calls `complain` and
  /// leaves that file unchanged.
  mutating func write(_ render: (inout any Reporter) -> String, _ complain: (String) -> Void) {
    var kept: [Entry] = []
    for var entry in entries {
      do throws(OutputFailure) {
        try entry.file.write(render(&entry.reporter))
        kept.append(entry)
      } catch {
        complain("cannot write the report \(entry.file.name): \(error.errno)")
        entry.file.discard()
      }
    }
    entries = kept
  }

  /// Drops the reports that would replace a file that was read for `result`: its job
  /// file, or one of its assets.
  /// - Returns: the messages for the user.
  mutating func drop(readBy result: CheckResult) -> [String] {
    guard !entries.isEmpty else { return [] }
    let folder = FilePath(result.input).removingLastComponent()
    let names = result.assets.map { FilePath($0.rawLocation) }
    let read = Set(
      ([FilePath(result.input)] + names + names.map { folder.pushing($0) }).flatMap { FilePlace.all(of: $0) })
    var refusals: [String] = []
    entries.removeAll { entry in
      guard entry.file.replaced != nil, !entry.places.isDisjoint(with: read) else { return false }
      entry.file.discard()
      refusals.append(
        "--report \(entry.file.name): the report is not written, because it would replace an input")
      return true
    }
    return refusals
  }

  /// Moves every report to its path.
  mutating func commit(_ complain: (String) -> Void) {
    for entry in entries {
      do throws(OutputFailure) {
        try entry.file.commit()
      } catch {
        complain("cannot write the report \(entry.file.name): \(error.errno)")
      }
    }
    entries = []
  }

  /// Discards all reports.
  func discard() {
    for entry in entries { entry.file.discard() }
  }
}
