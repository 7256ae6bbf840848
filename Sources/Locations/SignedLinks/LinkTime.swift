/// Strict readers for the time formats of signed links. Results are seconds since 1970.
package enum LinkTime {
  /// The last second of the year 9999; a later time is a mistake.
  private static let latest: Int64 = 253_402_300_799

  /// Decimal digits.
  static func epoch(_ text: String) -> Int64? {
    guard (1...12).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit), let seconds = Int64(text)
    else {
      return nil
    }
    return seconds <= latest ? seconds : nil
  }

  /// Hexadecimal digits.
  static func hexadecimal(_ text: String) -> Int64? {
    guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy({ $0.hexadecimalValue != nil }),
      let seconds = Int64(text, radix: 16)
    else { return nil }
    return isPlausible(seconds) ? seconds : nil
  }

  /// Whether a number is a plausible time.
  static func isPlausible(_ seconds: Int64) -> Bool { (1...latest).contains(seconds) }

  /// `START;END`, each in seconds since 1970.
  static func span(_ text: String) -> (start: Int64, end: Int64)? {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = epoch(String(parts[0])), let end = epoch(String(parts[1])) else {
      return nil
    }
    return (start, end)
  }

  /// `20261122T101500Z`.
  package static func compact(_ text: String) -> Int64? {
    var reader = DigitReader(text)
    guard let year = reader.digits(4), let month = reader.digits(2), let day = reader.digits(2),
      reader.skip("T"), let hour = reader.digits(2), let minute = reader.digits(2),
      let second = reader.digits(2), reader.skip("Z"), reader.isAtEnd
    else { return nil }
    return seconds(year, month, day, hour, minute, second)
  }

  /// `2026-11-22`, `2026-11-22T10:15Z`, `2026-11-22T10:15:00Z`, with a fraction of a second (which is
  /// dropped), or with an offset (`+01:00`) in place of the `Z`.
  static func extended(_ text: String) -> Int64? {
    var reader = DigitReader(text)
    guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2), reader.skip("-"),
      let day = reader.digits(2)
    else { return nil }
    if reader.isAtEnd { return seconds(year, month, day, 0, 0, 0) }
    guard reader.skip("T"), let hour = reader.digits(2), reader.skip(":"), let minute = reader.digits(2)
    else {
      return nil
    }
    var second: Int64 = 0
    if reader.skip(":") {
      guard let whole = reader.digits(2) else { return nil }
      second = whole
      if reader.skip(".") {
        guard reader.digits(1) != nil else { return nil }
        while reader.digits(1) != nil {}
      }
    }
    guard let offset = reader.offset(), reader.isAtEnd,
      let local = seconds(year, month, day, hour, minute, second)
    else { return nil }
    return local - offset
  }

  /// Seconds since 1970 of a date in the Gregorian calendar, or `nil` if there is no such date or time.
  private static func seconds(
    _ year: Int64, _ month: Int64, _ day: Int64, _ hour: Int64, _ minute: Int64, _ second: Int64
  ) -> Int64? {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard year >= 1970, (1...12).contains(month) else { return nil }
    let before = lengths.prefix(Int(month) - 1).reduce(0, +)
    guard (1...lengths[Int(month) - 1]).contains(day), hour < 24, minute < 60, second < 60 else { return nil }
    let past = year - 1
    // Leap days from the year 1 on, less those up to 1969.
    let leapDays = past / 4 - past / 100 + past / 400 - 477
    let days = (year - 1970) * 365 + leapDays + before + day - 1
    return days * 86_400 + hour * 3_600 + minute * 60 + second
  }
}

/// Reads fixed-width numbers and marks from the start of a text.
private struct DigitReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func digits(_ count: Int) -> Int64? {
    let taken = rest.prefix(count)
    guard taken.count == count, taken.allSatisfy(\.isDigit) else { return nil }
    rest = rest.dropFirst(count)
    return taken.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// `Z`, or `+hh:mm` and `-hh:mm` in seconds.
  mutating func offset() -> Int64? {
    if skip("Z") { return 0 }
    let isAhead = skip("+")
    guard isAhead || skip("-"), let hours = digits(2), skip(":"), let minutes = digits(2), hours < 24,
      minutes < 60
    else { return nil }
    return (isAhead ? 1 : -1) * (hours * 3_600 + minutes * 60)
  }
}
