import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import Locations
import MediaFacts
import MediaProbe
import ProbeWorkers
import SystemPackage
import Testing

/// Where a probe runs makes no difference to what it says.
struct SameFactsTests {
  private static let fixtures = ["accept", "reject", "corrupt"].flatMap(Fixture.all(in:))

  @Test(arguments: Depth.allCases)
  func everyFixtureIsMeasuredAlike(depth: Depth) async throws {
    let confined = ConfinedProber(workers: BuiltWorkers.programs)
    #expect(Self.fixtures.count > 100)
    for fixture in Self.fixtures where Self.isAsset(fixture) {
      let request = ProbeRequest(depth: depth, preview: depth == .full)
      let path = FilePath(fixture.url.path)
      let here = await Self.outcome(InProcessProber.inProcess, try FileByteSource(path), request)
      let there = await Self.outcome(confined, try FileByteSource(path), request)
      #expect(here == there, "\(fixture)")
    }
    await confined.shutdown()
  }

  @Test func bytesThatTheParentReadsAreMeasuredAlike() async throws {
    let confined = ConfinedProber(workers: BuiltWorkers.programs)
    for fixture in Fixture.all(in: "accept") where Self.isAsset(fixture) {
      let request = ProbeRequest(depth: .full)
      let here = await Self.outcome(
        InProcessProber.inProcess, try FileByteSource(FilePath(fixture.url.path)), request)
      let there = await Self.outcome(confined, try ServedBytes(fixture.url), request)
      #expect(here == there, "\(fixture)")
    }
    await confined.shutdown()
  }

  @Test func theSandboxIsInForceHere() async throws {
    let confined = ConfinedProber(workers: BuiltWorkers.programs)
    #expect(confined.confinement == nil)
    _ = try await confined.probe(ServedBytes([0x89]), ProbeRequest())
    #if os(Linux)
      #expect(confined.confinement?.isSuperset(of: [.seccomp, .noNewPrivileges, .limits]) == true)
    #endif
    let free = ConfinedProber(
      workers: BuiltWorkers.programs, configuration: WorkerConfiguration(isConfined: false))
    _ = try await free.probe(ServedBytes([0x89]), ProbeRequest())
    #expect(free.confinement?.subtracting([.bounds]) == [])
    await confined.shutdown()
    await free.shutdown()
  }

  private static func isAsset(_ fixture: Fixture) -> Bool {
    !["json", "jsonl", "yml", "yaml", "txt", "sh"].contains(fixture.url.pathExtension)
  }

  private static func outcome(
    _ prober: some Prober, _ source: some ByteSource, _ request: ProbeRequest
  ) async -> Result<MediaFacts, ProbeError> {
    do throws(ProbeError) {
      return .success(try await prober.probe(source, request))
    } catch {
      return .failure(error)
    }
  }
}
