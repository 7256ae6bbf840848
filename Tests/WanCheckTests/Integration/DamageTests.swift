import FixtureKit
import Foundation
import MediaFacts
import MediaProbe
import Testing
import WanCheck

/// Damage to good files is never called valid.
@Suite struct DamageTests {
  @Test(arguments: MediaKind.allCases, Depth.allCases)
  func aTruncatedFileIsNeverValidWhereItsEndIsDeclared(kind: MediaKind, depth: Depth) async throws {
    let fixtures = Fixture.all(in: "accept/\(kind.rawValue)")
    #expect(fixtures.count > 20)
    for fixture in fixtures {
      let whole = try Data(contentsOf: fixture.url)
      let good = try await BytesOpener.check(whole, as: kind, depth)
      #expect(good.verdict == .valid, "\(fixture): \(good.findings.map(\.message))")
      let facts = try #require(good.assets.first?.facts)
      for length in Self.cuts(whole.count) {
        let cut = try await BytesOpener.check(whole.prefix(length), as: kind, depth)
        if facts.endDeclared == true {
          #expect(cut.verdict != .valid, "\(fixture) cut to \(length) of \(whole.count) bytes")
        } else {
          #expect(cut.assets.first?.facts?.endDeclared != true, "\(fixture) cut to \(length) bytes")
        }
      }
    }
  }

  /// 1 %, 10 %, 50 %, 99 %, and one byte before the end.
  private static func cuts(_ count: Int) -> Set<Int> {
    Set([1, 10, 50, 99].map { count * $0 / 100 } + [count - 1])
  }

  @Test func aFlippedByteInAPNGIsNeverValidAtDepthFull() async throws {
    let fixtures = Fixture.all(in: "accept/image").filter { $0.path.hasSuffix(".png") }
    #expect(fixtures.count > 10)
    for fixture in fixtures {
      let whole = try Data(contentsOf: fixture.url)
      // Small files at every byte, large ones at a stride that is a prime.
      for index in stride(from: 0, to: whole.count, by: whole.count > 2000 ? 37 : 1) {
        var damaged = whole
        damaged[index] ^= 0x10
        let result = try await BytesOpener.check(damaged, as: .image, .full)
        #expect(result.verdict != .valid, "\(fixture) with byte \(index) flipped")
      }
    }
  }

  /// Every seed, cut and flipped in many places, gets an answer.
  @Test(arguments: ["accept/image", "accept/audio", "accept/video", "corrupt", "reject"])
  func damageOfEveryKindGetsAnAnswer(folder: String) async throws {
    var random = SplitMix(seed: 20_261_123)
    for fixture in Fixture.all(in: folder) {
      let whole = try Data(contentsOf: fixture.url)
      guard !whole.isEmpty, whole.count < 200_000 else { continue }
      for _ in 0..<6 {
        var damaged = whole.prefix(Int.random(in: 1...whole.count, using: &random))
        for _ in 0..<Int.random(in: 0...8, using: &random) {
          damaged[Int.random(in: 0..<damaged.count, using: &random)] = .random(in: 0...255, using: &random)
        }
        for kind in MediaKind.allCases {
          let result = try await BytesOpener.check(Data(damaged), as: kind, .decode)
          #expect(result.assets.count == 1)
        }
      }
    }
  }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
