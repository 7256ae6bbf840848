// swift-tools-version: 6.2
import PackageDescription

// `make fuzz` builds this; see docs/fuzzing.md. Set WAN_CHECK_FUZZING in the environment: without it, the parent
// package has no product to depend on.
let package = Package(
  name: "wan-check-fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "wan-check", path: "..")],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: ["LibFuzzer", .product(name: "FuzzKit", package: "wan-check")],
      linkerSettings: [
        .unsafeFlags(["-sanitize=address,fuzzer"]),
        // The default linker, gold, crashes on the sections of sanitizers.
        .unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux])),
      ]),
    .systemLibrary(name: "LibFuzzer"),
  ]
)

for target in package.targets where target.type == .executable {
  target.swiftSettings = [
    .unsafeFlags(["-sanitize=address,fuzzer"]), .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("InternalImportsByDefault"),
  ]
}
