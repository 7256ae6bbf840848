import Testing

@testable import ServerKit

/// What a server must send of 100 bytes.
struct RangeCase: Sendable, CustomTestStringConvertible {
  var asked: String
  var support = RangeSupport.honoured
  var status: Int
  var sent: Range<Int>
  var label: String?

  var testDescription: String { "\(asked) \(support)" }
}

/// Ranges as RFC 9110 has them, and the ways to get them wrong.
@Suite struct RangeTests {
  @Test(arguments: [
    RangeCase(asked: "bytes=0-0", status: 206, sent: 0..<1, label: "bytes 0-0/100"),
    RangeCase(asked: "bytes=10-", status: 206, sent: 10..<100, label: "bytes 10-99/100"),
    RangeCase(asked: "bytes=90-200", status: 206, sent: 90..<100, label: "bytes 90-99/100"),
    RangeCase(asked: "bytes=0-99999999999999999999", status: 206, sent: 0..<100, label: "bytes 0-99/100"),
    RangeCase(asked: "bytes=-10", status: 206, sent: 90..<100, label: "bytes 90-99/100"),
    RangeCase(asked: "bytes=-1000", status: 206, sent: 0..<100, label: "bytes 0-99/100"),
    RangeCase(asked: "bytes=100-", status: 416, sent: 0..<0, label: "bytes */100"),
    RangeCase(asked: "bytes=-0", status: 416, sent: 0..<0, label: "bytes */100"),
    RangeCase(asked: "bytes=5-4", status: 200, sent: 0..<100),
    RangeCase(asked: "bytes=0-1,5-6", status: 200, sent: 0..<100),
    RangeCase(asked: "bytes=-", status: 200, sent: 0..<100),
    RangeCase(asked: "rows=0-1", status: 200, sent: 0..<100),
    RangeCase(asked: "bytes=0-9", support: .ignored, status: 200, sent: 0..<100),
    RangeCase(asked: "bytes=10-", support: .capped(5), status: 206, sent: 10..<15, label: "bytes 10-14/100"),
    RangeCase(
      asked: "bytes=10-19", support: .shifted(by: 7), status: 206, sent: 17..<27, label: "bytes 17-26/100"),
    RangeCase(asked: "bytes=0-9", support: .labelled(.missing), status: 206, sent: 0..<10),
    RangeCase(
      asked: "bytes=0-9", support: .labelled(.unknownTotal), status: 206, sent: 0..<10, label: "bytes 0-9/*"),
    RangeCase(
      asked: "bytes=0-9", support: .labelled(.total(5)), status: 206, sent: 0..<10, label: "bytes 0-9/5"),
    RangeCase(asked: "bytes=0-9", support: .labelled(.text("x")), status: 206, sent: 0..<10, label: "x"),
  ])
  func selects(range: RangeCase) {
    let expected = RangeSelection(status: range.status, range: range.sent, contentRange: range.label)
    #expect(range.support.selection(ByteRangeRequest(range.asked), total: 100) == expected)
  }

  @Test func nothingCanBeSelectedFromNothing() {
    let expected = RangeSelection(status: 416, range: 0..<0, contentRange: "bytes */0")
    #expect(RangeSupport.honoured.selection(ByteRangeRequest("bytes=0-"), total: 0) == expected)
  }
}
