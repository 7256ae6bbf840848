/// Finds the title of a web page in its first bytes. Each byte is read a fixed number of times.
enum PageTitle {
  /// The maximum number of Unicode scalars of a title.
  private static let limit = 256

  /// The title, decoded, with white space collapsed; `nil` if the window holds no complete title, or an empty
  /// one.
  static func find(in window: ArraySlice<UInt8>) -> String? {
    let page = PageEncoding.asciiCompatible(window)
    guard let content = content(of: page) else { return nil }
    let text = CharacterReference.decoded(PageEncoding.text(content, of: page))
    return collapsed(text)
  }

  /// The text between the tags of the first title outside comments, scripts and drawings.
  private static func content(of page: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = page
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[open...]
      if rest.spells("<!--") {
        // `<!-->` is a whole comment.
        guard let end = rest.dropFirst(2).firstIndex(beginning: "-->") else { return nil }
        rest = rest[end...]
      } else if rest.beginsTag("<title") {
        guard let content = rest.behindTag else { return nil }
        return content.firstIndex(ofTag: "</title").map { content[..<$0] }
      } else if let (name, closing) = skipped.first(where: { rest.beginsTag($0.0) }) {
        guard let content = rest.behindTag else { return nil }
        let isEmpty = name.description == "<svg" && content.isBehindEmptyTag(in: rest)
        guard let end = isEmpty ? content.startIndex : content.firstIndex(ofTag: closing) else { return nil }
        rest = content[end...]
      } else {
        rest = rest.dropFirst()
      }
    }
    return nil
  }

  /// Elements whose content cannot hold the page's title: text, or a separate document.
  private static let skipped: [(StaticString, StaticString)] = [
    ("<script", "</script"), ("<style", "</style"), ("<svg", "</svg"), ("<noscript", "</noscript"),
    ("<template", "</template"), ("<textarea", "</textarea"), ("<iframe", "</iframe"),
  ]

  private static func collapsed(_ text: String) -> String? {
    var title = ""
    var length = 0
    var isPending = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        isPending = !title.isEmpty
        continue
      }
      length += isPending ? 2 : 1
      if length > limit { break }
      if isPending { title += " " }
      isPending = false
      title.unicodeScalars.append(scalar)
    }
    return title.isEmpty ? nil : title
  }
}

extension ArraySlice<UInt8> {
  /// The bytes after the tag at the start of these bytes. A `>` in a quoted attribute does not end the tag.
  fileprivate var behindTag: ArraySlice<UInt8>? {
    var quote: UInt8?
    for index in indices {
      let byte = self[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return self[(index + 1)...]
      }
    }
    return nil
  }

  /// Whether the tag of `page` that ends where this slice begins is an empty one (`<svg/>`).
  fileprivate func isBehindEmptyTag(in page: ArraySlice<UInt8>) -> Bool {
    page[..<startIndex].suffix(2).spells("/>")
  }

  /// Where `text` first begins.
  fileprivate func firstIndex(beginning text: StaticString) -> Index? {
    indices.first { self[$0...].spells(text) }
  }

  /// Where a tag (`</title`) first begins, in upper or lower case.
  fileprivate func firstIndex(ofTag tag: StaticString) -> Index? {
    indices.first { self[$0] == UInt8(ascii: "<") && self[$0...].beginsTag(tag) }
  }
}
