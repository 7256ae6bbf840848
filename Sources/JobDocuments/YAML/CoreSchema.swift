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

  /// What a scalar with `tag` is; `nil` if its text is not such a value.
  static func resolve(_ text: String, as tag: Tag) -> DocumentValue.Content? {
    let content = tag == .string ? .string(text) : resolve(text)
    return switch (tag, content) {
    case (.string, .string), (.null, .null), (.bool, .bool), (.float, .number): content
    case (.integer, .number(let number)) where number.isWrittenAsInteger: content
    default: nil
    }
  }
}
