import CProcess

/// The arguments of the process.
///
/// Swift reads them from `/proc`. If that is not mounted, only the C library has them.
enum ProgramArguments {
  /// The arguments as C strings, beginning with the program's name.
  static var pointers: [UnsafePointer<CChar>] {
    let given = (0..<Int(CommandLine.argc)).compactMap {
      CommandLine.unsafeArgv[$0].map { UnsafePointer($0) }
    }
    guard given.isEmpty, let arguments = wan_arguments() else { return given }
    return (0..<Int(wan_argument_count())).compactMap { arguments[$0] }
  }

  /// The arguments as text, without the program's name.
  static var texts: [String] { pointers.dropFirst().map { String(cString: $0) } }

  /// The name with which the program was called; empty if it is not known.
  static var program: String { pointers.first.map { String(cString: $0) } ?? "" }
}
