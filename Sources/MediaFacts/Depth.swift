/// How much of an asset a probe reads before it answers.
public enum Depth: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Headers, and the declared end of the file seen to be there.
  case header
  /// Every row, checksum and packet; the first frame of each stream decoded.
  case full
  /// As `full`, and every frame of audio and video decoded.
  case decode

  /// Shallower depths come first.
  public static func < (lhs: Depth, rhs: Depth) -> Bool {
    lhs.rank < rhs.rank
  }

  private var rank: Int {
    switch self {
    case .header: 0
    case .full: 1
    case .decode: 2
    }
  }
}
