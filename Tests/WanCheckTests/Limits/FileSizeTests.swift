import JudgingKit
import MediaFacts
import Testing
import WanCheck

@Suite struct FileSizeTests {
  struct Size: Sendable, CustomTestStringConvertible {
    let kind: MediaKind
    let bytes: Int64
    let judged: Judged
    var testDescription: String { "\(kind) of \(bytes) bytes" }
  }

  static func sizes(_ kind: MediaKind, _ megabytes: Int64) -> [Size] {
    let (decimal, binary) = (megabytes * 1_000_000, megabytes << 20)
    return [
      Size(kind: kind, bytes: 1, judged: .inside),
      Size(kind: kind, bytes: decimal - 1, judged: .inside),
      Size(kind: kind, bytes: decimal, judged: .inside),
      Size(kind: kind, bytes: decimal + 1, judged: .disagreeing),
      Size(kind: kind, bytes: binary, judged: .disagreeing),
      Size(kind: kind, bytes: binary + 1, judged: .outside),
      Size(kind: kind, bytes: .max, judged: .outside),
    ]
  }

  @Test(arguments: sizes(.image, 20) + sizes(.audio, 15) + sizes(.video, 100))
  func bothMegabytes(_ size: Size) async throws {
    let result = try await Checking().facts(.clean(size.kind), length: size.bytes)
    let rule = RuleID(rawValue: "\(size.kind)-file-size")
    #expect(result.findings(rule).map(\.severity) == [size.judged.severity].compactMap(\.self))
    #expect(result.rules == (size.judged.severity == nil ? [] : [rule.rawValue]))
    #expect(result.verdict == (size.judged.severity == .error ? .invalid : .valid))
    guard let finding = result.findings.first else { return }
    #expect(finding.actual == ["bytes": .integer(size.bytes)])
    #expect(finding.readings.map(\.name) == ["MB = 10^6 bytes", "MB = 2^20 bytes"])
    #expect(finding.readings.map(\.inside) == [false, size.judged.severity == .warning])
  }

  @Test func unknownSizeIsNotValid() async throws {
    let result = try await Checking().facts(.image(), length: nil)
    #expect(result.verdict == .inconclusive)
    #expect(result.rules == ["probe-limit"])
  }

  @Test func lengthThatIsKnownInTheEndCounts() async throws {
    let streamed = FakeAsset(.image(), length: nil).with { $0.finalLength = 20 << 20 | 1 }
    let result = try await Checking([Named.start: streamed]).asset(Named.start)
    #expect(result.rules == ["image-file-size"])
    #expect(result.verdict == .invalid)
    let small = try await Checking([Named.start: streamed.with { $0.finalLength = 4711 }]).asset(Named.start)
    #expect(small.verdict == .valid)
    #expect(small.assets.first?.size == .exactly(4711))
  }

  @Test(arguments: MediaKind.allCases) func emptyFile(_ kind: MediaKind) async throws {
    let result = try await Checking().facts(.clean(kind), length: 0)
    #expect(result.rules == ["file-empty"])
    #expect(result.verdict == .invalid)
  }
}
