import Testing

@testable import StreamProbing

/// A build of FFmpeg may lack a part that a file needs. That says nothing about the file, so it must never become damage.
@Suite struct LibAVFailureTests {
  @Test(arguments: [
    ("AVERROR_DEMUXER_NOT_FOUND", CInt(-1_296_385_272), true),
    ("AVERROR_OPTION_NOT_FOUND", -1_414_549_496, true),
    ("AVERROR_PATCHWELCOME", -1_163_346_256, true),
    ("AVERROR(ENOSYS)", -38, true),
    ("AVERROR_INVALIDDATA", -1_094_995_529, false),
    ("AVERROR_EOF", -541_478_725, false),
  ])
  func missingPartsAreNotDamage(name: String, code: CInt, unsupported: Bool) {
    #expect(LibAVFailure(code).isUnsupported == unsupported, "\(name)")
  }
}
