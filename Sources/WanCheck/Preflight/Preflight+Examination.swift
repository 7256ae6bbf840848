import AssetOpening
import Locations
import MediaFacts
import SystemPackage

extension Preflight {
  /// Examines the assets of one job concurrently, and returns them in their order.
  func examine(_ references: [AssetReference], _ now: Double)
    async throws(CancellationError) -> [AssetSubject]
  {
    let examined = await withTaskGroup(of: (Int, AssetSubject?).self) { group in
      for (index, reference) in references.enumerated() {
        group.addTask { (index, try? await self.examine(reference, now)) }
      }
      var assets = [AssetSubject?](repeating: nil, count: references.count)
      for await (index, asset) in group { assets[index] = asset }
      return assets
    }
    let assets = examined.compactMap(\.self)
    guard assets.count == references.count else { throw CancellationError() }
    return assets
  }

  /// Opens, reads and probes one asset.
  func examine(_ reference: AssetReference, _ now: Double)
    async throws(CancellationError) -> AssetSubject
  {
    var subject = AssetSubject(
      role: reference.role, reference: reference, examination: AssetExamination(),
      configuration: configuration, now: now)
    guard mayOpen(reference) else { return subject }
    subject.examination = try await recalledExamination(of: subject)
    if Task.isCancelled { throw CancellationError() }
    if subject.role == nil {
      let role = subject.examination.facts?.format?.kind.map { Role(for: $0) }
      subject.role = role.flatMap { subject.limits.profile[$0.meaning] == nil ? nil : $0 }
    }
    return subject
  }

  /// The outcome of an earlier examination of the same remote asset, or of this one.
  private func recalledExamination(of subject: AssetSubject) async throws(CancellationError)
    -> AssetExamination
  {
    guard let memo, opener.needsNetwork(for: subject.reference.location) else {
      return try await examination(of: subject)
    }
    let key = ExaminationMemo.Key(
      url: subject.reference.location.text, probe: probeRequest(subject), open: openRequest(subject))
    return try await memo.examination(key) { () async throws(CancellationError) in
      try await examination(of: subject)
    }
  }

  private func examination(of subject: AssetSubject) async throws(CancellationError) -> AssetExamination {
    var subject = subject
    subject.examination.examinedAt = configuration.now()
    do throws(AssetError) {
      let asset = try await opener.open(try location(of: subject.reference), openRequest(subject))
      try await read(asset, into: &subject)
    } catch {
      // A cancellation error without a cancelled task is an ordinary failure.
      if error.code == .cancelled, Task.isCancelled { throw CancellationError() }
      subject.examination.failure = error
      subject.examination.delivery = error.delivery ?? subject.examination.delivery
    }
    if Task.isCancelled { throw CancellationError() }
    return subject.examination
  }

  private func read(_ asset: OpenedAsset, into subject: inout AssetSubject) async throws(AssetError) {
    subject.examination.delivery = asset.delivery
    subject.examination.localCopy = asset.localCopy
    subject.examination.size = asset.length.map(ByteSize.exactly)
    guard asset.length != 0 else { return }
    do throws(ProbeError) {
      subject.examination.facts = try await prober.probe(asset.source, probeRequest(subject))
    } catch {
      if error.code == .cancelled { throw AssetError(.cancelled, message: error.message) }
      subject.examination.probeFailure = error
      subject.examination.facts = error.facts
      guard error.code == .sourceFailed else { return }
    }
    // The rest of content that is not measured is not needed.
    let isUnmeasured =
      subject.examination.probeFailure == nil && subject.examination.facts?.evidence.isEmpty ?? false
    let isEnough = asset.delivery != nil && isUnmeasured
    let conclusion = isEnough ? await asset.abandon() : await asset.finish()
    // If a server states no length, it is known only when everything has arrived.
    subject.examination.size = asset.length.map(ByteSize.exactly) ?? subject.examination.size
    if let delivery = conclusion.delivery { subject.examination.delivery = delivery }
    if let failure = conclusion.failure {
      // The asset's own error for a failed read is more precise than the probe's.
      subject.examination.probeFailure = nil
      guard failure.code == .tooLarge else { throw failure }
    }
    if subject.examination.size == nil {
      // Bytes that arrived twice, in a repeated transfer, count once.
      let arrived = conclusion.arrived ?? subject.examination.delivery?.bytesReceived
      subject.examination.size = arrived.map(ByteSize.atLeast)
    }
    subject.examination.sha256 = conclusion.sha256
  }

  private func budget(_ subject: AssetSubject) -> Budget {
    var budget = configuration.limits.budget(for: subject.role?.kind)
    if let timeout = configuration.timeout { budget.time = timeout }
    // The arrival time of a remote asset has its own bound, whose message shows what was slow.
    if subject.reference.location.url != nil { budget.time = max(budget.time, arrivalLimit) }
    return budget
  }

  private func probeRequest(_ subject: AssetSubject) -> ProbeRequest {
    ProbeRequest(
      expected: subject.role?.kind, depth: configuration.depth, budget: budget(subject),
      preview: configuration.previews)
  }

  /// The longest time for a remote asset to arrive.
  private var arrivalLimit: Duration { configuration.timeout ?? Self.defaultArrivalLimit }

  /// 100 MB at 7 Mbit/s.
  private static let defaultArrivalLimit: Duration = .seconds(120)

  /// A digest requires reading everything, which depth `header` does not. An asset that is too large under every reading of
  /// its limit is not transferred.
  private func openRequest(_ subject: AssetSubject) -> OpenRequest {
    OpenRequest(
      digestLimit: configuration.depth >= .full ? budget(subject).bytesRead : nil,
      transferLimit: configuration.limits.mostBytes(for: subject.role?.kind), timeLimit: arrivalLimit)
  }

  /// The location to open. A path in a job file is relative to the job's folder, and may not lead out of it and
  /// the working folder.
  private func location(of reference: AssetReference) throws(AssetError) -> AssetLocation {
    guard reference.isConfined, reference.location.path != nil else { return reference.location }
    let confinement = try PathConfinement(
      jobFolder: reference.folder.map { FilePath($0) }, workingFolder: configuration.workingFolder,
      furtherFolders: configuration.furtherFolders)
    let place = try confinement.place(reference.text)
    guard place.isInside || configuration.allowPaths else {
      throw AssetError(.outsideFolder, message: "the path leads out of the job file's folder")
    }
    return AssetLocation(path: place.path)
  }

  /// Whether the asset may be opened, by its location alone.
  private func mayOpen(_ reference: AssetReference) -> Bool {
    let location = reference.location
    if reference.isPlaceholder { return false }
    if location.path != nil { return true }
    guard let url = location.url, location.problems.isEmpty else { return false }
    guard opener.needsNetwork(for: location) else { return true }
    return AddressPolicy(allowsPrivateHosts: configuration.allowPrivateHosts).admits(HostClass(url.host))
  }
}

extension AssetError.Code {
  /// The path leads out of the folders that a job may name files in.
  static let outsideFolder = AssetError.Code(rawValue: "outside-folder")
}
