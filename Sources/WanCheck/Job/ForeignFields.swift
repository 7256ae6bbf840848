/// Maps the field names of other providers of such models to the fields of a profile.
struct ForeignFields {
  /// What a name means.
  enum Meaning: Hashable {
    /// A field, if the profile has one.
    case field(FieldMeaning)
    /// No field has that meaning; the text is the advice.
    case nothing(String)
  }

  private let profile: Profile

  init(_ profile: Profile) { self.profile = profile }

  /// Advice on `name`, which is not a field of the object that is the value of `parent`, or of the body.
  ///
  /// The profile's own spellings are tried first, then the names of other providers, then similar names.
  func advice(on name: String, in parent: Profile.Field?) -> String {
    if let field = profile.fields.first(where: { $0.spellings.contains(name) }) {
      return advice(field, in: parent)
    }
    switch Self.meaning(of: name) {
    case .field(let meaning):
      return profile[meaning].map { advice($0, in: parent) } ?? "remove it; the API has no such field"
    case .nothing(let advice):
      return advice.replacing(Self.assets, with: assetFields)
    case nil:
      return nearest(to: name, in: parent).map { "did you mean \($0)?" } ?? "remove it"
    }
  }

  private func advice(_ field: Profile.Field, in parent: Profile.Field?) -> String {
    let outer = field.path.dropLast()
    guard Array(outer) != parent?.path ?? [] else { return "did you mean \(field.label)?" }
    guard !outer.isEmpty else { return "move it to the top of the job, as \(field.label)" }
    let value = field.type == .boolean ? "true" : "…"
    let snippet = outer.dropFirst().reversed().reduce("{\"\(field.name)\": \(value)}") {
      "{\"\($1)\": \($0)}"
    }
    return "move it into \(outer.joined(separator: ".")): \"\(outer.first ?? "")\": \(snippet)"
  }

  private var assetFields: String {
    Prose.list(profile.roles.map { profile.label($0.meaning) }, conjunction: "or")
  }

  /// The meaning of `name`; `nil` if no known provider has it.
  static func meaning(of name: String) -> Meaning? {
    guard name.utf8.count <= 64 else { return nil }
    let words = words(of: name)
    return table[words.joined()] ?? asset(words).map(Meaning.field)
  }

  /// The field of the same object whose name is most similar to `name`.
  ///
  /// For frames, the word that names the frame must match: `mid_image` is neither `start_image` nor `end_image`.
  private func nearest(to name: String, in parent: Profile.Field?) -> String? {
    let known = profile.fields.filter { $0.path.dropLast() == (parent?.path ?? [])[...] }
    guard let nearest = Suggestion.nearest(to: name, in: known.map(\.name)),
      let field = known.first(where: { $0.name == nearest })
    else { return nil }
    let frames = known.filter { $0.meaning == .startImage || $0.meaning == .endImage }
    let marks = frames.compactMap { Self.mark(of: $0.name) }
    guard frames.contains(field), frames.count == 2, marks.count == 2 else { return field.label }
    let compact = Self.words(of: name).joined()
    let mark = Self.mark(of: name) ?? String(compact.prefix(5))
    return Suggestion.nearest(to: mark, in: marks)
      .flatMap { marks.firstIndex(of: $0) }.map { frames[$0].label }
  }

  /// The part before the word image, which distinguishes the frames.
  private static func mark(of name: String) -> String? {
    let compact = words(of: name).joined()
    guard let image = compact.firstRange(of: "image"), image.lowerBound > compact.startIndex else {
      return nil
    }
    return String(compact[..<image.lowerBound])
  }

  /// The words of a name in lower case. They are equal for `promptImage`, `prompt_image` and `prompt-image`.
  private static func words(of name: String) -> [String] {
    var words: [String] = []
    var wasLower = false
    for character in name {
      guard character.isLetter || character.isNumber else {
        wasLower = false
        if words.last?.isEmpty == false { words.append("") }
        continue
      }
      if words.isEmpty || (wasLower && character.isUppercase) { words.append("") }
      words[words.count - 1] += character.lowercased()
      wasLower = character.isLowercase || character.isNumber
    }
    return words.filter { !$0.isEmpty }
  }

  /// Names that are composed of words: `first_frame_image`, `tailImageUrl`, `image_end`, `driving_audio_url`.
  private static func asset(_ words: [String]) -> FieldMeaning? {
    var (media, frame): (FieldMeaning?, FieldMeaning?) = (nil, nil)
    var hasFrame = false
    for word in words {
      if let kind = kinds[word] {
        guard media == nil || media == kind else { return nil }
        media = kind
      } else if frames.contains(word) {
        hasFrame = true
      } else if let end = ends[word] {
        guard frame == nil || frame == end else { return nil }
        frame = end
      } else if !fillers.contains(word) {
        return nil
      }
    }
    switch media {
    case .audio?: return frame == nil && !hasFrame ? .audio : nil
    case .video?: return frame == .endImage || hasFrame ? nil : .video
    default:
      guard media != nil || hasFrame else { return nil }
      return frame ?? .startImage
    }
  }

  private static let kinds: [String: FieldMeaning] = [
    "image": .startImage, "img": .startImage, "picture": .startImage, "pic": .startImage,
    "photo": .startImage,
    "audio": .audio, "sound": .audio, "voice": .audio, "speech": .audio, "music": .audio,
    "soundtrack": .audio,
    "video": .video, "clip": .video,
  ]
  private static let frames: Set<String> = ["frame", "keyframe"]
  private static let ends: [String: FieldMeaning] = [
    "first": .startImage, "start": .startImage, "starting": .startImage, "begin": .startImage,
    "beginning": .startImage, "head": .startImage, "init": .startImage, "initial": .startImage,
    "last": .endImage, "end": .endImage, "ending": .endImage, "tail": .endImage, "final": .endImage,
  ]
  private static let fillers: Set<String> = [
    "url", "uri", "link", "href", "src", "source", "input", "file", "path", "prompt", "driving", "base64",
    "b64",
    "data", "to", "the", "base", "background",
  ]

  /// Names by their words, without separators.
  private static let table: [String: Meaning] = {
    var table: [String: Meaning] = [:]
    for (field, names) in fields { for name in names { table[name] = .field(field) } }
    for (advice, names) in unknown { for name in names { table[name] = .nothing(advice) } }
    return table
  }()

  /// A placeholder for the names of the profile's asset fields.
  private static let assets = "$assets"

  private static let fields: [FieldMeaning: [String]] = [
    .prompt: [
      "text", "textprompt", "prompttext", "inputprompt", "positiveprompt", "promptstring", "description",
    ],
    .negativePrompt: [
      "negprompt", "negative", "negativetext", "nprompt", "promptnegative", "negativepromptstring",
    ],
    .duration: [
      "length", "seconds", "videolength", "durationseconds", "durationsecs", "durationsec", "durations",
      "durationinseconds", "videoduration", "numframes", "frames", "numberofframes", "framecount",
      "videoframes",
    ],
    .resolution: [
      "size", "quality", "videoquality", "videosize", "outputresolution", "videoresolution", "imagesize",
    ],
    .seed: ["randomseed", "noiseseed", "rngseed"],
    .webhook: [
      "webhook", "webhookuri", "callback", "callbackurl", "callbackuri", "notifyurl", "notifyhook",
      "notificationurl", "notifywebhook", "falwebhook", "hookurl",
    ],
    .promptExtend: [
      "promptextend", "promptexpansion", "enablepromptexpansion", "promptenhancement", "promptenhance",
      "enhanceprompt",
      "enablepromptenhancement", "promptoptimizer", "promptoptimization", "optimizeprompt", "promptrewrite",
      "promptrewriting", "expandprompt", "extendprompt", "promptextension", "promptenhancer",
      "promptupsampling",
      "enablepromptextend", "enablepromptrewriter", "promptextender",
    ],
  ]

  private static let unknown: [(advice: String, names: [String])] = [
    (
      "remove it; the output has the aspect ratio of the input",
      ["aspectratio", "ratio", "aspect", "width", "height", "orientation"]
    ),
    ("remove it; the API has no frame rate", ["fps", "framespersecond", "framerate", "framespersec"]),
    (
      "remove it; the address of the request names the model",
      ["model", "modelname", "modelid", "version", "modelversion", "engine", "taskmode"]
    ),
    (
      "remove it; the API has no such setting",
      [
        "cfgscale", "cfg", "guidancescale", "guidance", "guidescale", "numinferencesteps", "steps",
        "inferencesteps",
        "samplesteps", "shift", "sampleshift", "flowshift", "watermark", "lora", "loras", "mode", "shottype",
        "strength",
        "motionbucketid", "motionstrength", "movementamplitude", "cameracontrol", "cameramotion",
        "camerafixed", "style",
        "enablesafetychecker", "disablesafetychecker", "safetytolerance", "generateaudio", "enableaudio",
        "withaudio",
        "acceleration", "fastmode", "gofast", "scheduler", "sampler", "generationmode", "n", "numvideos",
        "outputformat",
        "syncmode", "servicetier", "bgm", "externaltaskid", "enablesyncmode", "generatemulticlip",
        "multishots",
      ]
    ),
    (
      "remove it; the API takes no reference images",
      [
        "referenceimage", "referenceimageurl", "referenceimages", "referenceimageurls", "refimages",
        "refimageurl",
        "refimage", "refimages", "refimageurls", "subjectreference", "elements",
      ]
    ),
    (
      "give each file in its own field: \(assets)",
      [
        "media", "images", "imageurls", "imagelist", "imgurls", "keyframes", "frameimages", "videourls",
        "audiourls",
        "promptimages", "inputimages", "inputs", "files", "assets", "videos", "audios", "contents", "content",
      ]
    ),
    (
      "put its members at the top of the job",
      [
        "input", "parameters", "params", "payload", "body", "arguments", "data", "request",
        "additionalsettings",
      ]
    ),
  ]
}
