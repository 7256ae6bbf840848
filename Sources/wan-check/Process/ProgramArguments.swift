import CProcess

/// What the process was started with.
///
/// Swift reads its arguments from `/proc`; where that is not mounted, only the C library was told them.
enum ProgramArguments {
  /// Each as it was given, the program's name first.
  static var pointers: [UnsafePointer<CChar>] {
    let given = (0..<Int(CommandLine.argc)).compactMap {
      CommandLine.unsafeArgv[$0].map { UnsafePointer($0) }
    }
    guard given.isEmpty, let arguments = wan_arguments() else { return given }
    return (0..<Int(wan_argument_count())).compactMap { arguments[$0] }
  }

  /// Each as text, without the program's name.
  static var texts: [String] { pointers.dropFirst().map { String(cString: $0) } }

  /// How the program was called; empty if that is not known.
  static var program: String { pointers.first.map { String(cString: $0) } ?? "" }
}
