import Foundation
import FuzzKit
import LibFuzzer

/// libFuzzer on one target, which FUZZ_TARGET names; arguments are libFuzzer's own, which starts itself anew with them.
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

  /// From the environment, where each process of a merge finds it.
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

/// libFuzzer's own main refers to this name, though it is not the one that runs.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt { Fuzz.run(bytes, count) }
