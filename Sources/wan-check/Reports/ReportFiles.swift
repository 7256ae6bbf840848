import ArgumentParser
import AssetSource
import Foundation
import SystemPackage
import WanReport

/// The reports beside standard output, each with its file.
struct ReportFiles: Sendable {
  /// One report.
  struct Entry: Sendable {
    var reporter: any Reporter
    let file: ReportFile
  }

  private(set) var entries: [Entry] = []

  /// No reports.
  init() {}

  /// Opens the files of `options`, before any work; queries of URLs never go to a file.
  /// - Throws: `ValidationError` if one cannot be written, or would replace one of `inputs`.
  init(
    _ options: CheckOptions, inputs: [String],
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    let read = Set(inputs.map { ReportFile.resolved(FilePath($0)) })
    var context = options.reportContext()
    context.showURLs = false
    for argument in try options.reports {
      guard !read.contains(ReportFile.resolved(argument.path)) else {
        throw ValidationError(
          "--report \(displayText(argument.path)): that is an input, which it would replace")
      }
      let file: ReportFile
      do throws(Errno) {
        file = try ReportFile(replacing: argument.path)
      } catch {
        throw ValidationError("--report \(displayText(argument.path)): it cannot be written: \(error)")
      }
      entries.append(Entry(reporter: argument.format.reporter(context), file: file))
    }
    if options.format == .github, let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty {
      addStepSummary(context, FilePath(path))
    }
  }

  /// A workflow whose summary cannot be written has its log and its exit code all the same.
  private mutating func addStepSummary(_ context: ReportContext, _ path: FilePath) {
    do throws(Errno) {
      let file = try ReportFile(appendingTo: path)
      let room = Int64(MarkdownReporter.mostBytes) - file.size
      entries.append(Entry(reporter: MarkdownReporter(context, limit: Int(max(0, room))), file: file))
    } catch {
      StandardStream.error.writeLine(
        "wan-check: the step summary \(displayText(path)) cannot be written: \(error)")
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// Writes what `render` makes of each reporter; `complain` hears of what went wrong, and that file is left as it was.
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

  /// Puts every report in its place.
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

  /// Leaves no trace of any.
  func discard() {
    for entry in entries { entry.file.discard() }
  }
}
