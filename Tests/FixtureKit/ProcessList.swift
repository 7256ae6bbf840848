import Foundation

/// The processes of this machine, where the system lists them in /proc.
public enum ProcessList {
  /// Those that were started as `program`, zombies excluded: these have no command line any more.
  public static func running(_ program: String) -> [Int32] {
    all.filter { pid in
      let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      return line.prefix { $0 != 0 }.elementsEqual(program.utf8)
    }
  }

  /// Children of this process that are called `name`, ended, and were not waited for.
  public static func zombies(named name: String) -> [Int32] {
    all.filter { pid in
      let (command, fields) = stat(of: pid)
      return command == name.prefix(15) && fields.starts(with: ["Z", "\(getpid())"])
    }
  }

  /// Hundredths of a second of the processor that a process has had in its own code.
  public static func ticks(of pid: Int32) -> Int {
    let fields = stat(of: pid).fields
    return fields.count > 11 ? Int(fields[11]) ?? 0 : 0
  }

  private static var all: [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap(Int32.init)
  }

  /// The name of a process, and the fields after it. The first of these is the state.
  private static func stat(of pid: Int32) -> (command: Substring, fields: [Substring]) {
    let text = String(
      decoding: FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data(), as: UTF8.self)
    guard let start = text.firstIndex(of: "("), let end = text.lastIndex(of: ")") else { return ("", []) }
    return (text[text.index(after: start)..<end], text[end...].dropFirst().split(separator: " "))
  }
}
