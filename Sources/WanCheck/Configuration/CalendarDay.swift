/// A day of the Gregorian calendar, by UTC.
public struct CalendarDay: Sendable, Hashable, CustomStringConvertible {
  /// The day as `YYYY-MM-DD`.
  public let description: String
  private let daysSince1970: Int

  /// A day as `YYYY-MM-DD`; `nil` if there is no such day.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "-") }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      1...12 ~= month, day >= 1, day <= Self.length(of: month, in: year)
    else { return nil }
    description = text
    let monthsBefore = (1..<month).reduce(0) { $0 + Self.length(of: $1, in: year) }
    daysSince1970 = Self.daysBefore(year) - Self.daysBefore(1970) + monthsBefore + day - 1
  }

  /// Whether the day is over at `seconds` since 1970.
  public func isOver(at seconds: Double) -> Bool { seconds >= Double(daysSince1970 + 1) * 86400 }

  private static func daysBefore(_ year: Int) -> Int {
    let years = year - 1
    return years * 365 + years / 4 - years / 100 + years / 400
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
