import Foundation
import FuzzKit
import LibFuzzer

/// libFuzzer on one target, which FUZZ_TARGET names. The arguments are libFuzzer's own; it starts itself again
/// with them.
@main
enum Fuzz {
  static func main() {
    if CommandLine.arguments.dropFirst() == ["--list"] {
      for target in FuzzTarget.all { print(target.name, target.longest) }
      return
    }
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(LLVMFuzzerRunDriver(&count, &arguments, testOneInput))
  }

  /// From the environment, because each process of a merge inherits it.
  private static let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget.named(name) else {
      let names = FuzzTarget.all.map(\.name).joined(separator: ", ")
      FileHandle.standardError.write(Data("FUZZ_TARGET is none of \(names): \"\(name)\"\n".utf8))
      exit(2)
    }
    return target
  }()

  fileprivate static func run(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    switch target.run(Array(UnsafeBufferPointer(start: bytes, count: count))) {
    case .held: return 0
    case .beside: return -1
    case .broken(let what): fatalError("broken promise of \(target): \(what)")
    }
  }
}

/// libFuzzer's own main refers to this name, although that main does not run.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt { Fuzz.run(bytes, count) }
