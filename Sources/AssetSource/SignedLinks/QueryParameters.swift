/// The parameters of a query, percent-decoded, for reading only.
struct QueryParameters: Sendable {
  private var values: [String: [String?]] = [:]

  /// Takes a query apart at `&` and the first `=`; names are case-sensitive.
  init(_ query: String) {
    for pair in query.split(separator: "&") {
      let equals = pair.utf8.firstIndex(of: UInt8(ascii: "="))
      let value = equals.map { pair[pair.utf8.index(after: $0)...] } ?? ""
      guard let name = PercentCoding.decode(pair[..<(equals ?? pair.endIndex)]) else { continue }
      values[name, default: []].append(PercentCoding.decode(value))
    }
  }

  /// Whether every one of `names` is there, with whatever value.
  func has(_ names: String...) -> Bool {
    names.allSatisfy { values[$0] != nil }
  }

  /// The value of `name`; `nil` if it is missing, doubled, or badly encoded.
  func value(_ name: String) -> String? {
    guard let all = values[name], all.count == 1 else { return nil }
    return all[0]
  }
}
