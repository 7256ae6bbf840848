package import SystemPackage

extension FilePath {
  /// The path as the system has it; names need not be UTF-8.
  package var bytes: [UInt8] {
    withPlatformString { start in
      UnsafeBufferPointer(start: start, count: length).map { UInt8(bitPattern: $0) }
    }
  }
}
