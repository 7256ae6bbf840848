/// Sizes that a WAV's writer leaves where it cannot know them, because it writes to a pipe or a socket.
///
/// A size is one of them only if the file ends before it. The line to a truncated upload:
/// - the largest numbers of 31 and 32 bits, and up to 4 KiB below them (`7fffffff`, sox's `7ffff000`, `7fffffd3`);
/// - any size of at least 1 GB (10^9 bytes) in a file that has less than a tenth of it: nobody sends so long a recording
///   where 30 s are allowed, and round numbers such as 2000000000 are what streaming services write.
///
/// A smaller size, or a file that has a tenth of it, is one that was cut short.
enum PlaceholderSize {
  private static let least: Int64 = 1_000_000_000
  private static let tops: [Int64] = [1 << 31, 1 << 32]
  private static let below: Int64 = 4096

  /// Whether `size`, of which the file has only `present` bytes (`nil` if that is not known), stands for "unknown".
  static func isOne(_ size: Int64, present: Int64?) -> Bool {
    if tops.contains(where: { (($0 - below)...$0).contains(size) }) { return true }
    return size >= least && (present ?? 0) < size / 10
  }
}
