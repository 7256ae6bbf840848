/// What is answered to a request for a file: conditions first (RFC 9110, 13.2.2), then the range.
struct MediaAnswer: Equatable {
  var status: Int
  /// The part of the file that is sent; `nil` sends no body and says no length.
  var range: Range<Int>?
  /// The value of `Content-Range`.
  var contentRange: String?

  /// - Parameter field: the value of a field of the request by its name.
  init(for file: MediaFile?, method: String, field: (String) -> String?) {
    guard let file else {
      self.init(status: 404, range: nil)
      return
    }
    guard method == "GET" || method == "HEAD" else {
      self.init(status: 405, range: nil)
      return
    }
    if let known = field("If-None-Match"), Self.names(known, file.entityTag) {
      self.init(status: 304, range: nil)
      return
    }
    let total = file.bytes.count
    let isSame = field("If-Range").map { Self.isStrong($0, file) } ?? true
    guard method == "GET", isSame, let asked = field("Range").flatMap(ByteRange.init) else {
      self.init(status: 200, range: 0..<total)
      return
    }
    guard let range = asked.resolved(in: total) else {
      self.init(status: 416, range: nil, contentRange: "bytes */\(total)")
      return
    }
    let label = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(total)"
    self.init(status: 206, range: range, contentRange: label)
  }

  init(status: Int, range: Range<Int>?, contentRange: String? = nil) {
    self.status = status
    self.range = range
    self.contentRange = contentRange
  }

  /// Whether the list of tags `list` has `tag` in it, weak or strong.
  private static func names(_ list: String, _ tag: String?) -> Bool {
    guard let tag else { return false }
    let tags = list.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }
    return tags.contains { $0 == "*" || opaque(String($0)) == opaque(tag) }
  }

  private static func opaque(_ tag: String) -> String {
    String(tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]).filter { $0 != " " }
  }

  /// Whether `If-Range` names just what the file is now.
  private static func isStrong(_ value: String, _ file: MediaFile) -> Bool {
    guard value.hasPrefix("\"") else { return value == file.lastModified }
    return value == file.entityTag
  }
}

/// A `Range` field that names one range of bytes (RFC 9110, 14.1.2).
enum ByteRange: Equatable {
  /// From the first byte to the last, which counts; `nil` is the end.
  case from(Int, to: Int?)
  /// The last bytes.
  case last(Int)

  /// `nil` for what a server ignores: another unit, several ranges, a wrong form.
  init?(_ text: String) {
    guard let match = text.wholeMatch(of: /(?i)bytes=([0-9]{0,18})-([0-9]{0,18})/) else { return nil }
    switch (Int(match.1), Int(match.2)) {
    case (nil, nil): return nil
    case (nil, let count?): self = .last(count)
    case (let first?, let last):
      if let last, last < first { return nil }
      self = .from(first, to: last)
    }
  }

  /// The part of a file of `total` bytes that is meant; `nil` if there is none.
  func resolved(in total: Int) -> Range<Int>? {
    switch self {
    case .last(let count): count > 0 && total > 0 ? max(0, total - count)..<total : nil
    case .from(let first, let last): first < total ? first..<(min(last ?? .max, total - 1) + 1) : nil
    }
  }
}
