import FixtureKit
import Foundation
import Testing

/// Files that are too large, made on the spot.
@Suite struct FixSizeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Noise is the worst that an encoder can get.
  @Test func image() throws {
    let file = folder.url.appending(path: "noise.bmp")
    try Data(NoiseBitmap.bytes(width: 3000, height: 2400)).write(to: file)
    try expectMended(file, "image-file-size")
  }

  @Test func audio() throws {
    let (seconds, channels, rate) = (29, 6, 48000)
    let samples = Data(count: seconds * channels * rate * 2)
    var file =
      Data("RIFF".utf8) + Self.word(UInt32(36 + samples.count)) + Data("WAVEfmt ".utf8) + Self.word(16)
    file +=
      Data([1, 0, UInt8(channels), 0]) + Self.word(UInt32(rate)) + Self.word(UInt32(rate * channels * 2))
    file += Data([UInt8(channels * 2), 0, 16, 0]) + Data("data".utf8) + Self.word(UInt32(samples.count))
    let url = try folder.write(file + samples, to: "six-channels.wav")
    try expectMended(url, "audio-file-size")
  }

  @Test func video() throws {
    let padding = 110_000_000
    var file = try Data(contentsOf: Fixture("accept/video/h264-aac-faststart.mp4").url)
    file += Data(Self.word(UInt32(padding)).reversed()) + Data("free".utf8) + Data(count: padding - 8)
    try expectMended(try folder.write(file, to: "padded.mp4"), "video-file-size")
  }

  private func expectMended(_ file: URL, _ rule: String) throws {
    let trial = try FixTrial(file)
    let command = try #require(trial.commands(for: rule).first)
    let mended = try trial.result(of: command)
    #expect(mended.verdict == "valid" && !mended.rules.contains(rule), "\(command): \(mended.findings)")
  }

  private static func word(_ value: UInt32) -> Data {
    withUnsafeBytes(of: value.littleEndian) { Data($0) }
  }
}

/// A 24-bit BMP in which no pixel follows from another.
enum NoiseBitmap {
  static func bytes(width: Int, height: Int) -> [UInt8] {
    let row = (width * 3 + 3) / 4 * 4
    func word(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
    var bytes = Array("BM".utf8) + word(54 + row * height) + word(0) + word(54)
    bytes += word(40) + word(width) + word(height) + [1, 0, 24, 0] + word(0) + word(row * height)
    bytes += word(2835) + word(2835) + word(0) + word(0)
    var state: UInt64 = 88_172_645_463_325_252
    bytes.reserveCapacity(54 + row * height)
    for _ in 0..<(row * height) {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      bytes.append(UInt8(truncatingIfNeeded: state))
    }
    return bytes
  }
}
