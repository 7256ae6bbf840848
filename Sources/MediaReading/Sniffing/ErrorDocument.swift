/// The XML in which object stores (S3 and its kin, Azure, OSS) say why they hand nothing out.
enum ErrorDocument {
  /// What the document in `body` says, as a clause for people; `nil` if it is none.
  static func summary(_ body: ArraySlice<UInt8>) -> String? {
    guard body.beginsTag("<error") else { return nil }
    // What they add behind code and message can hold keys.
    let said = ["<code>", "<message>"].compactMap { text(of: $0, in: body.prefix(4096)) }
    return said.isEmpty ? nil : "an error: \(said.joined(separator: ", "))"
  }

  private static func text(of tag: StaticString, in body: ArraySlice<UInt8>) -> String? {
    guard let open = body.indices.first(where: { body[$0...].beginsIgnoringCase(tag) }) else { return nil }
    let content = body[open...].dropFirst(tag.utf8CodeUnitCount).prefix { $0 != UInt8(ascii: "<") }
    let text = content.printable(limit: 80)
    return text.isEmpty ? nil : text
  }
}
