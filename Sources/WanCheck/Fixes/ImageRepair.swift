import MediaFacts

extension AssetSubject {
  /// The command that does all of `repair` to an image.
  func imageFix(_ repair: Repair, _ facts: MediaFacts, _ format: MediaFormat) -> Fix? {
    guard format.kind == .image else { return nil }
    guard let image = facts.image else {
      return repair.needs.contains(.format) ? UnmeasuredImageRepair(asset: self, format: format).fix : nil
    }
    // A command can fix an image that is too large to decode here, but not a damaged one.
    var bearable: Set<Defect.Kind> = [.trailingData, .irregular]
    if !repair.needs.isDisjoint(with: [.frame, .bytes]) { bearable.insert(.limit) }
    if repair.needs.contains(.codec) { bearable.insert(.undecodable) }
    guard facts.defects.allSatisfy({ bearable.contains($0.kind) }) else { return nil }
    if format == .jpeg, repair.isOnly([.regular, .end]) { return .command(writer.jpegtran(), .lossless) }
    return ImageRepair(self, repair, facts, image, format)?.fix
  }
}

extension AssetSubject {
  /// Advice on the frame of an image that no command can fix; `nil` if the image is damaged.
  func frameAdvice(_ image: ImageFacts) -> Fix? {
    guard let defects = examination.facts?.defects,
      defects.allSatisfy({ $0.kind == .trailingData || $0.kind == .limit })
    else { return nil }
    guard ImageProgram.ffmpeg.reads(image) else {
      return .words(
        "make it smaller in the program that made it: \(image.width)x\(image.height) px are more than "
          + "ffmpeg and ImageMagick read")
    }
    return "crop it first: \(image.width)x\(image.height) px cannot be scaled into the limits"
  }
}

/// Builds the command that repairs a measured image.
struct ImageRepair {
  private let asset: AssetSubject
  private let repair: Repair
  private let image: ImageFacts
  private let format: MediaFormat
  private let frame: FrameRepair
  private let program: ImageProgram

  init?(
    _ asset: AssetSubject, _ repair: Repair, _ facts: MediaFacts, _ image: ImageFacts, _ format: MediaFormat
  ) {
    (self.asset, self.repair, self.image, self.format) = (asset, repair, image, format)
    var side = asset.limit(.side, .image)
    // An image with too many bytes also gets fewer pixels; then every encoder stays in the limit.
    if repair.needs.contains(.bytes), let most = side.maximum { side.maximum = min(most, Rational(4096)) }
    guard
      let frame = FrameRepair(
        image.displayWidth, image.displayHeight, side: side, ratio: asset.limit(.aspectRatio, .image),
        shape: repair.shape)
    else { return nil }
    self.frame = frame
    guard let program = Self.program(repair, facts, image, format), program.reads(image) else { return nil }
    self.program = program
  }

  /// The program that reads the image.
  private static func program(
    _ repair: Repair, _ facts: MediaFacts, _ image: ImageFacts, _ format: MediaFormat
  ) -> ImageProgram? {
    if repair.needs.contains(.codec) {
      guard image.bitDepth == 8 else { return nil }
      switch image.coding {
      case .arithmetic: return .imageMagick
      case .lossless: return .ffmpeg
      default: return nil
      }
    }
    // If readers differ, the defect names those that refuse the image.
    func refuses(_ program: String) -> Bool {
      facts.defects.contains { $0.kind == .irregular && $0.message.contains(program) }
    }
    // ImageMagick fails on more irregular images than ffmpeg does, but ffmpeg does not support CMYK.
    let isIrregular = facts.defects.contains { $0.kind == .irregular }
    if isIrregular, image.color != .cmyk, !refuses("ffmpeg") { return .ffmpeg }
    if ImageProgram.imageMagick.reads(image), !refuses("ImageMagick") { return .imageMagick }
    return refuses("ffmpeg") ? nil : .ffmpeg
  }

  var fix: Fix { .command(program == .imageMagick ? imageMagick : ffmpeg, applicability, notes: notes) }

  private var imageMagick: RepairCommand {
    var operations: [String] = []
    if image.animated { operations += ["-delete", "1--1"] }
    if image.orientation != 1 { operations.append("-auto-orient") }
    // A CMYK profile is not valid for RGB.
    if image.color == .cmyk { operations += ["-colorspace", "sRGB", "+profile", "icc"] }
    if flattens {
      operations +=
        (image.emptyAlpha ? [] : ["-background", "white", "-alpha", "remove"]) + ["-alpha", "off"]
    }
    operations += frame.operations
    switch target {
    case .webp:
      operations += image.coding == .lossless ? ["-define", "webp:lossless=true"] : ["-quality", "95"]
    case .jpeg where isTooLarge: operations += Self.extent(asset)
    // In a header of an unusual size ImageMagick reads other bytes as a gamma, which may be out of range for PNG.
    case .png where format == .bmp: operations += ["-define", "png:exclude-chunk=gAMA,cHRM"]
    default: break
    }
    return asset.writer.imageMagick(format.id, operations, to: target)
  }

  private var ffmpeg: RepairCommand {
    var filters = Self.turns[image.orientation, default: []] + frame.filters
    var (width, height) = frame.result
    if target == .jpeg, isTooLarge, let most = asset.safeBytes(.image) {
      // With quality 2, an encoder needs fewer than 3 bytes a pixel for any image.
      let factor = (Double(most) / 3 / Double(width * height)).squareRoot()
      if factor < 1, let fewer = Int(exactly: (Double(max(width, height)) * factor).rounded(.down)) {
        var side = asset.limit(.side, .image)
        side.maximum = Rational(Int64(fewer))
        if let fitting = Resizing.fit(
          width, height, side: side, ratio: asset.limit(.aspectRatio, .image), multiple: 1)
        {
          (width, height) = fitting
          filters.append("scale=\(width):\(height)")
        }
      }
    }
    if flattens, image.emptyAlpha {
      filters.append("format=rgb24")
    } else if flattens {
      filters = [
        filters.isEmpty ? "null[i];" : filters.joined(separator: ",") + "[i];",
        "color=white:s=\(width)x\(height)[w];[w][i]overlay=format=gbrp,format=rgb24",
      ]
    }
    let chain = flattens && !image.emptyAlpha ? filters.joined() : filters.joined(separator: ",")
    return asset.writer.ffmpegImage(
      (chain.isEmpty ? [] : ["-vf", chain]) + (target == .jpeg ? ["-q:v", "2"] : []), to: target,
      input: image.orientation == 1 ? [] : ["-noautorotate"])
  }

  /// The ffmpeg filters that turn each EXIF orientation upright.
  private static let turns: [Int: [String]] = [
    2: ["hflip"], 3: ["hflip", "vflip"], 4: ["vflip"], 5: ["transpose=cclock_flip"], 6: ["transpose=clock"],
    7: ["transpose=clock_flip"], 8: ["transpose=cclock"],
  ]

  /// Operations of ImageMagick that keep a JPEG inside the limit on bytes.
  static func extent(_ asset: AssetSubject) -> [String] {
    asset.safeBytes(.image).map { ["-define", "jpeg:extent=\($0 / 1000)KB"] } ?? []
  }

  // MARK: The result

  private var flattens: Bool {
    repair.needs.contains(.alpha) || (image.alpha && target == .jpeg)
  }

  /// The format that keeps most of the image.
  private var preferred: MediaTarget {
    let isAllowed = asset.limit(.formats, .image).allowed.contains(format.id)
    guard isAllowed, let own = MediaTarget(format), !image.animated, !repair.needs.contains(.codec) else {
      return .png
    }
    if program == .ffmpeg, own != .jpeg { return .png }
    return own != .jpeg && repair.needs.contains(.regular) ? .png : own
  }

  private var target: MediaTarget {
    repair.needs.contains(.bytes) || (preferred != .jpeg && isTooLarge) ? .jpeg : preferred
  }

  /// Whether the result in its preferred format might have more bytes than are allowed.
  private var isTooLarge: Bool {
    guard let most = asset.safeBytes(.image) else { return false }
    guard !repair.needs.contains(.bytes) else { return true }
    // Sides of 16 bits and 8 bytes a pixel fit.
    let pixels = Int64(frame.result.width) * Int64(frame.result.height)
    let deep = Int64(image.bitDepth > 8 ? 2 : 1)
    guard pixels * (preferred == .jpeg ? 4 : (image.alpha ? 4 : 3) * deep) > most else { return false }
    guard let bytes = asset.examination.size?.known, preferred != .bmp, format != .bmp else { return true }
    // An image that compressed well does so again, except for blurred edges and colours between those of a palette.
    let bits = image.color == .palette || image.color == .gray ? image.bitDepth : 24
    let isLossy = format == .jpeg || (format == .webp && image.coding != .lossless)
    guard !isLossy || preferred != .png else { return true }
    let blur = frame.size == nil ? 1 : Double(max(1, 24 / max(1, bits))) * 3
    let ratio = Double(pixels) / (Double(image.width) * Double(image.height))
    return Double(bytes) * max(1, ratio) * (isLossy ? 2 : 1.5 * blur) > Double(most)
  }

  private var applicability: Fix.Applicability {
    if !notes.isEmpty { return .changesContent }
    return frame.size == nil && target == .png && image.color != .cmyk ? .lossless : .lossy
  }

  private var notes: [String] {
    (image.animated ? ["keeps the first frame"] : []) + frame.notes
      + (flattens && !image.emptyAlpha ? ["shows white where the image is transparent"] : [])
  }
}

/// Builds the command that brings an image of a format that is not measured into the limits, for any size.
struct UnmeasuredImageRepair {
  let asset: AssetSubject
  let format: MediaFormat

  var fix: Fix? {
    guard Self.convertible.contains(format.id) else { return nil }
    // Each frame, page and layer would become a file.
    let isSeveral = Self.severalImages.contains(format.id)
    var operations = isSeveral ? ["-delete", "1--1"] : []
    operations += ["-auto-orient", "+repage"] + shaping
    operations += ["-background", "white", "-flatten", "-colorspace", "sRGB"]
    if let most = asset.limit(.side, .image).maximum.map({ Seconds.text($0) }) {
      operations += ["-resize", "\(most)x\(most)>"]
    }
    if let least = asset.limit(.side, .image).minimum.map({ Seconds.text($0) }) {
      operations += ["-resize", "\(least)x\(least)^<"]
    }
    if target == .jpeg { operations += ImageRepair.extent(asset) }
    return .command(
      asset.writer.imageMagick(format.id, operations, to: target), isSeveral ? .changesContent : .lossy,
      notes: isSeveral ? ["keeps the first frame"] : [])
  }

  /// A canvas that is as large as the shape allows; `-flatten` removes what is outside.
  private var shaping: [String] {
    guard let most = asset.limit(.aspectRatio, .image).maximum,
      let least = asset.limit(.aspectRatio, .image).minimum,
      least.numerator > 0, let tallest = Rational(least.denominator, over: least.numerator)
    else { return [] }
    let (wide, tall) = (Seconds.text(most), Seconds.text(tallest))
    return [
      "-set", "page",
      "%[fx:min(w,floor(\(wide)*h))]x%[fx:min(h,floor(\(tall)*w))]"
        + "-%[fx:floor(max(0,w-\(wide)*h)/2)]-%[fx:floor(max(0,h-\(tall)*w)/2)]",
    ]
  }

  /// PNG is lossless, but is used only if it is certain to be small enough.
  private var target: MediaTarget {
    guard Self.lossless.contains(format.id), let bytes = asset.examination.size?.known,
      let most = asset.safeBytes(.image), bytes <= most / 16
    else { return .jpeg }
    return .png
  }

  /// Formats that ImageMagick reads under the same name. SVG is not one of them: ImageMagick has several renderers for it,
  /// which differ in what a drawing may load.
  private static let convertible = lossless.union(["avif", "heic", "heif", "jxl", "jp2", "hdr", "exr"])
  private static let lossless: Set<String> = ["gif", "tiff", "psd", "ico", "dds", "xcf", "pnm"]
  private static let severalImages: Set<String> = ["gif", "tiff", "psd", "ico"]
}
