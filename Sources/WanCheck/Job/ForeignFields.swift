/// What other providers of such models call the fields of a job, and which of ours they mean.
enum ForeignFields {
  /// What a name means here.
  enum Meaning: Hashable {
    /// One of our fields.
    case field(String)
    /// A member of `additional_settings`.
    case setting(String)
    /// Nothing that a field of ours says, and what to do.
    case nothing(String)
  }

  /// What `name` means; `nil` if no provider is known to have it.
  static func meaning(of name: String) -> Meaning? {
    guard name.utf8.count <= 64 else { return nil }
    let words = words(of: name)
    return table[words.joined()] ?? asset(words)
  }

  /// The field that a person who wrote `name` may have meant: by the table, else by its letters.
  ///
  /// The frames are told apart by what says which one is meant, never by the letters alone: `mid_image_url` is neither.
  static func nearest(to name: String) -> String? {
    guard let nearest = Suggestion.nearest(to: name, in: JobFields.names) else { return nil }
    guard nearest == Role.startImage.field || nearest == Role.endImage.field else { return nearest }
    let compact = words(of: name).joined()
    let first = compact.firstRange(of: "image").map { compact[..<$0.lowerBound] } ?? compact.prefix(5)
    switch Suggestion.nearest(to: String(first), in: ["start", "end"]) {
    case "start": return Role.startImage.field
    case "end": return Role.endImage.field
    default: return nil
    }
  }

  /// The words of a name in lower case: `promptImage`, `prompt_image` and `prompt-image` have the same.
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

  /// Names that are put together from words: `first_frame_image`, `tailImageUrl`, `image_end`, `driving_audio_url`.
  private static func asset(_ words: [String]) -> Meaning? {
    var (media, frame): (Role?, Role?) = (nil, nil)
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
    case .audio?: return frame == nil && !hasFrame ? .field(Role.audio.field) : nil
    case .video?: return frame == .endImage || hasFrame ? nil : .field(Role.video.field)
    default:
      guard media != nil || hasFrame else { return nil }
      return .field((frame ?? .startImage).field)
    }
  }

  private static let kinds: [String: Role] = [
    "image": .startImage, "img": .startImage, "picture": .startImage, "pic": .startImage,
    "photo": .startImage,
    "audio": .audio, "sound": .audio, "voice": .audio, "speech": .audio, "music": .audio,
    "soundtrack": .audio,
    "video": .video, "clip": .video,
  ]
  private static let frames: Set<String> = ["frame", "keyframe"]
  private static let ends: [String: Role] = [
    "first": .startImage, "start": .startImage, "starting": .startImage, "begin": .startImage,
    "beginning": .startImage, "head": .startImage, "init": .startImage, "initial": .startImage,
    "last": .endImage, "end": .endImage, "ending": .endImage, "tail": .endImage, "final": .endImage,
  ]
  private static let fillers: Set<String> = [
    "url", "uri", "link", "href", "src", "source", "input", "file", "path", "prompt", "driving", "base64",
    "b64",
    "data", "to", "the", "base", "background",
  ]

  /// Names by their words without what joins them.
  private static let table: [String: Meaning] = {
    var table: [String: Meaning] = [:]
    for (field, names) in fields { for name in names { table[name] = .field(field) } }
    for name in promptExtend { table[name] = .setting("prompt_extend") }
    for (advice, names) in unknown { for name in names { table[name] = .nothing(advice) } }
    return table
  }()

  private static let fields: [String: [String]] = [
    "prompt": [
      "text", "textprompt", "prompttext", "inputprompt", "positiveprompt", "promptstring", "description",
    ],
    "negative_prompt": [
      "negprompt", "negative", "negativetext", "nprompt", "promptnegative", "negativepromptstring",
    ],
    "duration": [
      "length", "seconds", "videolength", "durationseconds", "durationsecs", "durationsec", "durations",
      "durationinseconds", "videoduration", "numframes", "frames", "numberofframes", "framecount",
      "videoframes",
    ],
    "resolution": [
      "size", "quality", "videoquality", "videosize", "outputresolution", "videoresolution", "imagesize",
    ],
    "seed": ["randomseed", "noiseseed", "rngseed"],
    "webhook_url": [
      "webhook", "webhookuri", "callback", "callbackurl", "callbackuri", "notifyurl", "notifyhook",
      "notificationurl", "notifywebhook", "falwebhook", "hookurl",
    ],
  ]

  private static let promptExtend = [
    "promptextend", "promptexpansion", "enablepromptexpansion", "promptenhancement", "promptenhance",
    "enhanceprompt",
    "enablepromptenhancement", "promptoptimizer", "promptoptimization", "optimizeprompt", "promptrewrite",
    "promptrewriting", "expandprompt", "extendprompt", "promptextension", "promptenhancer",
    "promptupsampling",
    "enablepromptextend", "enablepromptrewriter", "promptextender",
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
      "give each file in its own field: start_image_url, end_image_url, audio_url or video_url",
      [
        "media", "images", "imageurls", "imagelist", "imgurls", "keyframes", "frameimages", "videourls",
        "audiourls",
        "promptimages", "inputimages", "inputs", "files", "assets", "videos", "audios", "contents", "content",
      ]
    ),
    (
      "put its members at the top of the job",
      ["input", "parameters", "params", "payload", "body", "arguments", "data", "request"]
    ),
  ]
}
