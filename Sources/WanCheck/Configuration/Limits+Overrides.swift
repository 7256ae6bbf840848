extension Limits {
  /// The limit of that id; `nil` if there is none.
  public subscript(id: String) -> Limit? {
    get { all.first { $0.id == id } }
    set {
      guard let newValue, let path = Self.paths.first(where: { self[keyPath: $0].id == id }) else { return }
      self[keyPath: path] = newValue
    }
  }

  private static var paths: [WritableKeyPath<Limits, Limit>] {
    [
      \.imageFormats, \.imageSide, \.imageAspectRatio, \.imageSize, \.audioFormats, \.audioDuration,
      \.audioSize,
      \.videoFormats, \.videoSide, \.videoAspectRatio, \.videoDuration, \.videoSize, \.prompt,
      \.negativePrompt,
      \.resolution, \.duration, \.seed,
    ]
  }
}
