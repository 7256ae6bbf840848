/// What a server makes of `Range`.
public enum RangeSupport: Sendable, Hashable {
  /// Always the whole.
  case ignored
  /// 206 with the range, 416 where there is none.
  case honoured
  /// As `honoured`, but never more than so many bytes, from the start of the range on.
  case capped(Int)
  /// Another range than the requested one, this many bytes further on, and correctly labelled.
  case shifted(by: Int)
  /// The right bytes under this label.
  case labelled(RangeLabel)
}

/// A `Content-Range` that is not what it should be.
public enum RangeLabel: Sendable, Hashable {
  /// The field is left out.
  case missing
  /// The right range of `*`.
  case unknownTotal
  /// The right range of another total.
  case total(Int)
  /// This very value.
  case text(String)
}

/// The part of a content that an answer carries.
struct RangeSelection: Equatable {
  var status: Int
  var range: Range<Int>
  /// The value of `Content-Range`, where there is one.
  var contentRange: String?
}

extension RangeSupport {
  /// The part of `total` bytes that answers a request for `range`.
  func selection(_ range: ByteRangeRequest?, total: Int) -> RangeSelection {
    guard self != .ignored, let range else {
      return RangeSelection(status: 200, range: 0..<total, contentRange: nil)
    }
    guard let asked = range.resolved(in: total) else {
      return RangeSelection(status: 416, range: 0..<0, contentRange: "bytes */\(total)")
    }
    var sent = asked
    switch self {
    case .capped(let most): sent = asked.lowerBound..<min(asked.upperBound, asked.lowerBound + max(1, most))
    case .shifted(let distance):
      let first = max(0, min(asked.lowerBound + distance, total - 1))
      sent = first..<min(first + asked.count, total)
    case .ignored, .honoured, .labelled: break
    }
    let bounds = "bytes \(sent.lowerBound)-\(sent.upperBound - 1)"
    let label: String? =
      switch self {
      case .labelled(.missing): nil
      case .labelled(.unknownTotal): "\(bounds)/*"
      case .labelled(.total(let other)): "\(bounds)/\(other)"
      case .labelled(.text(let text)): text
      case .ignored, .honoured, .capped, .shifted: "\(bounds)/\(total)"
      }
    return RangeSelection(status: 206, range: sent, contentRange: label)
  }
}
