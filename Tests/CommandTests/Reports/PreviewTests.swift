import FixtureKit
import Foundation
import Testing

/// FFmpeg decodes an image a second time for its preview, and may print warnings about files that the probe found
/// valid.
struct PreviewTests {
  @Test(arguments: ["bmp/no-red-mask.bmp", "jpeg/whole-to-libjpeg-alone.jpg"])
  func librariesStaySilent(_ name: String) throws {
    let outcome = try Program.wanCheck.run(
      ["--no-config", "--format", "html", Fixture("fuzz/\(name)").url.path])
    #expect(outcome.errors.isEmpty)
    #expect(outcome.text.contains("</html>"))
  }
}
