/// A guess whether a text begins with a host: `cdn.example.net/a.png`, `10.0.0.1:80/a.png`, `localhost`.
///
/// Without a scheme, a host cannot be distinguished from a file name for certain, so the guess has three cases.
enum HostGuess: Sendable {
  case notHost
  /// Two labels and nothing after them: `acme.net`, `photo.final`.
  case hostOrFileName
  /// A name, or `localhost`.
  case name
  /// A dotted IPv4 address, or a version number that looks like one.
  case address

  init(_ text: Substring) {
    let authority = text.prefix(upToAny: "/")
    let host = authority.prefix(upToAny: ":")
    if host.lowercased() == "localhost" {
      self = .name
      return
    }
    // A host may end in the dot of the root domain.
    let labels = (host.hasSuffix(".") ? host.dropLast() : host)
      .split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last else {
      self = .notHost
      return
    }
    if labels.count == 4, labels.allSatisfy({ UInt8($0) != nil }) {
      self = .address
    } else if last.count > 1, last.allSatisfy(\.isLetter) {
      let isAlone = authority.endIndex == text.endIndex && host.endIndex == authority.endIndex
      self = isAlone && labels.count == 2 ? .hostOrFileName : .name
    } else {
      self = .notHost
    }
  }

  /// Whether the text is more likely a host than the name of a file.
  var isHost: Bool { self == .name || self == .address }
}
