/// One value of a JSON or YAML document, with the place where it is written.
///
/// JSON and YAML give the same values. Nothing is judged here: an object may hold a key twice, and a number may be too
/// large for any machine type. Two values are equal if they say the same, wherever they are written.
public struct DocumentValue: Sendable {
  /// What a value is.
  public enum Content: Sendable, Hashable {
    /// `null`; in YAML also `~` and an empty value.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as it was written.
    case number(NumberLiteral)
    /// A text, unescaped.
    case string(String)
    /// The elements, in order.
    case array([DocumentValue])
    /// The members, in order.
    case object([Member])
  }

  /// One key of an object, and its value.
  public struct Member: Sendable {
    /// The key, unescaped.
    public var key: String
    /// The place of the key's first character (of its quotation mark, if it has one).
    public var keyPosition: SourcePosition
    /// The bytes of the document that hold the key; empty for a member that was not parsed.
    public var keyBytes: Range<Int>
    /// The value.
    public var value: DocumentValue

    /// A member of an object.
    public init(
      key: String, keyPosition: SourcePosition = .start, keyBytes: Range<Int> = 0..<0, value: DocumentValue
    ) {
      self.key = key
      self.keyPosition = keyPosition
      self.keyBytes = keyBytes
      self.value = value
    }
  }

  /// What the value is.
  public var content: Content
  /// The place of the value's first character; for an alias of YAML, the place of the alias.
  public var position: SourcePosition
  /// The bytes of the document that hold the value; empty for a value that was not parsed.
  public var bytes: Range<Int>

  /// A value that is written at `position`.
  public init(_ content: Content, at position: SourcePosition = .start, bytes: Range<Int> = 0..<0) {
    self.content = content
    self.position = position
    self.bytes = bytes
  }
}

extension DocumentValue {
  /// The value of `key` if this is an object that has it; the last one if it has several.
  public subscript(key: String) -> DocumentValue? { member(key)?.value }

  /// The member called `key` if this is an object that has it; the last one if it has several.
  public func member(_ key: String) -> Member? {
    members?.last { $0.key == key }
  }

  /// The members, if this is an object.
  public var members: [Member]? {
    if case .object(let members) = content { members } else { nil }
  }

  /// The elements, if this is an array.
  public var elements: [DocumentValue]? {
    if case .array(let elements) = content { elements } else { nil }
  }

  /// The text, if this is a string.
  public var string: String? {
    if case .string(let string) = content { string } else { nil }
  }

  /// The number, if this is one.
  public var number: NumberLiteral? {
    if case .number(let number) = content { number } else { nil }
  }

  /// The truth value, if this is one.
  public var bool: Bool? {
    if case .bool(let bool) = content { bool } else { nil }
  }

  /// Whether this is `null`.
  public var isNull: Bool {
    if case .null = content { true } else { false }
  }

  /// The type by its JSON name with its article, for messages: `a string`, `an object`, `null`.
  public var typeName: String {
    switch content {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension DocumentValue: Hashable {
  /// Whether both say the same, wherever they are written.
  public static func == (lhs: DocumentValue, rhs: DocumentValue) -> Bool { lhs.content == rhs.content }

  /// Hashes what the value says.
  public func hash(into hasher: inout Hasher) { hasher.combine(content) }
}

extension DocumentValue.Member: Hashable {
  /// Whether both have the same key and the same value, wherever they are written.
  public static func == (lhs: DocumentValue.Member, rhs: DocumentValue.Member) -> Bool {
    lhs.key == rhs.key && lhs.value == rhs.value
  }

  /// Hashes key and value.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(value)
  }
}
