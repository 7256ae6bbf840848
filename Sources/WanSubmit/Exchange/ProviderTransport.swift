/// Carries one request to the provider and its answer back: the shell around what is decided elsewhere.
protocol ProviderTransport: Sendable {
  /// What became of the request. It never throws, and it is not cancelled half-way: an answer that is on its way says
  /// whether there is a task.
  func exchange(_ request: ProviderRequest) async -> Exchange
}

/// One request to the provider.
struct ProviderRequest: Sendable, Hashable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  var method: Method
  /// The path below the base.
  var path: String
  /// The JSON body, if there is one.
  var body: String?
}

/// What became of one request.
enum Exchange: Sendable {
  /// No connection came about, so that not a byte of the request left.
  case notEstablished(String)
  /// It may have left, or a part of it, and there is no answer that can be read to its end.
  case lost(String)
  /// There is an answer.
  case answered(ProviderAnswer)
}

/// An answer of the provider, as it came.
struct ProviderAnswer: Sendable {
  var status: Int
  /// The header fields, in order.
  var fields: [(name: String, value: String)] = []
  var body: [UInt8] = []

  /// The most bytes that an answer may have.
  static let limit = 1 << 20

  /// The first value of the field `name`, whatever its case.
  subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
