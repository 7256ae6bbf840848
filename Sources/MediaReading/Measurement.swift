package import MediaFacts

/// One probe of an asset, in any process: the format is recognised first, then measured.
package enum Measurement {
  /// Measures on the calling thread, which must be allowed to block.
  ///
  /// - Parameters:
  ///   - lock: The lock that a probe holds while it holds a whole image.
  ///   - measure: Fills in the facts of content of the requested kind.
  package static func run(
    _ source: any ByteSource, _ request: ProbeRequest, lock: any WholeImageLock = ProcessLock(),
    measure: (MeteredReader, inout MediaFacts) throws(ProbeStop) -> Void
  ) -> Result<MediaFacts, ProbeError> {
    MeteredReader(source, budget: request.budget, lock: lock).facts { (reader, facts) throws(ProbeStop) in
      facts = try Sniffer.identify(reader, expected: request.expected)
      guard let format = facts.format, request.expected == nil || request.expected == format.kind else {
        return
      }
      try measure(reader, &facts)
    }
  }
}

extension MeteredReader {
  /// The facts that `measure` finds. If a bound stops it, these are the facts found until then.
  package func facts(
    _ measure: (MeteredReader, inout MediaFacts) throws(ProbeStop) -> Void
  ) -> Result<MediaFacts, ProbeError> {
    var facts = MediaFacts()
    do throws(ProbeStop) {
      try measure(self, &facts)
      return .success(facts)
    } catch {
      switch error {
      case .source(let failure):
        var error = ProbeError(failure)
        error.facts = facts.format.map { MediaFacts(format: $0, formatDetail: facts.formatDetail) }
        return .failure(error)
      case .limit(let defect):
        facts.defects.append(defect)
        return .success(facts)
      }
    }
  }
}
