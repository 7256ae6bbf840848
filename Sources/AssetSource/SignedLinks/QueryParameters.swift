/// The parameters of a query, percent-decoded, for reading only.
///
/// Names are recognised in any case, since some servers do that and some do not; but a value is read only where
/// its name is written in the one way that every server understands.
struct QueryParameters: Sendable {
  private struct Entry: Sendable {
    var name: String
    var value: String?
  }

  private var entries: [String: [Entry]] = [:]

  /// Takes a query apart at `&` and the first `=`.
  init(_ query: String) {
    for pair in query.split(separator: "&") {
      let equals = pair.utf8.firstIndex(of: UInt8(ascii: "="))
      let value = equals.map { pair[pair.utf8.index(after: $0)...] } ?? ""
      guard let name = PercentCoding.decode(pair[..<(equals ?? pair.endIndex)]) else { continue }
      entries[name.lowercased(), default: []].append(Entry(name: name, value: PercentCoding.decode(value)))
    }
  }

  /// Whether every one of `names` is there, in whatever case and with whatever value.
  func has(_ names: String...) -> Bool {
    names.allSatisfy { entries[$0.lowercased()] != nil }
  }

  /// The value of `name`; `nil` if it is missing, doubled (in whatever case), badly encoded, or written in
  /// another case.
  func value(_ name: String) -> String? {
    guard let all = entries[name.lowercased()], all.count == 1, let entry = all.first, entry.name == name
    else { return nil }
    return entry.value
  }
}
