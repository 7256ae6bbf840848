import FixtureKit
import Foundation
import Testing

/// A preview is a second look by FFmpeg, which has words about files that the first look found whole.
struct PreviewTests {
  @Test(arguments: ["bmp/no-red-mask.bmp", "jpeg/whole-to-libjpeg-alone.jpg"])
  func librariesStaySilent(_ name: String) throws {
    let outcome = try Program.wanCheck.run(
      ["--no-config", "--format", "html", Fixture("fuzz/\(name)").url.path])
    #expect(outcome.errors.isEmpty)
    #expect(outcome.text.contains("</html>"))
  }
}
