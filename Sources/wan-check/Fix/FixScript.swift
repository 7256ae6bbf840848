import Locations
import SystemPackage
import WanCheck

/// The shell script of `wan-check fix --dry-run`: what the command would do, for a POSIX shell.
struct FixScript {
  let plan: FixPlan
  let folder: FixFolder
  let workingFolder: FilePath

  /// The text of the script.
  var text: String {
    let target = workingFolder.pushing(folder.path)
    var lines = [
      "#!/bin/sh", "# Written by `wan-check fix --dry-run`. Originals stay, and no file is overwritten.",
      "target=\(quoted(target))", "failed=0", #"mkdir -p -- "$target" && cd -- "$target" || exit 1"#,
      "staging=$(mktemp -d ./.wan-check-XXXXXX) || exit 1",
      #"trap 'rm -rf -- "$target/$staging"' EXIT"#, "trap 'exit 130' HUP INT TERM",
      #"cd -- "$staging" || exit 1"#,
      // place FILE FOLDER NAME
      #"place() { mkdir -p -- "$2" && [ ! -e "$2/$3" ] && [ ! -L "$2/$3" ] && mv -- "$1" "$2/$3"; }"#,
    ]
    for (index, copy) in plan.copies.enumerated() { lines += Self.lines(copy, index) }
    for (index, file) in plan.jobFiles.enumerated() {
      let name = "./jobs-\(index)"
      let place = Self.place(Array(name.utf8), at: file.target)
      guard let bytes = file.bytes else {
        lines.append("cp -- \(quoted(file.source)) \(name) && \(place) || failed=1")
        continue
      }
      lines.append("{")
      lines += Self.printed(bytes)
      lines.append("} > \(name) && \(place) || failed=1")
    }
    lines.append("exit $failed")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ copy: FixPlan.Copy, _ index: Int) -> [String] {
    guard let step = copy.asset.steps.last else {
      let name = "./copy-\(index)"
      return [
        "cp -- \(quoted(copy.asset.source)) \(name) && \(place(Array(name.utf8), at: copy.target)) || failed=1"
      ]
    }
    let (input, output) = (Repairing.anchored(step.input), Repairing.anchored(step.output))
    let comment = step.fix.note.map { " (\($0))" } ?? ""
    return [
      "# \(step.fix.applicability.rawValue)\(comment)",
      "ln -s -- \(quoted(copy.asset.source)) \(ShellWord.quoted(input)) &&",
      "  \(step.command.shellText(input: input, output: output)) &&",
      "  \(place(output, at: copy.target)) || failed=1",
    ]
  }

  private static func place(_ name: [UInt8], at target: FilePath) -> String {
    let parent = FilePath("..").pushing(target.removingLastComponent())
    let last = target.lastComponent.map { FilePath(root: nil, [$0]) } ?? target
    return "place \(ShellWord.quoted(name)) \(quoted(parent)) \(quoted(last))"
  }

  /// Commands that print the bytes as they are, in pieces that every shell takes.
  private static func printed(_ bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      let piece = rest.prefix(min(end - rest.startIndex, 4096))
      rest = rest.dropFirst(piece.count)
      let isLine = rest.first == UInt8(ascii: "\n")
      if isLine { rest = rest.dropFirst() }
      lines.append("printf '%b\(isLine ? #"\n"# : "")' \(ShellWord.escapedForPrintf(Array(piece)))")
    }
    return lines
  }

  private static func quoted(_ path: FilePath) -> String { ShellWord.quoted(path.bytes) }
  private func quoted(_ path: FilePath) -> String { Self.quoted(path) }
}
