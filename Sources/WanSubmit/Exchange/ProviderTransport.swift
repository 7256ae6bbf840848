/// Sends one request to the provider and returns its answer. All decisions are made elsewhere.
protocol ProviderTransport: Sendable {
  /// The outcome of the request. It never throws and is not cancelled halfway, because only the answer says
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
  /// The path after the base.
  var path: String
  /// The JSON body, if there is one.
  var body: String?
}

/// The outcome of one request.
enum Exchange: Sendable {
  /// No connection was made, so no byte of the request left.
  case notEstablished(String)
  /// The request may have left, wholly or in part, and there is no complete answer.
  case lost(String)
  /// The answer is complete.
  case answered(ProviderAnswer)
}

/// An answer of the provider, unchanged.
struct ProviderAnswer: Sendable {
  var status: Int
  /// The header fields, in order.
  var fields: [(name: String, value: String)] = []
  var body: [UInt8] = []

  /// The largest body of an answer, in bytes.
  static let limit = 1 << 20

  /// The first value of the field `name`, ignoring case.
  subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
