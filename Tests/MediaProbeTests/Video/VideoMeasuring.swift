import Foundation
import MediaFacts

@testable import MediaReading
@testable import StreamProbing

/// Measures `bytes` as a video; a bound that was hit ends up among the defects, as it does for users.
func measureVideo(
  _ bytes: [UInt8], _ depth: Depth = .header, budget: Budget = Budget(), knowsLength: Bool = true
) throws -> MediaFacts {
  var facts = MediaFacts(format: .mp4)
  let reader = MeteredReader(MovieBytes(bytes, knowsLength: knowsLength), budget: budget)
  do throws(ProbeStop) {
    try VideoProbe.measure(reader, depth, &facts)
  } catch {
    guard case .limit(let defect) = error else { throw error }
    facts.defects.append(defect)
  }
  return facts
}

/// The bytes of a file under Fixtures.
func fixture(_ path: String) throws -> [UInt8] {
  var root = URL(fileURLWithPath: #filePath)
  for _ in 0..<4 { root.deleteLastPathComponent() }
  return [UInt8](try Data(contentsOf: root.appending(path: "Fixtures").appending(path: path)))
}
