import AssetSource
import Locations
import WanReport

/// The values that a progress line shows.
struct ProgressState: Sendable, Hashable {
  /// An asset whose fetch is slow.
  struct Slow: Sendable, Hashable {
    /// The location of the asset, without secrets.
    var name: String
    /// The seconds since its fetch began.
    var seconds: Int64
  }

  /// The number of inputs that are checked.
  var done = 0
  /// The number of known inputs.
  var known = 0
  /// Whether all inputs are known.
  var isComplete = false
  /// The number of bytes that arrived.
  var bytes: Int64 = 0
  /// The recent rate in bytes per second; `nil` if it is not known.
  var rate: Int64?
  /// The estimated seconds until all inputs are checked, if known.
  var left: Int64?
  /// The slow asset whose fetch has taken longest.
  var slow: Slow?
}

/// Renders a progress line from its values and the available width, without I/O.
enum ProgressLine {
  /// The smallest number of columns in which a location is useful.
  private static let shortestName = 12

  /// The line in fewer than `width` columns, so that a terminal does not wrap it. Parts that
  /// do not fit are left out.
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

  /// A rounded time: more precision would only change with each update.
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
