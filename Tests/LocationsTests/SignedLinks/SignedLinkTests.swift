import Locations
import Testing

@Suite struct SignedLinkTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let query: String
    let provider: SignedLink.Provider?
    let from: Int64?
    let expires: Int64?
    var testDescription: String { String(query.prefix(120)) }

    init(_ query: String, _ provider: SignedLink.Provider?, from: Int64? = nil, _ expires: Int64? = nil) {
      (self.query, self.provider, self.from, self.expires) = (query, provider, from, expires)
    }
  }

  /// `{"Statement":[{"Resource":"https://h.net/*","Condition":{"DateLessThan":{"AWS:EpochTime":1795342500},`
  /// `"DateGreaterThan":{"AWS:EpochTime":1700000000}}}]}`, encoded as CloudFront does.
  static let policy =
    "eyJTdGF0ZW1lbnQiOlt7IlJlc291cmNlIjoiaHR0cHM6Ly9oLm5ldC8qIiwiQ29uZGl0aW9uIjp7IkRhdGVMZXNz"
    + "VGhhbiI6eyJBV1M6RXBvY2hUaW1lIjoxNzk1MzQyNTAwfSwiRGF0ZUdyZWF0ZXJUaGFuIjp7IkFXUzpFcG9jaFRp"
    + "bWUiOjE3MDAwMDAwMDB9fX1dfQ__"

  // date -u -d '2026-11-22 10:15:00' +%s is 1795342500.
  static let known: [Case] = [
    Case(
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261122T101500Z&X-Amz-Expires=3600&X-Amz-Signature=ab",
      .s3,
      from: 1_795_342_500, 1_795_346_100),
    Case("AWSAccessKeyId=AK&Expires=1795342500&Signature=a%2Bb%3D", .s3, 1_795_342_500),
    Case(
      "X-Goog-Date=20261122T101500Z&X-Goog-Expires=60&X-Goog-Signature=ab", .googleCloudStorage,
      from: 1_795_342_500, 1_795_342_560),
    Case(
      "X-Tos-Algorithm=TOS4-HMAC-SHA256&X-Tos-Date=20261122T101500Z&X-Tos-Expires=60&X-Tos-Signature=ab",
      .volcengineTOS, from: 1_795_342_500, 1_795_342_560),
    Case("AccessKeyId=me&Expires=1795342500&Signature=ab", .huaweiOBS, 1_795_342_500),
    // 1795342500 is 6B02C0A4 in hexadecimal.
    Case("ex=6b02c0a4&is=6b016f24&hm=ab&", .discord, 1_795_342_500),
    Case("ex=6b02c0zz&is=6b016f24&hm=ab", .discord),
    // {"url":"a/b.png","iat":1700000000,"exp":1795342500}
    Case(
      "token=eyJhbGciOiJIUzI1NiJ9.eyJ1cmwiOiJhL2IucG5nIiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3OTUzNDI1MDB9.c2ln",
      .supabase, 1_795_342_500),
    // {"sub":"x","nbf":1700000000,"exp":1795342500}
    Case(
      "token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4IiwibmJmIjoxNzAwMDAwMDAwLCJleHAiOjE3OTUzNDI1MDB9.c2ln",
      .webToken,
      from: 1_700_000_000, 1_795_342_500),
    Case("token=eyJhbGciOiJIUzI1NiJ9.bm90anNvbg.c2ln", nil), Case("token=abc.def.ghi", nil),
    Case("GoogleAccessId=me&Expires=1795342500&Signature=ab", .googleCloudStorage, 1_795_342_500),
    Case(
      "x-oss-date=20261122T101500Z&x-oss-expires=60&x-oss-signature=ab", .alibabaOSS, from: 1_795_342_500,
      1_795_342_560),
    Case("OSSAccessKeyId=me&Expires=1795342500&Signature=ab", .alibabaOSS, 1_795_342_500),
    Case("Expires=1795342500&Signature=ab&Key-Pair-Id=K", .cloudFront, 1_795_342_500),
    Case(
      "Policy=\(policy)&Signature=ab&Key-Pair-Id=K", .cloudFront, from: 1_700_000_000, 1_795_342_500),
    Case("sv=2024-11-04&se=2026-11-22T10%3A15%3A00Z&sr=b&sp=r&sig=ab", .azure, 1_795_342_500),
    Case("sv=2024-11-04&se=2026-11-22T10:15Z&sig=ab", .azure, 1_795_342_500),
    Case("sv=2024-11-04&se=2026-11-22T10:15:00.1234567Z&sig=ab", .azure, 1_795_342_500),
    Case("sv=2024-11-04&se=2026-11-22T11:15:00%2B01:00&sig=ab", .azure, 1_795_342_500),
    Case("sv=2024-11-04&se=2026-11-22T04:45:00-05:30&sig=ab", .azure, 1_795_342_500),
    Case("sv=2024-11-04&se=2026-11-22&sig=ab", .azure, 1_795_305_600),
    Case("sv=2024-11-04&st=2026-11-21&se=2026-11-22&sig=ab", .azure, from: 1_795_219_200, 1_795_305_600),
    Case("sv=2024-11-04&se=2026-11-22&ske=2026-11-21T00:00:00Z&sig=ab", .azure, 1_795_219_200),
    Case("sv=2024-11-04&se=2028-02-29&sig=ab", .azure, 1_835_395_200),
    // A user delegation key: the link works while both do.
    Case(
      "skoid=o&sktid=t&skt=2026-11-21T00:00:00Z&ske=2026-11-23&sks=b&skv=2024-11-04&sv=2024-11-04"
        + "&st=2026-11-20&se=2026-11-22&sr=b&sp=r&sig=ab", .azure, from: 1_795_219_200, 1_795_305_600),
    Case("sv=2024-11-04&ss=b&srt=o&sp=r&se=2026-11-22&si=policy&sig=ab", .azure, 1_795_305_600),
    // Seven days are the longest span, and 0 seconds a short one.
    Case(
      "X-Amz-Date=20261122T101500Z&X-Amz-Expires=604800&X-Amz-Signature=ab", .s3, from: 1_795_342_500,
      1_795_947_300),
    Case(
      "X-Amz-Date=20261122T101500Z&X-Amz-Expires=0&X-Amz-Signature=ab", .s3, from: 1_795_342_500,
      1_795_342_500),
    Case(
      "%58-Amz-Date=%320261122T101500Z&X-Amz-Expires=%36%30&X-Amz-Signature=ab", .s3, from: 1_795_342_500,
      1_795_342_560),
    // R2 and B2 speak S3, version 4.
    Case(
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=k%2F20261122%2Fauto%2Fs3%2Faws4_request"
        + "&X-Amz-Date=20261122T101500Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&x-id=GetObject&X-Amz-Signature=ab",
      .s3, from: 1_795_342_500, 1_795_342_560),
    Case("Expires=1795342500&KeyName=k&Signature=ab", .googleCloudCDN, 1_795_342_500),
    Case(
      "x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-date=20261122T101500Z&x-oss-expires=60&x-oss-signature=ab",
      .alibabaOSS, from: 1_795_342_500, 1_795_342_560),
    Case(
      "x-oss-signature-version=OSS2&x-oss-expires=1795342500&x-oss-access-key-id=k&x-oss-signature=ab",
      .alibabaOSS,
      1_795_342_500),
    Case(
      "q-sign-algorithm=sha1&q-ak=k&q-sign-time=1795342500;1795346100&q-key-time=1795342500;1795346100"
        + "&q-header-list=host&q-url-param-list=&q-signature=ab", .tencentCOS, from: 1_795_342_500,
      1_795_346_100),
    Case(
      "q-sign-time=1795342500%3B1795346100&q-key-time=1795342501%3B1795346099&q-signature=ab", .tencentCOS,
      from: 1_795_342_501, 1_795_346_099),
    Case(
      "q-sign-time=1795342500%3B1795346100&q-signature=ab", .tencentCOS, from: 1_795_342_500, 1_795_346_100),
  ]

  private static let cosKey = "&q-key-time=1795342500;1795346100&q-signature=ab"

  /// Signed, but when it ends is not said in a way that can be relied on.
  static let unknown: [Case] = [
    Case("X-Amz-Date=20261122T101500Z&X-Amz-Signature=ab", .s3, from: 1_795_342_500),
    Case("X-Amz-Date=20261122T101500Z&X-Amz-Expires=1h&X-Amz-Signature=ab", .s3, from: 1_795_342_500),
    Case("X-Amz-Date=20261122T101500Z&X-Amz-Expires=-1&X-Amz-Signature=ab", .s3, from: 1_795_342_500),
    Case("X-Amz-Date=20261122T101500&X-Amz-Expires=1&X-Amz-Signature=ab", .s3),
    Case("X-Amz-Date=20261322T101500Z&X-Amz-Expires=1&X-Amz-Signature=ab", .s3),
    Case("X-Amz-Date=20261122T241500Z&X-Amz-Expires=1&X-Amz-Signature=ab", .s3),
    Case("AWSAccessKeyId=AK&Expires=1795342500&Expires=9&Signature=ab", .s3),
    Case("AWSAccessKeyId=AK&Expires=99999999999999999999&Signature=ab", .s3),
    Case("AWSAccessKeyId=AK&Expires=%2B1&Signature=ab", .s3),
    Case("AWSAccessKeyId=AK&Expires=%FF&Signature=ab", .s3),
    Case("AWSAccessKeyId=AK&Expires&Signature=ab", .s3),
    Case("sv=2024-11-04&se=2026-02-29&sig=ab", .azure),
    Case("sv=2024-11-04&se=2026-11-22T10:15:00&sig=ab", .azure),
    Case("sv=2024-11-04&se=2026-11-22T10:15:00.Z&sig=ab", .azure),
    Case("sv=2024-11-04&se=2026-11-22T10:15:00Zx&sig=ab", .azure),
    Case("sv=2024-11-04&se=2026-11-22T10:15:00+01:00&ske=soon&sig=ab", .azure),
    Case("sv=2024-11-04&si=policy&sig=ab", .azure),
    // A second more than seven days, and what overflows.
    Case("X-Amz-Date=20261122T101500Z&X-Amz-Expires=604801&X-Amz-Signature=ab", .s3, from: 1_795_342_500),
    Case(
      "X-Goog-Date=20261122T101500Z&X-Goog-Expires=604801&X-Goog-Signature=ab", .googleCloudStorage,
      from: 1_795_342_500),
    Case(
      "X-Amz-Date=99991231T235959Z&X-Amz-Expires=9223372036854775807&X-Amz-Signature=ab", .s3,
      from: 253_402_300_799),
    Case("AWSAccessKeyId=AK&Expires=253402300800&Signature=ab", .s3),
    // Which of two counts?
    Case("X-Amz-Date=20261122T101500Z&X-Amz-Date=20261122T101500Z&X-Amz-Expires=1&X-Amz-Signature=ab", .s3),
    Case("X-Amz-Date=20261122T101500Z&x-amz-date=2&X-Amz-Expires=1&X-Amz-Signature=ab", .s3),
    Case(
      "X-Amz-Date=20261122T101500Z&X-Amz-Expires=1&X-Amz-Expires=2&X-Amz-Signature=ab", .s3,
      from: 1_795_342_500),
    Case("sv=2024-11-04&se=2026-11-22&SE=2026-11-23&sig=ab", .azure),
    Case("sv=2024-11-04&st=2026-11-21&st=2026-11-21&se=x&sig=ab", .azure),
    // Names in another case: some servers take them for theirs, some for nothing.
    Case("x-amz-date=20261122T101500Z&x-amz-expires=60&x-amz-signature=ab", .s3),
    Case("x-goog-date=20261122T101500Z&X-Goog-Expires=60&X-Goog-Signature=ab", .googleCloudStorage),
    Case("awsaccesskeyid=AK&expires=1795342500&signature=ab", .s3),
    Case("X-Oss-Date=20261122T101500Z&X-Oss-Expires=60&X-Oss-Signature=ab", .alibabaOSS),
    Case("x-oss-signature-version=OSS2&x-oss-expires=20261122T101500Z&x-oss-signature=ab", .alibabaOSS),
    Case("x-oss-expires=60&x-oss-signature=ab", .alibabaOSS),
    Case("q-sign-time=1795342500" + cosKey, .tencentCOS),
    Case("q-sign-time=1795342500;x" + cosKey, .tencentCOS),
    Case("q-sign-time=1795342500;1795346100;1" + cosKey, .tencentCOS),
    Case("q-sign-time=;" + cosKey, .tencentCOS),
    Case("q-sign-time=1795342500;1795346100&q-key-time=1&q-signature=ab", .tencentCOS),
    // {"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":9223372036854775807}}}]}
    Case(
      "Policy=eyJTdGF0ZW1lbnQiOlt7IkNvbmRpdGlvbiI6eyJEYXRlTGVzc1RoYW4iOnsiQVdTOkVwb2NoVGltZSI6OTIyMzM3MjAzNjg1NDc3"
        + "NTgwN319fV19&Signature=ab&Key-Pair-Id=K", .cloudFront),
    Case("Policy=%7B%7D&Signature=ab&Key-Pair-Id=K", .cloudFront),
    Case("Policy=e30_&Signature=ab&Key-Pair-Id=K", .cloudFront),
    Case("Policy=e30_&Expires=1&Signature=ab&Key-Pair-Id=K", .cloudFront),
  ]

  static let unsigned: [Case] = [
    Case("", nil), Case("a=b", nil), Case("Expires=1795342500", nil),
    Case("Expires=1795342500&Signature=ab", nil),
    Case("X-Amz-Date=20261122T101500Z&X-Amz-Expires=60", nil),
    Case("X-Amz-Signature=ab", nil), Case("q-signature=ab", nil), Case("x-oss-signature=ab", nil),
    Case("se=2026-11-22&sig=ab", nil), Case("&&==&", nil),
    // Two kinds at once: which one counts is not known.
    Case("AWSAccessKeyId=AK&GoogleAccessId=me&Expires=1795342500&Signature=ab", nil),
  ]

  @Test(arguments: known + unknown + unsigned)
  func readsTheTimes(_ expected: Case) throws {
    let url = try #require(AssetURL.read("https://h.net/a.png?\(expected.query)").url)
    let link = SignedLink(url)
    #expect(link?.provider == expected.provider)
    #expect(link?.validFrom == expected.from)
    #expect(link?.expires == expected.expires)
  }

  @Test func aURLWithoutQueryIsNotSigned() throws {
    #expect(SignedLink(try #require(AssetURL.read("https://h.net/a.png").url)) == nil)
  }
}
