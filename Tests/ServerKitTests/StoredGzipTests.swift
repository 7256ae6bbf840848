import FixtureKit
import Foundation
import Testing

@testable import ServerKit

/// Our gzip against the real one.
@Suite struct StoredGzipTests {
  @Test(.enabled(if: Program(named: "gzip") != nil), arguments: [0, 1, 0xffff, 0x10000, 200_000])
  func isReadByTheRealGzip(length: Int) throws {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let gzip = try #require(Program(named: "gzip"))
    let outcome = try gzip.run(["-dc"], input: Data(StoredGzip.wrap(bytes)))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == Data(bytes))
  }
}
