import MediaFacts

/// What brings a frame into the limits on its sides and on its shape: a centred crop, a new size, or both.
struct FrameMending {
  private let crop: (width: Int, height: Int)?
  private let size: (width: Int, height: Int)?

  /// What a frame needs, with sides that are multiples of `multiple`; `nil` if no crop and no size does it.
  init?(_ width: Int, _ height: Int, side: Limit, ratio: Limit, multiple: Int = 1) {
    var frame = (width: width, height: height)
    let shape = Rational(Int64(width), over: Int64(height))
    if shape.map(ratio.contains) ?? false {
      crop = nil
    } else {
      guard let shaped = AspectCrop.fix(width, height, ratio, multiple: multiple) else { return nil }
      crop = shaped
      frame = shaped
    }
    guard !side.contains(frame.width) || !side.contains(frame.height) else {
      size = nil
      return
    }
    guard
      let fitting = Resizing.fit(frame.width, frame.height, side: side, ratio: ratio, multiple: multiple)
    else { return nil }
    size = fitting
  }

  /// As operations of ImageMagick.
  var operations: String {
    let cropping = crop.map { "-gravity center -crop \($0.width)x\($0.height)+0+0 +repage" }
    let resizing = size.map { "-resize '\($0.width)x\($0.height)!'" }
    return [cropping, resizing].compactMap(\.self).joined(separator: " ")
  }

  /// As filters of ffmpeg.
  var filters: [String] {
    [
      crop.map { "crop=\($0.width):\($0.height)" },
      size.map { "scale=\($0.width):\($0.height),setsar=1" },
    ].compactMap(\.self)
  }
}

extension AssetSubject {
  /// The command that brings an image into the limits on its sides and on its shape; `nil` if none does.
  func frameFix(of image: ImageFacts) -> Fix? {
    // That it was too large to decode here is what the command mends.
    guard let facts = examination.facts, let format = facts.format,
      facts.defects.allSatisfy({ $0.kind == .trailingData || $0.kind == .limit })
    else { return nil }
    guard
      let frame = FrameMending(
        image.width, image.height, side: limits.imageSide, ratio: limits.imageAspectRatio)
    else { return "crop it first: \(image.width)x\(image.height) px cannot be scaled into the limits" }
    guard ImageProgram.ffmpeg.reads(image) else {
      return .words(
        "make it smaller in the program that made it: \(image.width)x\(image.height) px are more than "
          + "ffmpeg and ImageMagick read")
    }
    return ImageProgram.imageMagick.reads(image)
      ? command.imageMagick(format, frame.operations)
      : command.ffmpegImage("-vf \(frame.filters.joined(separator: ","))", to: .png)
  }

  /// The command that brings a video into the limits on its sides and on its shape; `nil` if none does.
  func frameFix(of frame: FrameSize) -> Fix? {
    guard let video, let mending,
      let mended = FrameMending(
        frame.displayed.width, frame.displayed.height, side: limits.videoSide, ratio: limits.videoAspectRatio,
        multiple: 2)
    else { return nil }
    // The crop is one of the picture as displayed; ffmpeg turns it by itself, but does not square its pixels.
    let squaring =
      video.sampleAspectRatio == Rational(1)
      ? [] : ["scale=\(frame.displayed.width):\(frame.displayed.height),setsar=1"]
    let filters = squaring + mended.filters
    return mending.video(filters: filters.isEmpty ? video.evenFilters : filters, video.trackChoice)
  }

  /// The command that codes a video anew as it is; `nil` if none would mend it.
  var recoding: Fix? {
    video.flatMap { mending?.video(filters: $0.evenFilters, $0.trackChoice) }
  }

  /// What writes commands for this asset; `nil` if it is damaged or locked, so that none would mend it.
  var mending: FixCommand? {
    let defects = examination.facts?.defects ?? []
    let isWhole = defects.allSatisfy(\.kind.isPassedOver) && video?.encrypted != true
    return isWhole ? command : nil
  }

  /// An ImageMagick command that mends an image; `nil` if it is damaged, or more than ImageMagick reads.
  func imageMagick(_ format: MediaFormat, _ operations: String, to output: MediaFormat? = nil) -> Fix? {
    guard image.map(ImageProgram.imageMagick.reads) ?? true else { return nil }
    return mending?.imageMagick(format, operations, to: output)
  }

  /// What writes commands for this asset, whatever its state.
  var command: FixCommand { FixCommand(reference, circumstances.imageMagick) }
}

extension FixCommand {
  /// The command that codes a video anew, as every server reads it, with `filters` of ffmpeg on the way.
  func video(filters: [String] = [], _ options: String = "") -> Fix {
    let chain = filters.isEmpty ? "" : "-vf \(ShellWord.quoted(filters.joined(separator: ","))) "
    return ffmpeg("\(chain)\(options.isEmpty ? "" : "\(options) ")\(Self.h264)", to: .mp4)
  }

  /// The filter that H.264 needs where a side is, or could be, odd.
  static let evenSides = "crop=trunc(iw/2)*2:trunc(ih/2)*2"

  /// ffmpeg options for a video that every server reads.
  private static let h264 =
    "-c:v libx264 -pix_fmt yuv420p -crf 18 -c:a aac -b:a 192k -movflags +faststart"
}

extension VideoFacts {
  /// The options that keep the first video track where ffmpeg might take another one.
  var trackChoice: String { otherReadings.isEmpty ? "" : "-map 0:V:0 -map '0:a?'" }

  /// The filters that coding it anew as H.264 needs.
  var evenFilters: [String] {
    let isEven = (width ?? 1).isMultiple(of: 2) && (height ?? 1).isMultiple(of: 2)
    return isEven ? [] : [FixCommand.evenSides]
  }
}
