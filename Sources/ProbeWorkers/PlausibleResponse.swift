import MediaFacts
package import ProbeChannel

/// Checks whether an answer of a worker is possible.
///
/// A worker that a file took over may answer anything. It can still send wrong facts about its asset. But
/// numbers must not overflow in later computations, and text must only be text.
extension WorkerResponse {
  package var isPlausible: Bool {
    switch self {
    case .facts(let facts), .elsewhere(let facts): facts.isPlausible
    case .failure(let error):
      [.sourceFailed, .cancelled, .budgetExceeded].contains(error.code) && error.message.isPlainText
        && error.underlying?.message.isPlainText ?? true && error.facts?.isPlausible ?? true
    }
  }
}

extension MediaFacts {
  fileprivate var isPlausible: Bool {
    let words = [format?.id, format?.name, audio?.codec, video?.codec, image?.coding.rawValue].compactMap(
      \.self)
    return words.allSatisfy(\.isPlainWord) && isOfItsFormat
      && (formatDetail?.utf8.count ?? 0) <= String.longestText
      && (pageTitle?.utf8.count ?? 0) <= String.longestText
      && video?.brand?.utf8.count ?? 0 <= String.longestWord
      && evidence.count <= Self.mostItems && evidence.allSatisfy(\.rawValue.isPlainWord)
      && defects.count <= Self.mostItems && defects.allSatisfy(\.isPlausible)
      && image?.isPlausible ?? true && audio?.isPlausible ?? true && video?.isPlausible ?? true
      && preview == nil
  }

  /// Only measured formats have measurements. Names of formats become parts of commands that users paste.
  private var isOfItsFormat: Bool {
    let measured = format.flatMap { FormatTable.row($0) }.flatMap { $0.isMeasured ? $0.format.kind : nil }
    return format?.id.utf8.allSatisfy { Self.idLetters.contains($0) } ?? true
      && (image == nil || measured == .image) && (audio == nil || measured == .audio)
      && (video == nil || measured == .video)
  }

  private static var idLetters: [UInt8] { Array("abcdefghijklmnopqrstuvwxyz0123456789-".utf8) }

  /// No probe reports this many defects.
  private static var mostItems: Int { 1000 }
}

extension Defect {
  /// A header may state any number, which is reported unchanged.
  fileprivate var isPlausible: Bool {
    kind.rawValue.isPlainWord && message.isPlainText && (offset ?? 0) >= 0 && (bytes ?? 0) >= 0
  }
}

extension ImageFacts {
  fileprivate var isPlausible: Bool {
    width.isSide && height.isSide && (1...8).contains(orientation) && frames.isCount
      && (0...255).contains(bitDepth)
  }
}

extension AudioFacts {
  fileprivate var isPlausible: Bool {
    sampleRate?.isCount ?? true && channels?.isCount ?? true && duration.isPlausible
      && joined.count <= Self.mostParts
      && joined.allSatisfy { $0.offset >= 0 && $0.bytes >= 0 && $0.seconds?.isPlausible ?? true }
  }

  /// A walk never lists more.
  private static var mostParts: Int { 256 }
}

extension VideoFacts {
  fileprivate var isPlausible: Bool {
    [width, height, displayWidth, displayHeight].allSatisfy { $0?.isSide ?? true } && videoTracks.isCount
      && (-360...360).contains(rotation) && sampleAspectRatio.isPlausible && frameRate?.isPlausible ?? true
      && frames?.isCount ?? true && duration.isPlausible
      && otherReadings.count <= Self.mostReadings && otherReadings.allSatisfy(\.isPlausible)
  }

  /// Each track may be read in two ways, and a budget allows fewer tracks.
  private static var mostReadings: Int { 256 }
}

extension PictureReading {
  fileprivate var isPlausible: Bool {
    name.isPlainWord && [width, height, displayWidth, displayHeight].allSatisfy(\.isSide)
      && duration?.isPlausible ?? true
  }
}

extension Durations {
  fileprivate var isPlausible: Bool {
    known.allSatisfy(\.seconds.isPlausible) && others.count <= Self.mostReadings
      && others.allSatisfy { $0.name.isPlainWord && $0.seconds.isPlausible }
  }

  /// Each header, index or track states one, and a budget allows fewer tracks.
  private static var mostReadings: Int { 256 }
}

extension Rational {
  /// Comparisons are exact for all numbers, but conversions are not.
  fileprivate var isPlausible: Bool { numerator > .min }
}

extension Int {
  /// The product of two sides does not overflow.
  fileprivate var isSide: Bool { (0...Int(Int32.max)).contains(self) }
  /// A double holds it exactly.
  fileprivate var isCount: Bool { (0...1 << 53).contains(self) }
}

extension String {
  fileprivate static let longestWord = 64
  fileprivate static let longestText = 4096

  /// Visible ASCII and spaces, as names of formats and codecs are.
  fileprivate var isPlainWord: Bool {
    utf8.count <= Self.longestWord && utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }

  /// No characters that move a cursor or change the direction of writing.
  fileprivate var isPlainText: Bool {
    utf8.count <= Self.longestText
      && unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: false
        default: true
        }
      }
  }
}
