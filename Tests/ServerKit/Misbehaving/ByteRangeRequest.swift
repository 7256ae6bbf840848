/// A `Range` field that names one range of bytes (RFC 9110, 14.1.2).
enum ByteRangeRequest: Equatable {
  /// From the first byte to the last, which counts; `nil` is the end.
  case from(Int, to: Int?)
  /// The last bytes.
  case last(Int)

  /// `nil` for what a server ignores: another unit, several ranges, a wrong form.
  init?(_ text: String) {
    guard text.lowercased().hasPrefix("bytes=") else { return nil }
    let parts = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }) else {
      return nil
    }
    // More digits than an Int holds are beyond every end.
    let numbers = parts.map { $0.isEmpty ? nil : Int($0) ?? .max }
    switch (numbers[0], numbers[1]) {
    case (nil, nil): return nil
    case (nil, let count?): self = .last(count)
    case (let first?, let last):
      if let last, last < first { return nil }
      self = .from(first, to: last)
    }
  }

  /// The part of a content of `total` bytes that is meant; `nil` if there is none.
  func resolved(in total: Int) -> Range<Int>? {
    switch self {
    case .last(let count): count > 0 && total > 0 ? max(0, total - count)..<total : nil
    case .from(let first, let last):
      first < total ? first..<(min(last ?? .max, total - 1) + 1) : nil
    }
  }
}
