package import MediaFacts

/// One probe from its first byte to its facts, the same in every process: the content is named, then measured.
package enum Measurement {
  /// Measures on the calling thread, which must be allowed to block.
  ///
  /// - Parameters:
  ///   - turns: Who else may hold a whole image at the same time.
  ///   - measure: Fills in what is to know of content of a kind that was asked for.
  package static func run(
    _ source: any ByteSource, _ request: ProbeRequest, turns: any WholeImageTurns = ProcessTurns(),
    measure: (MeteredReader, inout MediaFacts) throws(ProbeStop) -> Void
  ) -> Result<MediaFacts, ProbeError> {
    MeteredReader(source, budget: request.budget, turns: turns).facts { (reader, facts) throws(ProbeStop) in
      facts = try Sniffer.identify(reader, expected: request.expected)
      guard let format = facts.format, request.expected == nil || request.expected == format.kind else {
        return
      }
      try measure(reader, &facts)
    }
  }
}

extension MeteredReader {
  /// The facts that `measure` finds; those that it had found when a bound stopped it stand.
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
