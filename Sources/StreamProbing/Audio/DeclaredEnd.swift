import MediaFacts
import MediaReading

extension MeteredReader {
  /// Whether the file has all bytes before `end`; costs a read of one byte where the length is not known.
  func reaches(_ end: Int64) throws(ProbeStop) -> Bool {
    if let length { return end <= length }
    guard end > 0 else { return true }
    return try !bytes(at: end - 1, count: 1).isEmpty
  }
}

extension Int64 {
  /// The sum, or the largest value: a place that no file reaches.
  func saturatingSum(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

extension MediaFacts {
  var isTruncated: Bool { defects.contains { $0.kind == .truncated } }
}
