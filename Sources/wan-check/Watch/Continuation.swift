import WanCheck

/// The command that goes on where following a task ended.
struct Continuation: Sendable, Hashable {
  /// The folder of `--download`, as it was given.
  var download: String?
  /// Further options with their values, each an argument of its own.
  var options: [String] = []

  /// The command as a shell takes it.
  func command(_ taskID: String) -> String {
    var arguments = ["wan-check", "watch"]
    // What begins with a hyphen would be taken for an option.
    let isPlain = !taskID.hasPrefix("-")
    if isPlain { arguments.append(taskID) }
    if let download {
      arguments += download.hasPrefix("-") ? ["--download=\(download)"] : ["--download", download]
    }
    arguments += options
    if !isPlain { arguments += ["--", taskID] }
    return arguments.map(ShellWord.quoted).joined(separator: " ")
  }
}
