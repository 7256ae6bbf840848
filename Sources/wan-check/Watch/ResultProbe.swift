import AssetOpening
import AssetSource
import Locations
import MediaFacts
import SystemPackage

/// Measures downloaded results, so that they can be compared with the job. It makes no verdict.
struct ResultProbe: Sendable {
  private let prober: any Prober

  /// A probe that measures with `prober`.
  init(_ prober: any Prober) { self.prober = prober }

  /// The facts of the file, and what is wrong with it as a video, in words for people.
  func look(at path: FilePath) async -> (facts: MediaFacts?, remark: String?) {
    do {
      let file = try await LocalAssetOpener().open(AssetLocation(path: path), OpenRequest())
      let facts = try await prober.probe(file.source, ProbeRequest(expected: .video))
      if let failure = await file.finish().failure { throw failure }
      return (facts, Self.remark(facts))
    } catch let error as AssetError {
      return (nil, "the file could not be examined: \(error.message)")
    } catch let error as ProbeError {
      return (nil, "the file could not be examined: \(error.message)")
    } catch {
      return (nil, "the file could not be examined")
    }
  }

  static func remark(_ facts: MediaFacts) -> String? {
    guard let format = facts.format else { return "expected a video; the format is unknown" }
    guard format.kind == .video else { return "expected a video, found \(format.name)" }
    if let defect = facts.defects.first { return "the file cannot be read completely: \(defect.message)" }
    guard let video = facts.video, video.videoTracks > 0 else { return "the file has no video track" }
    return nil
  }
}
