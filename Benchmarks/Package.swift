// swift-tools-version: 6.2
import PackageDescription

// The program that `Benchmarks/run` needs besides the command itself.
let package = Package(
  name: "wan-check-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "wan-check", path: ".."),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    .executableTarget(
      name: "compare-probers",
      dependencies: [
        .product(name: "MediaFacts", package: "wan-check"),
        .product(name: "MediaProbe", package: "wan-check"),
        .product(name: "ProbeWorkers", package: "wan-check"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: [
        .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("InternalImportsByDefault"),
      ])
  ]
)
