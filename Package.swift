// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "wan-check",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "MediaFacts", targets: ["MediaFacts"]),
    .library(name: "MediaProbe", targets: ["MediaProbe"]),
    .library(name: "AssetSource", targets: ["AssetSource"]),
    .library(name: "WanCheck", targets: ["WanCheck"]),
    .library(name: "WanSubmit", targets: ["WanSubmit"]),
    .library(name: "WanReport", targets: ["WanReport"]),
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
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
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
    .target(
      name: "CMediaShims", dependencies: ["CJPEG", "CPNG", "CDeflate"],
      // For the checksums of PNG chunks; libpng needs zlib anyway.
      linkerSettings: [.linkedLibrary("z")]),

    // Processes, their confinement and the words between them; Linux has the most to offer.
    .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    .target(name: "CWorkers"),
    .target(name: "CProcess"),
    .target(
      name: "CConfinement", dependencies: [.target(name: "CSeccomp", condition: .when(platforms: [.linux]))]),

    // Floor 1: the shared words.
    .target(name: "MediaFacts"),

    // Floor 2: bytes, and what they say.
    .target(
      name: "AssetSource",
      dependencies: [
        "MediaFacts",
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
    // How every probe reads within its budget and names what it reads; then one target for each set of C libraries, so
    // that a program links no more of them than it needs.
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

    // The same in processes of their own: what both sides say, the side that measures, and the side that asks.
    .target(name: "ProbeChannel", dependencies: ["MediaFacts", "CWorkers"]),
    .target(
      name: "ProbeWorkerLoop", dependencies: ["MediaFacts", "MediaReading", "ProbeChannel", "CConfinement"]),
    .executableTarget(
      name: "wan-check-probe-images",
      dependencies: ["ImageProbing", "MediaFacts", "MediaReading", "ProbeWorkerLoop"]),
    .executableTarget(
      name: "wan-check-probe-streams",
      dependencies: ["MediaFacts", "MediaReading", "ProbeWorkerLoop", "StreamProbing"]),
    .target(
      name: "ProbeWorkers",
      dependencies: [
        "MediaFacts", "ProbeChannel", "CWorkers",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),

    // Floor 3: jobs, limits, rules, verdicts.
    .target(
      name: "WanCheck",
      dependencies: [
        "MediaFacts", "AssetSource",
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "Yams", package: "Yams"),
      ]),

    // Floor 4: what was proved valid is sent, once.
    .target(
      name: "WanSubmit",
      dependencies: [
        "MediaFacts", "AssetSource", "WanCheck",
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
        "MediaFacts", "AssetSource", "WanCheck", "WanSubmit",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),

    // Floor 6: the command.
    .executableTarget(
      name: "wan-check",
      dependencies: [
        "CProcess", "MediaFacts", "AssetSource", "ProbeWorkers", "WanCheck", "WanSubmit", "WanReport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),

    // What the tests share: fixtures, and programs to run.
    .target(name: "FixtureKit", path: "Tests/FixtureKit"),
    // Assets that exist in memory only, for tests of what is judged.
    .target(
      name: "JudgingKit", dependencies: ["WanCheck", "AssetSource", "MediaFacts"], path: "Tests/JudgingKit"),
    // Servers on loopback: one that misbehaves on request, and a real nginx.
    .target(
      name: "ServerKit",
      dependencies: [
        "FixtureKit",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ], path: "Tests/ServerKit"),

    // Everything that reads strangers' bytes, under the name of a fuzz target, with what must hold of any bytes.
    .target(
      name: "FuzzKit",
      dependencies: [
        "AssetSource", "CMediaShims", "MediaFacts", "MediaProbe", "ProbeChannel", "ProbeWorkers",
        "StreamProbing",
        "WanCheck", "WanSubmit",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/FuzzKit"),

    // The provider on loopback, with every fault that it could have.
    .target(
      name: "ProviderKit",
      dependencies: [
        "ServerKit",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
      ], path: "Tests/ProviderKit"),

    // A worker that does what files tell it, to see that it cannot.
    .executableTarget(
      name: "misbehaving-probe-worker",
      dependencies: ["ImageProbing", "MediaFacts", "MediaReading", "ProbeWorkerLoop"],
      path: "Tests/MisbehavingWorker"),

    .testTarget(
      name: "ProbeWorkersTests",
      dependencies: [
        "AssetSource", "FixtureKit", "MediaFacts", "MediaProbe", "ProbeChannel", "ProbeWorkers",
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
    .testTarget(name: "MediaFactsTests", dependencies: ["MediaFacts"]),
    .testTarget(
      name: "MediaProbeTests",
      dependencies: [
        "AssetSource", "FixtureKit", "MediaProbe", "MediaFacts", "MediaReading", "ImageProbing",
        "StreamProbing",
        "CMediaShims", .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "AssetSourceTests",
      dependencies: [
        "AssetSource", "FixtureKit", "MediaFacts", "ServerKit",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "WanCheckTests",
      dependencies: [
        "FixtureKit", "JudgingKit", "ServerKit", "WanCheck", "AssetSource", "MediaProbe", "MediaFacts",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "WanSubmitTests",
      dependencies: [
        "FixtureKit", "JudgingKit", "ProviderKit", "ServerKit", "WanSubmit", "WanCheck", "AssetSource",
        "MediaFacts",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "WanReportTests",
      dependencies: [
        "FixtureKit", "JudgingKit", "WanReport", "WanSubmit", "WanCheck", "AssetSource", "MediaFacts",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      exclude: ["Schemas", "Checkers"]),
    // The code in the documentation.
    .testTarget(
      name: "SnippetTests",
      dependencies: [
        "AssetSource", "FixtureKit", "MediaFacts", "MediaProbe", "ProbeWorkers", "WanCheck", "WanReport",
        "WanSubmit",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "AssetSource", "FixtureKit", "MediaFacts", "MediaProbe", "ProviderKit", "ServerKit", "WanCheck",
        "WanReport",
        "WanSubmit", "wan-check",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
  ]
)

// CI sets WAN_CHECK_WARNINGS_AS_ERRORS; a user's newer compiler must not fail on a new warning.
let warningsAreErrors = Context.environment["WAN_CHECK_WARNINGS_AS_ERRORS"] != nil

// The documentation plugin is for `make docs` alone, so that nobody who depends on the package resolves it.
if Context.environment["WAN_CHECK_DOCS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}

// The package in Fuzzing/ needs a product to depend on; nobody else does. Our own code gets libFuzzer's counters and
// AddressSanitizer, and what others wrote does not: a fuzzer shall look for new ways through ours, and the build is shorter.
// It is optimised whatever the configuration, since what counts is how many inputs it gets through.
let isFuzzed = Context.environment["WAN_CHECK_FUZZING"] != nil
if isFuzzed { package.products.append(.library(name: "FuzzKit", targets: ["FuzzKit"])) }

for target in package.targets {
  switch target.type {
  case .regular, .test, .executable:
    guard !target.name.hasPrefix("C") || target.name == "CommandTests" else {
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
