// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "wan-check",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "JobDocuments", targets: ["JobDocuments"]),
    .library(name: "MediaFacts", targets: ["MediaFacts"]),
    .library(name: "Locations", targets: ["Locations"]),
    .library(name: "MediaProbe", targets: ["MediaProbe"]),
    .library(name: "AssetOpening", targets: ["AssetOpening"]),
    .library(name: "AssetSource", targets: ["AssetSource"]),
    .library(name: "WanCheck", targets: ["WanCheck"]),
    .library(name: "WanSubmit", targets: ["WanSubmit"]),
    .library(name: "WanReport", targets: ["WanReport"]),
    .library(name: "WanSubmitReport", targets: ["WanSubmitReport"]),
    .library(name: "ProbeWorkers", targets: ["ProbeWorkers"]),
    .executable(name: "wan-check-probe-images", targets: ["wan-check-probe-images"]),
    .executable(name: "wan-check-probe-streams", targets: ["wan-check-probe-streams"]),
    .executable(name: "wan-check", targets: ["wan-check"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-crypto", "4.5.2"..<"5.0.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    // Floor 0: the C libraries.
    .systemLibrary(
      name: "CFFmpeg", pkgConfig: "libavformat",
      providers: [.apt(["libavformat-dev", "libavcodec-dev", "libavutil-dev"]), .brew(["ffmpeg"])]),
    .systemLibrary(
      name: "CJPEG", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CWebP", pkgConfig: "libwebpdemux",
      providers: [.apt(["libwebp-dev"]), .brew(["webp"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate",
      providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(
      name: "CMediaShims", dependencies: ["CJPEG", "CPNG", "CDeflate"],
      // For the checksums of PNG chunks; libpng needs zlib too.
      linkerSettings: [.linkedLibrary("z")]),

    // Processes, their confinement and the messages between them; Linux has the most mechanisms.
    .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    .target(name: "CWorkers"),
    .target(name: "CProcess"),
    .target(
      name: "CConfinement", dependencies: [.target(name: "CSeccomp", condition: .when(platforms: [.linux]))]),

    // Floor 0: the C library under one name on every system.
    .target(name: "Libc"),

    // Floor 1: the shared types.
    .target(name: "MediaFacts"),
    // JSON and YAML with the place of every value.
    .target(name: "JobDocuments", dependencies: ["CYAML"]),
    // URLs, paths and addresses, and how they are shown, without touching a file or a network.
    .target(
      name: "Locations",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),

    // Floor 2: the protocol of openers of assets; then bytes, and the facts in them.
    .target(
      name: "AssetOpening",
      dependencies: [
        "Libc", "Locations", "MediaFacts", .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "AssetSource",
      dependencies: [
        "AssetOpening", "Libc", "Locations", "MediaFacts",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    // The budgeted reads and the shared names of all probes; then one target for each set of C libraries, so
    // that a program links only those that it needs.
    .target(name: "MediaReading", dependencies: ["MediaFacts"]),
    .target(name: "ImageProbing", dependencies: ["MediaFacts", "MediaReading", "CMediaShims", "CWebP"]),
    .target(name: "StreamProbing", dependencies: ["MediaFacts", "MediaReading", "CFFmpeg"]),
    .target(
      name: "MediaProbe",
      dependencies: [
        "MediaFacts", "MediaReading", "ImageProbing", "StreamProbing",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),

    // Probing in worker processes: the messages, the worker, and the client.
    .target(name: "ProbeChannel", dependencies: ["MediaFacts", "CWorkers", "Libc"]),
    .target(
      name: "ProbeWorkerLoop",
      dependencies: ["MediaFacts", "MediaReading", "ProbeChannel", "CConfinement", "Libc"]),
    .executableTarget(
      name: "wan-check-probe-images",
      dependencies: ["ImageProbing", "MediaFacts", "MediaReading", "ProbeWorkerLoop"]),
    .executableTarget(
      name: "wan-check-probe-streams",
      dependencies: ["MediaFacts", "MediaReading", "ProbeWorkerLoop", "StreamProbing"]),
    .target(
      name: "ProbeWorkers",
      dependencies: [
        "MediaFacts", "ProbeChannel", "CWorkers", "Libc",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),

    // Floor 3: jobs, limits, rules, verdicts.
    .target(
      name: "WanCheck",
      dependencies: [
        "JobDocuments", "MediaFacts", "Locations", "AssetOpening",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      resources: [.embedInCode("Profile/Profiles")]),

    // Floor 4: sends what was proved valid, once.
    .target(
      name: "WanSubmit",
      dependencies: [
        "JobDocuments", "MediaFacts", "AssetSource", "WanCheck", "Locations", "AssetOpening", "Libc",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),

    // Floor 5: one file per report format.
    .target(
      name: "WanReport",
      dependencies: [
        "JobDocuments", "MediaFacts", "AssetOpening", "Locations", "WanCheck",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),

    // Floor 6: what was sent, in the same formats.
    .target(
      name: "WanSubmitReport",
      dependencies: [
        "JobDocuments", "MediaFacts", "AssetOpening", "AssetSource", "Locations", "WanCheck", "WanReport",
        "WanSubmit",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),

    // Floor 7: the command.
    .executableTarget(
      name: "wan-check",
      dependencies: [
        "CProcess", "JobDocuments", "MediaFacts", "AssetSource", "ProbeWorkers", "WanCheck", "WanSubmit",
        "WanReport", "AssetOpening", "Libc", "Locations", "WanSubmitReport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),

    // Shared by tests: fixtures, and programs to run.
    .target(name: "FixtureKit", dependencies: ["Libc"], path: "Tests/FixtureKit"),
    // Assets in memory, for tests of judging.
    .target(
      name: "JudgingKit",
      dependencies: ["JobDocuments", "WanCheck", "AssetSource", "MediaFacts", "AssetOpening", "Locations"],
      path: "Tests/JudgingKit"),
    // Servers on loopback: one that misbehaves on request, and a real nginx.
    .target(
      name: "ServerKit",
      dependencies: [
        "FixtureKit", "Libc",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ], path: "Tests/ServerKit"),

    // Every reader of untrusted bytes as a named fuzz target, with the assertions that hold for any bytes.
    .target(
      name: "FuzzKit",
      dependencies: [
        "AssetSource", "CMediaShims", "JobDocuments", "MediaFacts", "MediaProbe", "ProbeChannel",
        "AssetOpening", "Locations",
        "ProbeWorkers",
        "StreamProbing",
        "WanCheck", "WanSubmit",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/FuzzKit"),

    // A fake provider on loopback, with every fault that the real one could have.
    .target(
      name: "ProviderKit",
      dependencies: [
        "ServerKit",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
      ], path: "Tests/ProviderKit"),

    // A worker that tries the forbidden actions that its input names, to test that confinement stops them.
    .executableTarget(
      name: "misbehaving-probe-worker",
      dependencies: ["ImageProbing", "Libc", "MediaFacts", "MediaReading", "ProbeWorkerLoop"],
      path: "Tests/MisbehavingWorker"),

    .testTarget(
      name: "ProbeWorkersTests",
      dependencies: [
        "AssetOpening", "AssetSource", "FixtureKit", "Locations", "MediaFacts", "MediaProbe", "ProbeChannel",
        "ProbeWorkers",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "ProviderKitTests",
      dependencies: [
        "ProviderKit",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .testTarget(
      name: "ServerKitTests",
      dependencies: ["FixtureKit", "ServerKit", .product(name: "NIOCore", package: "swift-nio")]),
    .testTarget(name: "FuzzKitTests", dependencies: ["FixtureKit", "FuzzKit"]),
    .testTarget(name: "JobDocumentsTests", dependencies: ["JobDocuments"]),
    .testTarget(name: "MediaFactsTests", dependencies: ["MediaFacts"]),
    .testTarget(
      name: "LocationsTests",
      dependencies: ["Locations", .product(name: "SystemPackage", package: "swift-system")]),
    .testTarget(
      name: "MediaProbeTests",
      dependencies: [
        "AssetOpening", "AssetSource", "FixtureKit", "Locations", "MediaProbe", "MediaFacts", "MediaReading",
        "ImageProbing",
        "StreamProbing",
        "CMediaShims", .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "AssetSourceTests",
      dependencies: [
        "AssetOpening", "AssetSource", "FixtureKit", "Libc", "Locations", "MediaFacts", "ServerKit",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "WanCheckTests",
      dependencies: [
        "FixtureKit", "JobDocuments", "JudgingKit", "ServerKit", "WanCheck", "AssetSource", "MediaProbe",
        "AssetOpening", "Locations",
        "MediaFacts",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "WanSubmitTests",
      dependencies: [
        "FixtureKit", "JobDocuments", "JudgingKit", "ProviderKit", "ServerKit", "WanSubmit", "WanCheck",
        "AssetSource", "MediaFacts", "AssetOpening", "Locations",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "WanReportTests",
      dependencies: [
        "FixtureKit", "JudgingKit", "WanReport", "WanSubmit", "WanSubmitReport", "WanCheck", "AssetOpening",
        "AssetSource", "Locations",
        "MediaFacts",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      exclude: ["Schemas", "Checkers"]),
    // Who may import whom.
    .testTarget(name: "FloorTests", dependencies: ["FixtureKit"]),
    // The code in the documentation.
    .testTarget(
      name: "SnippetTests",
      dependencies: [
        "AssetOpening", "AssetSource", "Locations", "FixtureKit", "MediaFacts", "MediaProbe", "ProbeWorkers",
        "WanCheck", "WanReport",
        "WanSubmit", "WanSubmitReport",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    // The built command: by itself, with servers that it fetches from, and with the provider that it sends to.
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "AssetSource", "FixtureKit", "JobDocuments", "JudgingKit", "MediaFacts", "WanCheck", "WanReport",
        "AssetOpening", "Locations",
        "WanSubmit", "WanSubmitReport", "wan-check",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(name: "CommandFetchTests", dependencies: ["FixtureKit", "ServerKit"]),
    .testTarget(
      name: "CommandSubmitTests",
      dependencies: [
        "AssetOpening", "AssetSource", "FixtureKit", "Locations", "MediaFacts", "MediaProbe", "ProviderKit",
        "ServerKit", "WanReport", "WanSubmit", "WanSubmitReport", "wan-check",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
  ]
)

// Only CI sets WAN_CHECK_WARNINGS_AS_ERRORS, because a user's newer compiler must not fail on a new warning.
let warningsAreErrors = Context.environment["WAN_CHECK_WARNINGS_AS_ERRORS"] != nil

// Only `make docs` uses the documentation plugin, so packages that depend on this one do not resolve it.
if Context.environment["WAN_CHECK_DOCS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}

// A release contains the C libraries: `Scripts/lean` makes the folder of static ones that this variable names. There is no
// shared library in it, and it precedes the system's folders. The runtime exports every symbol, which keeps code that nothing uses.
if let folder = Context.environment["WAN_CHECK_LEAN"] {
  for target in package.targets where target.type == .executable {
    let linker = ["-use-ld=lld", "-L\(folder)/lib"]
    let driver = ["-static-libgcc", "-Wl,--gc-sections", "-Wl,--no-export-dynamic"]
    let flags = linker + driver.flatMap { ["-Xclang-linker", $0] }
    target.linkerSettings = (target.linkerSettings ?? []) + [.unsafeFlags(flags)]
  }
}

// Only the package in Fuzzing/ needs FuzzKit as a product. Our own code gets libFuzzer's counters and AddressSanitizer.
// Third-party code does not: the fuzzer then searches for new paths in ours, and the build is shorter.
// The code is optimised in every configuration, because more inputs a second find more.
let isFuzzed = Context.environment["WAN_CHECK_FUZZING"] != nil
if isFuzzed { package.products.append(.library(name: "FuzzKit", targets: ["FuzzKit"])) }

// `make sanitize` names the test targets that it needs: these and what they depend on are all that is built.
if let names = Context.environment["WAN_CHECK_TEST_TARGETS"] {
  var open = names.split(separator: " ").map(String.init)
  var kept: Set<String> = []
  while let name = open.popLast() {
    guard kept.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else {
      continue
    }
    for case .byNameItem(let name, _) in target.dependencies { open.append(name) }
    for case .targetItem(let name, _) in target.dependencies { open.append(name) }
  }
  package.targets.removeAll { !kept.contains($0.name) }
  package.products.removeAll { !kept.contains($0.name) }
}

for target in package.targets {
  switch target.type {
  case .regular, .test, .executable:
    guard target.type == .test || !target.name.hasPrefix("C") else {
      target.cSettings = (target.cSettings ?? []) + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])
      if isFuzzed { target.cSettings?.append(.unsafeFlags(["-fsanitize=address,fuzzer-no-link", "-O1"])) }
      continue
    }
    var settings = target.swiftSettings ?? []
    settings.append(.swiftLanguageMode(.v6))
    settings.append(.enableUpcomingFeature("ExistentialAny"))
    settings.append(.enableUpcomingFeature("MemberImportVisibility"))
    settings.append(.enableUpcomingFeature("InternalImportsByDefault"))
    if warningsAreErrors { settings.append(.treatAllWarnings(as: .error)) }
    if isFuzzed { settings.append(.unsafeFlags(["-sanitize=address,fuzzer", "-O"])) }
    target.swiftSettings = settings
  default:
    break
  }
}
