import AssetSource
import Locations
import WanReport

/// What a line of progress tells.
struct ProgressState: Sendable, Hashable {
  /// An asset that takes long.
  struct Slow: Sendable, Hashable {
    /// Where it is, without secrets.
    var name: String
    /// Seconds since its fetch began.
    var seconds: Int64
  }

  /// Inputs that are judged.
  var done = 0
  /// Inputs that are known of.
  var known = 0
  /// Whether there are no more inputs than those.
  var isComplete = false
  /// Bytes that arrived.
  var bytes: Int64 = 0
  /// Bytes a second, of late; `nil` while there is nothing to tell.
  var rate: Int64?
  /// Seconds until everything is judged, if that can be told.
  var left: Int64?
  /// The asset that has been waited for longest, if that is long.
  var slow: Slow?
}

/// A line of progress: a pure function of what it tells and of the room that there is.
enum ProgressLine {
  /// Fewer columns than this say nothing about a location.
  private static let shortestName = 12

  /// The line in fewer than `width` columns, so that no terminal wraps it; parts without room are left out.
  static func render(_ state: ProgressState, width: Int, color: Bool) -> String {
    let limit = max(0, width - 1)
    let known = state.isComplete ? "\(state.known)" : "\(state.known)+"
    var line = "\(state.done) of \(known) checked"
    guard line.utf8.count <= limit else { return String(line.prefix(limit)) }
    var columns = line.utf8.count
    func add(_ text: String, _ style: String) -> Bool {
      guard columns + 2 + TerminalColumns.count(text) <= limit else { return false }
      columns += 2 + TerminalColumns.count(text)
      line += "  " + (color ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text)
      return true
    }
    if state.bytes > 0 {
      guard add(size(state.bytes), faint) else { return line }
      if let rate = state.rate, !add("\(size(rate))/s", faint) { return line }
    }
    if let left = state.left, !add("about \(time(left)) left", faint) { return line }
    if let slow = state.slow {
      let (before, after) = ("waiting for ", ", \(slow.seconds) s")
      let room = limit - columns - 2 - before.utf8.count - after.utf8.count
      let name = displayText(slow.name)
      guard room >= min(shortestName, TerminalColumns.count(name)) else { return line }
      _ = add(before + TerminalColumns.shorten(name, to: room) + after, doubtful)
    }
    return line
  }

  private static let faint = "2"
  private static let doubtful = "33"

  /// Seconds as people estimate them: more precision would only jump about.
  private static func time(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<5940: "\((seconds + 30) / 60) min"
    default: "\((seconds + 1800) / 3600) h"
    }
  }

  private static func size(_ bytes: Int64) -> String {
    switch bytes {
    case ..<1000: "\(bytes) B"
    case ..<1_000_000: "\(bytes / 1000) kB"
    case ..<1_000_000_000: tenths(bytes, 1_000_000) + " MB"
    default: tenths(bytes, 1_000_000_000) + " GB"
    }
  }

  private static func tenths(_ bytes: Int64, _ unit: Int64) -> String {
    "\(bytes / unit).\(bytes % unit / (unit / 10))"
  }
}
