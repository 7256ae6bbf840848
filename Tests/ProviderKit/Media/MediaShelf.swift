import Synchronization

/// The served files, and the requests for them.
final class MediaShelf: Sendable {
  private struct State {
    var files: [String: MediaFile] = [:]
    var requests: [MediaRequest] = []
  }

  private let state = Mutex(State())

  subscript(path: String) -> MediaFile? {
    get { state.withLock { $0.files[path] } }
    set { state.withLock { $0.files[path] = newValue } }
  }

  var requests: [MediaRequest] { state.withLock { $0.requests } }

  /// Answers a request, and notes it.
  func answer(
    method: String, target: String, fields: [ProviderCall.Field]
  ) -> (MediaFile?, MediaAnswer) {
    state.withLock { state in
      let path = String(target.prefix { $0 != "?" })
      let file = state.files[path]
      let answer = MediaAnswer(for: file, method: method) { name in
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
      }
      state.requests.append(
        MediaRequest(method: method, path: path, fields: fields, status: answer.status))
      return (file, answer)
    }
  }
}
