// swift-tools-version: 6.2
import PackageDescription

// `make fuzz` builds this; see docs/fuzzing.md. It takes WAN_CHECK_FUZZING in the environment, or the package above has no
// product to depend on.
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
        // gold, the default, does not survive the sections of sanitizers.
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
