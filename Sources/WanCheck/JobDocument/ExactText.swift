/// A text that equals another only if it has the same code points, as in JSON and YAML; `String` also takes
/// canonically equivalent ones for equal.
struct ExactText: Hashable {
  let text: String

  static func == (lhs: ExactText, rhs: ExactText) -> Bool {
    lhs.text.utf8.elementsEqual(rhs.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
