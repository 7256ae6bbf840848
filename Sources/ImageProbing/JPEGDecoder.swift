import CMediaShims

/// One libjpeg decoder.
struct JPEGDecoder: ~Copyable {
  private let handle: OpaquePointer

  private init(takingOwnershipOf handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    wan_jpeg_close(handle)
  }

  /// A decoder that may hold `memory` bytes and read `scans` scans; `nil` if memory ran out.
  static func open(memory: Int64, scans: Int) -> JPEGDecoder? {
    wan_jpeg_open(memory, CInt(clamping: scans)).map { JPEGDecoder(takingOwnershipOf: $0) }
  }

  /// Decodes `bytes` as far as possible.
  func feed(_ bytes: UnsafeRawBufferPointer) -> DecoderStatus {
    wan_jpeg_feed(handle, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  /// Bytes of the file that were decoded. At the end, this includes the end marker.
  var consumed: Int64 { wan_jpeg_consumed(handle) }
  var warnings: Int64 { wan_jpeg_warnings(handle) }
  var oddities: UInt32 { wan_jpeg_oddities(handle) }
  var strayCount: Int { Int(wan_jpeg_stray_count(handle)) }
  func stray(_ index: Int) -> wan_stray { wan_jpeg_stray(handle, CInt(clamping: index)) }
  var endedEarly: Bool { wan_jpeg_ended_early(handle) }
  /// The component that no scan holds, counted from 1.
  var missingComponent: Int? {
    let number = wan_jpeg_missing_component(handle)
    return number > 0 ? Int(number) : nil
  }
  /// The component of a progressive image whose lowest bits are in no scan, counted from 1.
  var unrefinedComponent: Int? {
    let number = wan_jpeg_unrefined_component(handle)
    return number > 0 ? Int(number) : nil
  }
  var message: String { String(cString: wan_jpeg_message(handle)) }
}
