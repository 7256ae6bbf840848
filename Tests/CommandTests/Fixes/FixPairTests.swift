import FixtureKit
import Foundation
import Testing

/// Files with several faults: one command fixes them all.
///
/// The tests try every pair of faults, and all of them together; with `WAN_CHECK_EVERY_FIX`, every set of faults.
@Suite struct FixPairTests {
  @Test(arguments: [FaultyFile.Medium.jpeg, .png, .audio, .video])
  func oneCommandFixesAll(medium: FaultyFile.Medium) throws {
    let folder = try TemporaryFolder()
    var files: [(name: String, faults: Set<FaultyFile.Fault>)] = []
    for (index, faults) in Self.sets(of: medium.faults).enumerated() {
      let file = FaultyFile(medium: medium, faults: faults)
      guard let name = try file.write(to: folder.url, named: "\(medium)-\(index)") else { continue }
      files.append((name, faults))
    }
    let checked = try CheckedFile.all(files.map(\.name), in: folder.url)
    let shell = Program(executable: URL(filePath: "/bin/bash"))
    var written: [String: Set<FaultyFile.Fault>] = [:]
    for file in files {
      let before = try #require(checked[file.name])
      #expect(!before.findings.isEmpty, "\(file.faults)")
      let fixes = Set(before.findings.filter { $0.rule != "end-undeclared" }.map(\.fix))
      guard fixes.count == 1, let fix = fixes.first ?? nil, fix.isCommand, let name = fix.writes else {
        Issue.record("\(file.faults): \(before.findings)")
        continue
      }
      let outcome = try shell.run(["-c", fix.text], in: folder.url)
      #expect(outcome.status == 0, "\(file.faults): \(fix.text): \(outcome.errors.suffix(400))")
      written[name] = file.faults
    }
    for (name, after) in try CheckedFile.all(written.keys.sorted(), in: folder.url) {
      #expect(after.isClean, "\(written[name] ?? []): \(after.findings)")
    }
  }

  private static func sets(of faults: [FaultyFile.Fault]) -> [Set<FaultyFile.Fault>] {
    guard ProcessInfo.processInfo.environment["WAN_CHECK_EVERY_FIX"] == nil else {
      return (1..<(1 << faults.count)).map { bits in
        Set(faults.indices.filter { bits & (1 << $0) != 0 }.map { faults[$0] })
      }
    }
    let pairs = faults.indices.flatMap { first in
      faults.indices.filter { $0 > first }.map { Set([faults[first], faults[$0]]) }
    }
    return pairs + [Set(faults)]
  }
}

/// A generated file with a combination of faults.
struct FaultyFile {
  enum Medium: String, CaseIterable {
    case jpeg
    case png
    case audio
    case video

    var faults: [Fault] {
      switch self {
      case .jpeg: [.small, .wide, .fourInks, .turned, .junk, .misnamed]
      case .png: [.small, .wide, .transparent, .animated, .junk, .misnamed]
      case .audio: [.short, .long, .codec, .format, .channels]
      case .video: [.short, .long, .small, .wide, .codec, .format, .turned, .pixels]
      }
    }
  }

  enum Fault: String, Hashable {
    case small, wide, fourInks, turned, transparent, animated, junk, misnamed
    case short, long, codec, format, channels, pixels
  }

  let medium: Medium
  let faults: Set<Fault>

  /// Writes the file and returns its name; `nil` if its faults exclude each other.
  func write(to folder: URL, named stem: String) throws -> String? {
    guard !faults.isSuperset(of: [.small, .wide]), !faults.isSuperset(of: [.short, .long]),
      medium != .video || !faults.isSuperset(of: [.format, .turned]),
      medium != .audio || !faults.isSuperset(of: [.format, .codec])
    else { return try all(to: folder, named: stem) }
    let name = "\(stem).\(suffix)"
    let made = folder.appending(path: "\(stem).\(plainSuffix)")
    let maker = try #require(Program(named: medium == .jpeg ? "convert" : "ffmpeg"))
    let outcome = try maker.run(arguments + [made.lastPathComponent], in: folder)
    try #require(outcome.status == 0, "\(faults): \(outcome.errors.suffix(400))")
    var bytes = try Data(contentsOf: made)
    try FileManager.default.removeItem(at: made)
    if faults.contains(.turned) { turn(&bytes) }
    if faults.contains(.junk) { bytes += Data("PK".utf8) + Data(count: 100) }
    try bytes.write(to: folder.appending(path: name))
    return name
  }

  /// All faults that do not exclude each other.
  private func all(to folder: URL, named stem: String) throws -> String? {
    guard faults == Set(medium.faults) else { return nil }
    return try FaultyFile(medium: medium, faults: faults.subtracting([.small, .short, .format])).write(
      to: folder, named: stem)
  }

  private var plainSuffix: String {
    switch medium {
    case .jpeg: "jpg"
    case .png: faults.contains(.animated) ? "apng" : "png"
    case .audio: faults.contains(.format) ? "flac" : "wav"
    case .video: faults.contains(.format) ? "mkv" : "mp4"
    }
  }

  private var suffix: String { faults.contains(.misnamed) ? "bmp" : plainSuffix }

  private var size: String {
    let isVideo = medium == .video
    if faults.contains(.small) { return "160x120" }
    return faults.contains(.wide) ? (isVideo ? "1600x160" : "2500x100") : (isVideo ? "320x240" : "640x360")
  }

  private var seconds: Int {
    if faults.contains(.short) { return 1 }
    return faults.contains(.long) ? (medium == .video ? 12 : 40) : (medium == .video ? 3 : 16)
  }

  private var arguments: [String] {
    switch medium {
    case .jpeg:
      return ["-size", size, "gradient:red-blue"]
        + (faults.contains(.fourInks) ? ["-colorspace", "CMYK"] : [])
    case .png:
      let alpha = faults.contains(.transparent) ? "format=rgba,colorchannelmixer=aa=0.5" : "format=rgb24"
      return ["-v", "error", "-f", "lavfi", "-i", "testsrc=s=\(size):r=5:d=1,\(alpha)"]
        + (faults.contains(.animated) ? ["-plays", "0"] : ["-frames:v", "1", "-update", "1"])
    case .audio:
      let sound = faults.contains(.channels) ? "anullsrc=cl=5.1:r=96000" : "sine=r=16000"
      let codec = faults.contains(.codec) ? ["-c:a", "pcm_mulaw"] : []
      return ["-v", "error", "-f", "lavfi", "-i", sound, "-t", "\(seconds)"] + codec
    case .video:
      let shape = faults.contains(.pixels) ? ",setsar=4/3" : ""
      return [
        "-v", "error", "-f", "lavfi", "-i", "testsrc=s=\(size):r=10:d=\(seconds)\(shape)", "-f", "lavfi",
        "-i",
        "sine=d=\(seconds)", "-pix_fmt", "yuv420p", "-c:v", faults.contains(.codec) ? "mpeg4" : "libx264",
      ]
    }
  }

  /// EXIF orientation 6 for a JPEG; for a video, a matrix that rotates the first track by 90 degrees.
  private func turn(_ bytes: inout Data) {
    guard medium == .video else {
      let exif: [UInt8] =
        [0xFF, 0xE1, 0, 34] + Array("Exif".utf8) + [0, 0] + Array("II".utf8) + [42, 0, 8, 0, 0, 0, 1, 0]
        + [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
      bytes.insert(contentsOf: exif, at: 2)
      return
    }
    guard let header = bytes.firstRange(of: Data("tkhd".utf8))?.lowerBound else { return }
    let matrix: [UInt32] = [0, 0x10000, 0, 0xFFFF_0000, 0, 0, 0, 0, 0x4000_0000]
    let packed = matrix.flatMap { value in withUnsafeBytes(of: value.bigEndian) { Array($0) } }
    bytes.replaceSubrange(header + 44..<header + 44 + packed.count, with: packed)
  }
}
