import MediaFacts
import ProbeChannel
import Testing

@testable import ProbeWorkers

/// The answer of a compromised worker must not be used for computing, and must not control a terminal.
struct PlausibleResponseTests {
  struct Lie: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let tell: @Sendable (inout MediaFacts) -> Void

    init(_ name: String, _ tell: @escaping @Sendable (inout MediaFacts) -> Void) {
      testDescription = name
      self.tell = tell
    }
  }

  static let lies = [
    Lie("a side that overflows") { $0.image?.width = .max }, Lie("a negative side") { $0.image?.height = -1 },
    Lie("an orientation") { $0.image?.orientation = 9 }, Lie("frames") { $0.image?.frames = .max },
    Lie("a depth") { $0.image?.bitDepth = 256 },
    Lie("an encoding with an escape") { $0.image?.coding = .init(rawValue: "\u{1B}[2J") },
    Lie("a format with a newline") { $0.format = MediaFormat(id: "jpeg", name: "JPEG\nvalid", kind: .image) },
    Lie("a command") { $0.format = MediaFormat(id: "x; touch y; #", name: "JPEG", kind: .image) },
    Lie("a coder of ImageMagick") { $0.format = MediaFormat(id: "msl", name: "MSL", kind: .image) },
    Lie("measurements of nothing") { $0.format = nil },
    Lie("a long format") {
      $0.format = MediaFormat(id: String(repeating: "j", count: 65), name: "JPEG", kind: .image)
    },
    Lie("a detail without end") { $0.formatDetail = String(repeating: "a", count: 5000) },
    Lie("evidence with an escape") { $0.evidence.append(Evidence(rawValue: "rows\u{7}")) },
    Lie("a defect with an escape") { $0.defects = [Defect(.corrupt, "\u{1B}]0;title\u{7}")] },
    Lie("a defect from right to left") { $0.defects = [Defect(.corrupt, "a\u{202E}b")] },
    Lie("a defect before the start") { $0.defects = [Defect(.corrupt, "bad", offset: -1)] },
    Lie("defects without end") { $0.defects = Array(repeating: Defect(.corrupt, "bad"), count: 1001) },
    Lie("channels") { facts in
      (facts.format, facts.image) = (.wav, nil)
      facts.audio = AudioFacts()
      facts.audio?.channels = -2
    },
    Lie("a rotation") { facts in
      (facts.format, facts.image) = (.mp4, nil)
      facts.video = VideoFacts()
      facts.video?.rotation = .min
    },
    Lie("a displayed side") { facts in
      (facts.format, facts.image) = (.mp4, nil)
      facts.video = VideoFacts()
      facts.video?.displayHeight = .max
    },
    Lie("a side of another picture") { facts in
      (facts.format, facts.image) = (.mp4, nil)
      facts.video = VideoFacts()
      facts.video?.otherReadings = [PictureReading(name: "track 2", width: .max, height: 1)]
    },
    Lie("another picture with an escape") { facts in
      (facts.format, facts.image) = (.mp4, nil)
      facts.video = VideoFacts()
      facts.video?.otherReadings = [PictureReading(name: "\u{1B}[2J", width: 1, height: 1)]
    },
    Lie("too many other readings") { facts in
      (facts.format, facts.image) = (.mp4, nil)
      facts.video = VideoFacts()
      let one = PictureReading(name: "track 2", width: 1, height: 1)
      facts.video?.otherReadings = Array(repeating: one, count: 1000)
    },
    Lie("a duration of another picture") { facts in
      (facts.format, facts.image) = (.mp4, nil)
      facts.video = VideoFacts()
      let one = PictureReading(name: "track 2", width: 1, height: 1, duration: Rational(.min))
      facts.video?.otherReadings = [one]
    },
    Lie("a duration") { facts in
      (facts.format, facts.image) = (.mp4, nil)
      facts.video = VideoFacts()
      facts.video?.duration.counted = Rational(.min)
    },
    Lie("a picture where none belongs") { $0.preview = Preview(width: 1, height: 1, jpeg: []) },
  ]

  private static var honest: MediaFacts {
    var facts = MediaFacts(format: .jpeg, formatDetail: "begins with \"<\u{202E}\"")
    facts.image = ImageFacts(width: 640, height: 360, color: .rgb, bitDepth: 8, coding: .baseline)
    facts.defects = [Defect(.corrupt, "größer als erlaubt", offset: 12)]
    facts.evidence = [.header, .rows]
    return facts
  }

  @Test func honestAnswersPass() {
    #expect(WorkerResponse.facts(Self.honest).isPlausible)
    #expect(
      WorkerResponse.failure(ProbeError(ByteSourceError(.unreadable, message: "I/O error"))).isPlausible)
  }

  @Test(arguments: lies)
  func liesAreNoAnswers(_ lie: Lie) {
    var facts = Self.honest
    lie.tell(&facts)
    #expect(!WorkerResponse.facts(facts).isPlausible)
    #expect(!WorkerResponse.elsewhere(facts).isPlausible)
    var error = ProbeError(.sourceFailed, message: "no")
    error.facts = facts
    #expect(!WorkerResponse.failure(error).isPlausible)
  }

  @Test func failuresAreThoseOfSources() {
    #expect(!WorkerResponse.failure(ProbeError(.crashed, message: "no")).isPlausible)
    #expect(!WorkerResponse.failure(ProbeError(.sourceFailed, message: "\u{1B}c")).isPlausible)
    let underlying = ByteSourceError(.unreadable, message: "\r")
    #expect(!WorkerResponse.failure(ProbeError(underlying)).isPlausible)
  }
}
