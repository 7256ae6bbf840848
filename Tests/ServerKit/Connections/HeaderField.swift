/// One field of a request's or an answer's head.
public struct HeaderField: Sendable, Hashable, CustomStringConvertible {
  /// The name as written. Searches ignore its case.
  public var name: String
  /// The value, without the blanks around it.
  public var value: String

  /// A field of that name and value.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// The field as in a head, without the end of the line.
  public var description: String { "\(name): \(value)" }
}
