import Foundation

/// What a request line asks for.
enum Endpoint: Equatable {
  case submit
  case task(String)
  case list
  /// A path of the API that does not have this method.
  case wrongMethod
  /// A path below the API's that it does not have.
  case nothing
  /// Any other path: a file.
  case media

  /// Where the API has jobs and tasks.
  static let path = "/v1/ai/image-to-video/wan-2-7"

  init(method: String, target: String) {
    let path = target.prefix { $0 != "?" }
    guard path.hasPrefix("/v1/") else {
      self = .media
      return
    }
    guard path != Self.path else {
      self = method == "POST" ? .submit : method == "GET" ? .list : .wrongMethod
      return
    }
    let id = path.hasPrefix(Self.path + "/") ? path.dropFirst(Self.path.count + 1) : ""
    guard !id.isEmpty, !id.contains("/") else {
      self = .nothing
      return
    }
    self = method == "GET" ? .task(id.removingPercentEncoding ?? String(id)) : .wrongMethod
  }

  /// What its calls are counted as.
  var kind: ProviderCall.Kind {
    switch self {
    case .submit: .submit
    case .task: .task
    case .list: .list
    case .wrongMethod, .nothing, .media: .other
    }
  }

  /// The requested task.
  var taskID: String? {
    if case .task(let id) = self { id } else { nil }
  }
}
