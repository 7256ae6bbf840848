import FixtureKit
import Foundation
import MediaFacts
import MediaProbe
import Testing

/// Our facts of a fixture at depth full.
enum FileFacts {
  static func measure(_ fixture: Fixture) async throws -> MediaFacts {
    let source = WholeFile(try Data(contentsOf: fixture.url))
    return try await InProcessProber.inProcess.probe(source, ProbeRequest(depth: .full))
  }
}

/// A file's bytes as a source.
final class WholeFile: ByteSource {
  private let bytes: Data

  init(_ bytes: Data) { self.bytes = bytes }

  var length: Int64? { Int64(bytes.count) }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard offset >= 0, offset < bytes.count else { return 0 }
    let end = min(bytes.count, Int(offset) + buffer.count)
    buffer.copyBytes(from: bytes[Int(offset)..<end])
    return end - Int(offset)
  }

  func cancel() {}
}

/// The report of ffprobe about a file.
struct FFprobeReport: Decodable {
  struct Stream: Decodable {
    var codec_type: String
    var codec_name: String?
    var width: Int?
    var height: Int?
    var sample_rate: String?
    var channels: Int?
    var avg_frame_rate: String?
    var nb_read_packets: String?
    var disposition: [String: Int]?
  }

  struct Format: Decodable {
    var duration: String?
  }

  var streams: [Stream]
  var format: Format

  init(_ fixture: Fixture, _ ffprobe: Program) throws {
    let outcome = try ffprobe.run([
      "-v", "quiet", "-of", "json", "-count_packets", "-show_streams", "-show_format", fixture.url.path,
    ])
    self = try JSONDecoder().decode(FFprobeReport.self, from: outcome.output)
  }

  /// The first stream of a type; cover art does not count.
  func first(_ type: String) -> Stream? {
    streams.first { $0.codec_type == type && $0.disposition?["attached_pic"] != 1 }
  }
}

/// The facts that Pillow reports about images.
enum Pillow {
  struct Image: Decodable {
    var format: String
    var width: Int
    var height: Int
    var frames: Int
    var isGray: Bool
    var isTransparent: Bool
  }

  /// A Python that has Pillow.
  static let python: Program? = {
    let candidates = [Program(named: "python3"), Program(executable: URL(filePath: "/usr/bin/python3"))]
    return candidates.compactMap(\.self).first { (try? $0.run(["-c", "import PIL"]))?.status == 0 }
  }()

  static func measure(_ fixtures: [Fixture]) throws -> [Image] {
    let python = try #require(python)
    let outcome = try python.run(["-c", script] + fixtures.map(\.url.path))
    return try JSONDecoder().decode([Image].self, from: outcome.output)
  }

  private static let script = """
    import json, sys
    from PIL import Image
    Image.MAX_IMAGE_PIXELS = None
    found = []
    for path in sys.argv[1:]:
        with Image.open(path) as image:
            image.load()
            clear = "A" in image.mode or "transparency" in image.info
            lowest = image.convert("RGBA").getchannel("A").getextrema()[0] if clear else 255
            found.append({
                "format": "bmp" if image.format == "DIB" else image.format.lower(),
                "width": image.width, "height": image.height, "frames": getattr(image, "n_frames", 1),
                "isGray": image.mode in ("1", "L", "LA", "I", "I;16"), "isTransparent": lowest < 255})
    json.dump(found, sys.stdout)
    """
}
