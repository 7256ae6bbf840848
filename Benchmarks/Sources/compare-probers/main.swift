// Probes the same files in this process and in confined workers, in turn, and prints the times of both.
//
//   compare-probers WORKER-FOLDER ROUNDS FILE...
//
// Prints one line a round: the seconds in process and those in workers, whose start and end count. The first round only
// warms the caches, and is not printed.

import MediaFacts
import MediaProbe
import ProbeWorkers
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// A file that is read by position.
final class OpenFile: ByteSource {
  let length: Int64?
  private let number: CInt

  init(_ path: String) throws {
    let descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
    number = descriptor.rawValue
    length = try descriptor.seek(offset: 0, from: .end)
  }

  deinit { try? FileDescriptor(rawValue: number).close() }

  var fileDescriptor: CInt? { number }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    do {
      return try FileDescriptor(rawValue: number).read(fromAbsoluteOffset: offset, into: buffer)
    } catch {
      throw ByteSourceError(.unreadable, message: "\(error)")
    }
  }

  func cancel() {}
}

/// Probes all `files`, one for each core at a time; every one must be proved complete.
func probe(_ files: [String], with prober: some Prober) async throws {
  let cores = sysconf(CInt(_SC_NPROCESSORS_ONLN))
  try await withThrowingTaskGroup(of: Void.self) { group in
    for (index, file) in files.enumerated() {
      if index >= cores { try await group.next() }
      group.addTask {
        let facts = try await prober.probe(try OpenFile(file), ProbeRequest(depth: .full))
        guard facts.defects.isEmpty, facts.evidence.contains(.rows) else { fatalError("\(file): \(facts)") }
      }
    }
    try await group.waitForAll()
  }
}

func seconds(_ body: () async throws -> Void) async rethrows -> Double {
  let time = try await ContinuousClock().measure(body)
  return time / .seconds(1)
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count > 2, let folder = arguments.first, let rounds = Int(arguments[2]) else {
  fatalError("usage: compare-probers WORKER-FOLDER ROUNDS FILE...")
}
let files = Array(arguments.dropFirst(2))

func inProcess() async throws {
  try await probe(files, with: InProcessProber.inProcess)
}

func inWorkers() async throws {
  let prober = ConfinedProber(workers: WorkerPrograms(folder: FilePath(folder)))
  try await probe(files, with: prober)
  await prober.shutdown()
}

for round in 0...rounds {
  let times: (here: Double, there: Double)
  if round.isMultiple(of: 2) {
    let here = try await seconds(inProcess)
    times = (here, try await seconds(inWorkers))
  } else {
    let there = try await seconds(inWorkers)
    times = (try await seconds(inProcess), there)
  }
  if round > 0 { print(times.here, times.there) }
}
