import FixtureKit
import Foundation
import Testing

/// `Scripts/check-prose` finds the words of its list in prose only.
@Suite struct ProseTests {
  private struct Trial: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The name of the file; its extension decides which parts are prose.
    var name = "page.md"
    var text: String
    /// The lines with a hit, and the words that were found.
    var finds: [String] = []
  }

  private static let trials = [
    Trial(
      testDescription: "two hits", text: "This is no page.\n\nNobody reads it.\n",  // prose: quoted
      finds: [#":1: "is no": write"#, #":3: "Nobody": write"#]),
    Trial(
      testDescription: "a phrase over a line end", text: "# One\n\nA request came to\nnothing.\n",
      finds: [#":3: "came to nothing": write"#]),
    Trial(testDescription: "a phrase over an empty line", text: "The text of this is\n\nno heading.\n"),
    Trial(
      testDescription: "good English",
      text: "There is no key. `X` stands for a name. It is no longer valid. A proxy is behind a firewall.\n"),
    Trial(
      testDescription: "code on a page",
      text: "```\nnobody\n```\n\n    nobody\n\n`nobody`, [a link](nobody.md)\n"),  // prose: quoted
    Trial(testDescription: "file names", text: "clip-behind.mp4, sound.wav, /behind/a.png\n"),
    Trial(
      testDescription: "a comment of Swift over two lines", name: "a.swift",
      text: "let a = 1  // fine\n/// What comes\n/// of it.\nlet mend = a\n",  // prose: quoted
      finds: [#":2: "What comes of": write"#]),
    Trial(
      testDescription: "string literals of Swift", name: "a.swift",
      text: #"print("the file \(sound) is no image")"#  // prose: quoted
        + "\nlet key = \"sound\"\nlet mended = 1\n",  // prose: quoted
      finds: [#":1: "is no": write"#]),
    Trial(
      testDescription: "a block comment of C", name: "a.c",
      text: "/* One\n * stands here. */\nint sound;\n",  // prose: quoted
      finds: [#":2: "stands": write"#]),
    Trial(
      testDescription: "a docstring of Python", name: "a.py",
      text: "\"\"\"It lies in a file.\"\"\"\nsound = 1\n",  // prose: quoted
      finds: [#":1: "lies in": write"#]),
    Trial(
      testDescription: "a script without an extension", name: "script",
      text: "#!/usr/bin/env python3\nprint('nobody is here')\nnobody = 1\n",  // prose: quoted
      finds: [#":2: "nobody": write"#]),
    Trial(
      testDescription: "a shell script", name: "script",
      text: "#!/bin/sh\n# Whoever calls this.\n",  // prose: quoted
      finds: [#":2: "Whoever": write"#]),
    Trial(testDescription: "a quoted source", name: "a.py", text: "S = 'nobody is here'  # prose: quoted\n"),
    Trial(testDescription: "a file without prose", name: "a.bin", text: "nobody\n"),
  ]

  @Test(arguments: trials)
  private func findsWhatPlainEnglishAvoids(trial: Trial) throws {
    let folder = try TemporaryFolder()
    try folder.write(trial.text, to: trial.name)
    let script = Fixture.root.deletingLastPathComponent().appending(path: "Scripts/check-prose")
    let outcome = try Program(executable: script).run([folder.url.path(percentEncoded: false)])
    let lines = outcome.text.split(separator: "\n")
    #expect(outcome.status == (trial.finds.isEmpty ? 0 : 1), "\(outcome.errors)")
    #expect(lines.count == trial.finds.count, "\(outcome.text)")
    for (line, words) in zip(lines, trial.finds) {
      #expect(line.contains(trial.name + words), "\(line)")
    }
  }
}
