import JobDocuments
import MediaFacts

extension ConfigurationReader {
  /// Reads `limits`: by id, `min` and `max` of a range, or `one_of` of a set of words.
  mutating func readLimits(_ value: DocumentValue) {
    let ids = limits.all.map(\.id)
    for member in members(of: value, "limits") {
      guard var limit = limits[member.key] else {
        let nearest = Suggestion.nearest(to: member.key, in: ids)
        complain(
          "unknown limit \(member.key.excerpt)"
            + (nearest.map { "; did you mean \($0)?" } ?? ": `wan-check limits --format json` lists them"),
          member.keyPosition)
        continue
      }
      let before = problems.count
      read(member.value, into: &limit)
      guard problems.count == before else { continue }
      if let minimum = limit.minimum, let maximum = limit.maximum, maximum < minimum {
        complain("\(limit.id) allows nothing: min is above max", member.value.position)
        continue
      }
      file.limits.append(Configured(limit, from: origin(member.value)))
    }
  }

  private mutating func read(_ value: DocumentValue, into limit: inout Limit) {
    let known =
      limit.allowed.isEmpty
      ? [limit.minimum.map { _ in "min" }, limit.maximum.map { _ in "max" }].compactMap(\.self) : ["one_of"]
    for member in members(of: value, "the limit \(limit.id)") {
      guard known.contains(member.key) else {
        refuse(member, known, "the limit \(limit.id)")
        continue
      }
      switch member.key {
      case "min": limit.minimum = bound(member.value, of: limit) ?? limit.minimum
      case "max": limit.maximum = bound(member.value, of: limit) ?? limit.maximum
      default: readWords(member.value, into: &limit)
      }
    }
  }

  private mutating func readWords(_ value: DocumentValue, into limit: inout Limit) {
    let documented = limit
    var words: [String] = []
    for element in value.elements ?? [] {
      guard let word = text(element, "a word of \(limit.id)") else { return }
      // Formats that cannot be read here could never be proved, and there are no other resolutions than the documented ones.
      guard documented.allowed.contains(word) else {
        let nearest = Suggestion.nearest(to: word, in: documented.allowed)
        return complain(
          "\(word.excerpt) is none of \(Prose.list(documented.allowed, conjunction: "and"))"
            + (nearest.map { "; did you mean \($0)?" } ?? ""), element.position)
      }
      if !words.contains(word) { words.append(word) }
    }
    guard !words.isEmpty else {
      return complain("one_of of \(limit.id) is a list of words that are allowed", value.position)
    }
    limit.allowed = words
    limit.allowedNames = words.compactMap { word in
      documented.allowed.firstIndex(of: word).map { documented.allowedNames[$0] }
    }
  }
}
