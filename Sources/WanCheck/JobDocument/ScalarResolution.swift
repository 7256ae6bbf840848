/// What an unquoted word of a JSON text is.
enum JSONScalar {
  /// `null`, `true`, `false`, or a number by RFC 8259; `nil` for any other word.
  static func resolve(_ word: String) -> DocumentValue.Content? {
    switch word {
    case "null": .null
    case "true": .bool(true)
    case "false": .bool(false)
    default: NumberLiteral(json: word).map { .number($0) }
    }
  }

  /// Why `word` is no value of JSON, and what to write; `nil` if it is one.
  static func fault(of word: String) -> String? {
    guard resolve(word) == nil else { return nil }
    switch word.lowercased() {
    case "null", "true", "false": return "\(word.excerpt) is no value of JSON: write `\(word.lowercased())`"
    case "none", "nil", "undefined": return "\(word.excerpt) is no value of JSON: write `null`"
    case "yes", "on": return "\(word.excerpt) is no value of JSON: write `true`, or put it in double quotes"
    case "no", "off": return "\(word.excerpt) is no value of JSON: write `false`, or put it in double quotes"
    case "nan", "infinity", "-infinity", "inf", "-inf": return "\(word.excerpt) is no number that JSON has"
    default: break
    }
    if let number = NumberLiteral(yaml: word), let text = number.jsonText {
      return "\(word.excerpt) is no number of JSON: write \(text.excerpt)"
    }
    if let first = word.utf8.first,
      first == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= first
    {
      return "\(word.excerpt) is no number of JSON"
    }
    return "\(word.excerpt) is no value of JSON: a text must stand in double quotes"
  }
}

/// What a scalar of a YAML text is, by the core schema (YAML 1.2.2, section 10.3).
enum CoreSchema {
  /// A tag of the core schema.
  enum Tag: String {
    case string = "tag:yaml.org,2002:str"
    case null = "tag:yaml.org,2002:null"
    case bool = "tag:yaml.org,2002:bool"
    case integer = "tag:yaml.org,2002:int"
    case float = "tag:yaml.org,2002:float"
    case mapping = "tag:yaml.org,2002:map"
    case sequence = "tag:yaml.org,2002:seq"

    /// `tag` as people write it: `!!str` for one of YAML's own.
    static func shorthand(_ tag: String) -> String {
      tag.hasPrefix("tag:yaml.org,2002:") ? "!!" + tag.dropFirst("tag:yaml.org,2002:".count) : tag
    }
  }

  /// What a plain scalar without a tag is.
  static func resolve(_ text: String) -> DocumentValue.Content {
    switch text {
    case "", "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE": .bool(true)
    case "false", "False", "FALSE": .bool(false)
    default: NumberLiteral(yaml: text).map { .number($0) } ?? .string(text)
    }
  }

  /// What a scalar with `tag` is; `nil` if its text is no such value.
  static func resolve(_ text: String, as tag: Tag) -> DocumentValue.Content? {
    let content = tag == .string ? .string(text) : resolve(text)
    return switch (tag, content) {
    case (.string, .string), (.null, .null), (.bool, .bool), (.float, .number): content
    case (.integer, .number(let number)) where number.isWrittenAsInteger: content
    default: nil
    }
  }
}
