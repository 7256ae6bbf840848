"""Job files in which one address breaks a rule that needs no network."""

from jobs_accept import text
from jobs_fields import rule

HOST = "https://cdn.acme-studio.net"


def each(name, what, cases):
    """A job file for each (file name, address of the first frame)."""
    job = rule(name)
    for ending, url in cases:
        job(f"{ending}.json", f"{what}: {url if len(url) < 60 else ending}", text({"start_image_url": url}))


each("url-syntax", "no address", [
    ("loopback-percent", "https://127%2e0.0.1/a.png"), ("angle-brackets", "https://<your-bucket>/a.png"),
    ("blank-inside", f"{HOST}/a b.png"), ("no-host", "https:///a.png"),
    ("port-words", "https://cdn.acme-studio.net:x/a.png"),
    ("port-65536", "https://cdn.acme-studio.net:65536/a.png"), ("bad-percent", f"{HOST}/%zz.png"),
    ("unclosed-bracket", "https://[::1/a.png"), ("leading-blank", f" {HOST}/a.png"), ("line-end", f"{HOST}/a.png\n"),
    ("backslash", "https:\\\\cdn.acme-studio.net\\a.png"), ("umlaut", f"{HOST}/ä.png"), ("nul", f"{HOST}/a\0.png"),
    ("one-slash", "https:/cdn.acme-studio.net/a.png"), ("octet-256", "https://256.1.1.1/a.png"),
    ("label-of-64", f"https://{'a' * 64}.net/a.png"), ("quoted", f'"{HOST}/a.png"'),
    ("markdown", f"![a]({HOST}/a.png)"), ("in-angle-brackets", f"<{HOST}/a.png?w=3>"),
    ("html-entities", f"{HOST}/a.png?w=3&amp;h=4"),
    ("base64", "iVBORw0KGgoAAAANSUhEUgAAAUAAAADwCAIAAAD+Tyo8AAAABGdBTUEAALGPC/xhBQAAACBjSFJNAAB6JgAAgIQ=")])
each("url-scheme", "another scheme", [
    ("ftp", "ftp://cdn.acme-studio.net/a.png"), ("file", "file:///srv/a.png"),
    ("data", "data:image/png;base64,iVBORw0KGgo="),
    ("s3", "s3://bucket/a.png"), ("gs", "gs://bucket/a.png"), ("javascript", "javascript:alert(1)"),
    ("windows", "C:\\pictures\\a.png"), ("blob", "blob:https://cdn.acme-studio.net/9c1f")])
each("url-local", "a path", [
    ("relative", "../../media/start.png"), ("dot", "./../../media/start.png"),
    ("outside-absolute", "/etc/hosts"), ("outside-relative", "../../../../../../../../../../etc/hosts"),
    ("outside-encoded", "..%2f..%2f..%2f..%2f..%2f..%2fetc%2fhosts"), ("home", "~/a.png"),
    ("folder", "../../media"), ("device", "/dev/zero")])
each("url-placeholder", "an address of the documentation", [
    ("example-com", "https://example.com/a.png"), ("page-example", "https://example.com/start-frame.jpg"),
    ("www-example-com", "https://www.example.com/a.png"), ("upper-case", "https://EXAMPLE.COM/a.png"),
    ("string", "<string>")])
each("url-credentials", "user information", [
    ("user-password", "https://user:secret@cdn.acme-studio.net/a.png"),
    ("user", "https://user@cdn.acme-studio.net/a.png"),
    ("looks-like-host", "https://cdn.acme-studio.net@10.0.0.1/a.png"),
    ("bot-token", "https://api.telegram.org/file/bot123456:AAEhBOweik9ai2o01n0M1bX/a.png"),
    ("password-in-path", "https://cdn.acme-studio.net/user:secret@/a.png")])
each("url-not-public", "not public", [
    ("localhost", "https://localhost/a.png"), ("localhost-dot", "https://localhost./a.png"),
    ("sub-localhost", "https://a.localhost/a.png"), ("loopback", "https://127.0.0.1/a.png"),
    ("loopback-short", "https://127.1/a.png"), ("loopback-hex", "https://0x7f.1/a.png"),
    ("loopback-decimal", "https://2130706433/a.png"), ("loopback-octal", "https://017700000001/a.png"),
    ("loopback-full-width", "https://１２７.0.0.1/a.png"),
    ("zero", "https://0.0.0.0/a.png"), ("private-10", "https://10.1.2.3/a.png"),
    ("private-172", "https://172.16.0.1/a.png"), ("private-192", "https://192.168.1.20:8080/a.png"),
    ("link-local", "https://169.254.1.1/a.png"), ("metadata", "http://169.254.169.254/latest/meta-data/"),
    ("metadata-name", "http://metadata.google.internal/a.png"), ("cgnat", "https://100.64.0.1/a.png"),
    ("multicast", "https://224.0.0.1/a.png"), ("broadcast", "https://255.255.255.255/a.png"),
    ("documentation", "https://192.0.2.1/a.png"), ("benchmark", "https://198.18.0.1/a.png"),
    ("ipv6-loopback", "https://[::1]/a.png"), ("ipv6-mapped", "https://[::ffff:127.0.0.1]/a.png"),
    ("ipv6-unspecified", "https://[::]/a.png"), ("ipv6-ula", "https://[fd00::1]/a.png"),
    ("ipv6-link-local", "https://[fe80::1]/a.png"), ("ipv6-nat64", "https://[64:ff9b::7f00:1]/a.png"),
    ("ipv6-6to4", "https://[2002:7f00:1::]/a.png"), ("ipv6-documentation", "https://[2001:db8::1]/a.png"),
    ("dot-local", "https://printer.local/a.png"), ("single-label", "https://fileserver/a.png"),
    ("dot-internal", "https://media.internal/a.png"), ("dot-test", "https://media.test/a.png")])
each("url-insecure", "without TLS", [
    ("http", "http://cdn.acme-studio.net/a.png"), ("http-port", "http://cdn.acme-studio.net:8080/a.png")])

AMAZON = "https://bucket.s3.amazonaws.com/a.png"
each("url-expired", "a signed link that has ended", [
    ("discord", "https://cdn.discordapp.com/attachments/1/2/a.png?ex=5e0be100&is=5e0a8f80&hm=00ff&"),
    ("volcengine", "https://b.tos-cn-beijing.volces.com/a.png?X-Tos-Algorithm=TOS4-HMAC-SHA256"
                   "&X-Tos-Date=20200101T000000Z&X-Tos-Expires=3600&X-Tos-Signature=00ff"),
    ("huawei", "https://b.obs.cn-north-4.myhuaweicloud.com/a.png?AccessKeyId=K&Expires=1577836800&Signature=AA%3D"),
    ("supabase", "https://p.supabase.co/storage/v1/object/sign/b/a.png?token=eyJhbGciOiJIUzI1NiJ9"
                 ".eyJ1cmwiOiJiL2EucG5nIiwiaWF0IjoxNTc3ODMzMjAwLCJleHAiOjE1Nzc4MzY4MDB9.c2ln"),
    ("s3-v4", f"{AMAZON}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAEXAMPLE%2F20200101%2Fus-east-1%2Fs3"
              "%2Faws4_request&X-Amz-Date=20200101T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host"
              "&X-Amz-Signature=00ff"),
    ("s3-v2", f"{AMAZON}?AWSAccessKeyId=AKIAEXAMPLE&Expires=1577836800&Signature=AAAA%3D"),
    ("gcs-v4", "https://storage.googleapis.com/bucket/a.png?X-Goog-Algorithm=GOOG4-RSA-SHA256"
               "&X-Goog-Credential=a%40b&X-Goog-Date=20200101T000000Z&X-Goog-Expires=900&X-Goog-Signature=00ff"),
    ("gcs-v2", "https://storage.googleapis.com/bucket/a.png?GoogleAccessId=a%40b&Expires=1577836800&Signature=AAAA%3D"),
    ("azure", "https://account.blob.core.windows.net/box/a.png?sv=2022-11-02&st=2019-12-31T00%3A00%3A00Z"
              "&se=2020-01-01T00%3A00%3A00Z&sr=b&sp=r&sig=AAAA%3D"),
    ("azure-date-only",
     "https://account.blob.core.windows.net/box/a.png?sv=2022-11-02&se=2020-01-01&sr=b&sp=r&sig=AA%3D"),
    ("cloudfront", "https://d111111abcdef8.cloudfront.net/a.png?Expires=1577836800&Signature=AAAA&Key-Pair-Id=K1"),
    ("cloudfront-policy", "https://d111111abcdef8.cloudfront.net/a.png?Policy=eyJTdGF0ZW1lbnQiOlt7IlJlc291cmNlIjoiKiIs"
                          "IkNvbmRpdGlvbiI6eyJEYXRlTGVzc1RoYW4iOnsiQVdTOkVwb2NoVGltZSI6MTU3NzgzNjgwMH19fV19"
                          "&Signature=AAAA&Key-Pair-Id=K1"),
    ("oss-v2", "https://bucket.oss-cn-hangzhou.aliyuncs.com/a.png?x-oss-signature-version=OSS2"
               "&x-oss-expires=1577836800&x-oss-access-key-id=K1&x-oss-signature=AAAA%3D"),
    ("oss-v4", "https://bucket.oss-cn-hangzhou.aliyuncs.com/a.png?x-oss-signature-version=OSS4-HMAC-SHA256"
               "&x-oss-date=20200101T000000Z&x-oss-expires=900&x-oss-signature=00ff"),
    ("tencent-cos", "https://bucket.cos.ap-guangzhou.myqcloud.com/a.png?q-sign-algorithm=sha1&q-ak=K1"
                    "&q-sign-time=1577833200;1577836800&q-key-time=1577833200;1577836800&q-header-list="
                    "&q-url-param-list=&q-signature=00ff"),
    # Not expired, but not begun either.
    ("azure-begins-in-2099", "https://account.blob.core.windows.net/box/a.png?sv=2022-11-02&st=2099-12-31T00%3A00%3A00Z"
                             "&se=2100-01-01T00%3A00%3A00Z&sr=b&sp=r&sig=AAAA%3D")])
# Judged as of 2030-01-01T00:00:00Z, each of these has ten minutes left, and has worked for days.
each("url-expires-soon", "a signed link that ends on 2030-01-01 at 00:10 UTC", [
    ("s3-v4", f"{AMAZON}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAEXAMPLE%2F20291225%2Fus-east-1%2Fs3"
              "%2Faws4_request&X-Amz-Date=20291225T001000Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host"
              "&X-Amz-Signature=00ff"),
    ("gcs-v4", "https://storage.googleapis.com/bucket/a.png?X-Goog-Algorithm=GOOG4-RSA-SHA256"
               "&X-Goog-Credential=a%40b&X-Goog-Date=20291225T001000Z&X-Goog-Expires=604800&X-Goog-Signature=00ff"),
    ("azure", "https://account.blob.core.windows.net/box/a.png?sv=2022-11-02&se=2030-01-01T00%3A10%3A00Z&sr=b&sp=r"
              "&sig=AAAA%3D"),
    ("cloudfront", "https://d111111abcdef8.cloudfront.net/a.png?Expires=1893456600&Signature=AAAA&Key-Pair-Id=K1")])
each("file-missing", "not there", [("start", "../../media/none.png"), ("folder-missing", "none/start.png"),
                                   ("name-too-long", "a" * 300 + ".png")])
