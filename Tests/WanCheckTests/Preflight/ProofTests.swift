import AssetOpening
import AssetSource
import JudgingKit
import MediaFacts
import Testing
import WanCheck

/// Never call valid what was not proved valid.
@Suite struct ProofTests {
  struct Required: Sendable, CustomTestStringConvertible {
    let facts: MediaFacts
    let depth: Depth
    let evidence: Set<Evidence>
    var testDescription: String { "\(facts.format?.name ?? "") at depth \(depth.rawValue)" }
  }

  static let fragmented = MediaFacts.video().video { $0.fragmented = true }

  static let required: [Required] = Depth.allCases.flatMap { depth in
    let media: Set<Evidence> =
      switch depth {
      case .header: [.header, .declaredEnd]
      case .full: [.header, .declaredEnd, .packets, .firstFrames]
      case .decode: [.header, .declaredEnd, .packets, .firstFrames, .frames]
      }
    let image: Set<Evidence> = depth == .header ? [.header, .declaredEnd] : [.header, .declaredEnd, .rows]
    return [
      Required(
        facts: .image(), depth: depth, evidence: depth == .header ? image : image.union([.checksums])),
      Required(facts: .image(format: .jpeg), depth: depth, evidence: image),
      Required(facts: .image(format: .webp), depth: depth, evidence: image),
      Required(facts: .image(format: .bmp), depth: depth, evidence: image),
      Required(facts: .audio(), depth: depth, evidence: media),
      Required(facts: .audio(format: .wav), depth: depth, evidence: media),
      Required(facts: .video(), depth: depth, evidence: media.union([.sampleTables])),
      Required(facts: .video(format: .mov), depth: depth, evidence: media.union([.sampleTables])),
      Required(facts: fragmented, depth: depth, evidence: media),
    ]
  }

  private func verdict(_ facts: MediaFacts, _ depth: Depth) async throws -> Verdict {
    let role = facts.format?.kind.map { Role(for: $0) } ?? .startImage
    let location = "./asset"
    return try await Checking([location: FakeAsset(facts)]) { $0.depth = depth }
      .asset(location, role: role).verdict
  }

  @Test(arguments: required) func everyItemIsNeeded(_ required: Required) async throws {
    #expect(try await verdict(required.facts, required.depth) == .valid)
    for item in required.facts.evidence {
      let less = required.facts.with { $0.evidence.removeAll { $0 == item } }
      let expected: Verdict = required.evidence.contains(item) ? .inconclusive : .valid
      #expect(try await verdict(less, required.depth) == expected, "without \(item.rawValue)")
    }
    let exactly = required.facts.with { $0.evidence = Array(required.evidence) }
    #expect(try await verdict(exactly, required.depth) == .valid)
    #expect(try await verdict(required.facts.with { $0.evidence = [] }, required.depth) == .inconclusive)
  }

  @Test(arguments: required) func measurementsAreNeeded(_ required: Required) async throws {
    let nothing = required.facts.with { facts in
      (facts.image, facts.audio, facts.video) = (nil, nil, nil)
    }
    #expect(try await verdict(nothing, required.depth) == .inconclusive)
    let noEnd = required.facts.with { facts in
      facts.endDeclared = nil
      facts.evidence.removeAll { $0 == .declaredEnd }
    }
    #expect(try await verdict(noEnd, required.depth) == .inconclusive)
    let undeclared = required.facts.with { facts in
      facts.endDeclared = false
      facts.evidence.removeAll { $0 == .declaredEnd }
    }
    #expect(try await verdict(undeclared, required.depth) == .valid)
  }

  @Test(arguments: MediaKind.allCases) func unknownDefectIsNotValid(_ kind: MediaKind) async throws {
    let facts = MediaFacts.clean(kind).defect(Defect.Kind(rawValue: "of-tomorrow"))
    #expect(try await verdict(facts, .full) == .inconclusive)
  }

  struct Failure: Sendable, CustomTestStringConvertible {
    let asset: FakeAsset
    let testDescription: String

    init(_ testDescription: String, _ change: (inout FakeAsset) -> Void) {
      self.testDescription = testDescription
      asset = FakeAsset(.image()).with(change)
    }
  }

  static let tomorrow = AssetError.Code(rawValue: "of-tomorrow")

  /// Clean facts, but something failed anyway.
  @Test(arguments: [
    Failure("not opened, for a new reason") { $0.openFailure = AssetError(tomorrow, message: "new") },
    Failure("not finished, for a new reason") { $0.conclusionFailure = AssetError(tomorrow, message: "new") },
    Failure("too deep") { $0.openFailure = AssetError(.tooDeep, message: "deep") },
    Failure("probe of tomorrow") { $0.probeFailure = ProbeError(.init(rawValue: "new"), message: "new") },
    Failure("probe unavailable") { $0.probeFailure = ProbeError(.unavailable, message: "no memory") },
    Failure("probe crashed") { $0.probeFailure = ProbeError(.crashed, message: "signal 11") },
    Failure("source failed") { $0.probeFailure = ProbeError(.sourceFailed, message: "gone") },
    Failure("stopped at a bound") { $0.facts = $0.facts.defect(.limit) },
    Failure("nothing measured") { $0.facts = MediaFacts(format: .png) },
    Failure("nothing recognised") { $0.facts = MediaFacts() },
  ])
  func failureIsNeverValid(_ failure: Failure) async throws {
    for depth in Depth.allCases {
      for strict in [false, true] {
        let checking = Checking([Named.start: failure.asset]) { configuration in
          configuration.depth = depth
          configuration.strict = strict
        }
        let outcome = try await checking.outcome(.body([.startImage]))
        #expect(outcome.result.verdict != .valid)
        #expect(!outcome.result.submittable)
        #expect(!outcome.result.notSubmittableBecause.isEmpty)
        guard case .notSubmittable = outcome else {
          Issue.record("a job with a failed asset must not be sent")
          return
        }
      }
    }
  }

  /// What a probe did not come to may be there: nothing but that is said, however little it saw.
  @Test(arguments: [
    MediaFacts(), .video(Rational(1)).video { $0.codec = nil }, .audio(Rational(1)),
    .video(Rational(1)).video { $0.videoTracks = 0 },
  ])
  func whatWasStoppedIsUnproved(_ facts: MediaFacts) async throws {
    let result = try await Checking().facts(facts.defect(.limit))
    #expect(result.verdict == .inconclusive)
    #expect(result.findings.map(\.rule.rawValue) == ["probe-limit"])
  }

  /// A cancellation error in a check that was not cancelled must not end the check of the other assets.
  @Test func whatGivesUpByItselfIsUnproved() async throws {
    let failures: [FakeAsset] = [
      .closed(.cancelled),
      FakeAsset(.image()).with { $0.probeFailure = ProbeError(.cancelled, message: "") },
      FakeAsset(.image()).with { $0.conclusionFailure = AssetError(.cancelled, message: "") },
    ]
    for asset in failures {
      let checking = Checking([Named.start: asset])
      #expect(try await checking.job([.startImage]).verdict == .inconclusive)
      #expect(try await checking.asset(Named.start).verdict == .inconclusive)
    }
  }

  @Test func cancelledTaskHasNoResult() async throws {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await Checking().job([.startImage])
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
