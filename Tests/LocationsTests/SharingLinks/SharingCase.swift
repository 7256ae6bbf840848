import Locations
import Testing

/// A URL, and the sharing link that it is.
struct SharingCase: Sendable, CustomTestStringConvertible {
  let url: String
  let service: String?
  var direct: String?
  /// The direct form as people see it, where that differs.
  var shown: String?
  var obstacle: SharingLink.Obstacle?
  var testDescription: String { url }

  /// A page, and the file that it is about.
  init(_ service: String, _ url: String, _ direct: String, shown: String? = nil) {
    (self.url, self.service, self.direct, self.shown) = (url, service, direct, shown)
  }

  /// A page of which no direct form can be made.
  init(_ service: String, _ url: String, _ obstacle: SharingLink.Obstacle) {
    (self.url, self.service, self.obstacle) = (url, service, obstacle)
  }

  /// Not a sharing page.
  init(_ url: String) {
    self.url = url
    service = nil
  }
}

extension SharingCase {
  static let all = [google, drives, code, pictures, closed, strangers].flatMap(\.self)

  private static let driveFile = "https://drive.google.com/uc?export=download&id="

  static let google: [SharingCase] = [
    SharingCase("Google Drive", "https://drive.google.com/file/d/1aB-_9/view", driveFile + "1aB-_9"),
    SharingCase("Google Drive", "https://drive.google.com/file/d/1aB/view?usp=sharing", driveFile + "1aB"),
    SharingCase("Google Drive", "http://drive.google.com/file/d/1aB/preview#x", driveFile + "1aB"),
    SharingCase("Google Drive", "https://drive.google.com/file/u/0/d/1aB/edit", driveFile + "1aB"),
    SharingCase("Google Drive", "https://drive.google.com/a/acme.net/file/d/1aB/", driveFile + "1aB"),
    SharingCase(
      "Google Drive", "https://drive.google.com/file/d/1aB/view?resourcekey=0-key&usp=sharing",
      driveFile + "1aB&resourcekey=0-key", shown: driveFile + "1aB&resourcekey=…"),
    SharingCase(
      "Google Drive", "https://DRIVE.google.com./open?id=1aB", driveFile + "1aB", shown: driveFile + "…"),
    SharingCase(
      "Google Drive", "https://drive.google.com/uc?id=1a%42&export=view", driveFile + "1a%42",
      shown: driveFile + "…"),
    SharingCase(
      "Google Drive", "https://drive.google.com/thumbnail?id=1aB&sz=w100", driveFile + "1aB",
      shown: driveFile + "…"),
    SharingCase("Google Drive", "https://drive.google.com/open?id=1&id=2", .unclear),
    SharingCase("Google Drive", "https://drive.google.com/open?id=", .unclear),
    SharingCase("Google Drive", "https://drive.google.com/file/d/", .unclear),
    SharingCase("Google Drive", "https://drive.google.com/drive/folders/1aB?usp=sharing", .notOneFile),
    SharingCase("Google Drive", "https://drive.google.com/drive/u/0/my-drive", .notOneFile),
    SharingCase("https://drive.google.com/uc?export=download&id=1aB"),
    SharingCase("https://drive.google.com/uc?id=1aB&export=download"),
    SharingCase(
      "Google Drive", "https://drive.usercontent.google.com/download?id=1aB&export=download&authuser=0",
      "https://drive.usercontent.google.com/download?id=1aB&authuser=0&export=download&confirm=t",
      shown: "https://drive.usercontent.google.com/download?id=…&authuser=…&export=download&confirm=t"),
    SharingCase("https://drive.usercontent.google.com/download?id=1aB&confirm=t"),
    SharingCase("Google Docs", "https://docs.google.com/document/d/1aB/edit", .noDirectLinks),
    SharingCase("Google Docs", "https://docs.google.com/presentation/d/1aB/edit#slide=id.p", .noDirectLinks),
    SharingCase(
      "Google Docs", "https://docs.google.com/drawings/d/1aB/edit",
      "https://docs.google.com/drawings/d/1aB/export/png"),
    SharingCase("https://docs.google.com/drawings/d/1aB/export/png"),
    SharingCase("https://docs.google.com/drawings/d/e/2PACX/pub?w=960"),
    SharingCase("Google Docs", "https://docs.google.com/file/d/1aB/edit", driveFile + "1aB"),
    SharingCase(
      "Google Docs", "https://docs.google.com/uc?id=1aB", driveFile + "1aB", shown: driveFile + "…"),
    SharingCase(
      "Google Docs", "https://docs.google.com/open?id=1aB", driveFile + "1aB", shown: driveFile + "…"),
    SharingCase("Google Docs", "https://docs.google.com/file/d/", .unclear),
    SharingCase("Google Cloud Storage", "https://storage.cloud.google.com/bucket", .notOneFile),
    SharingCase("Google Photos", "https://photos.app.goo.gl/AbCdEf", .noDirectLinks),
    SharingCase("Google Photos", "https://photos.google.com/share/AF1/photo/AF1?key=k", .noDirectLinks),
    SharingCase("https://lh3.googleusercontent.com/pw/AbC=w800"),
    SharingCase(
      "Google Cloud Storage", "https://storage.cloud.google.com/bucket/a%20b.png?authuser=1",
      "https://storage.googleapis.com/bucket/a%20b.png"),
  ]

  private static let dropboxFile = "https://www.dropbox.com/scl/fi/abc/a%20b.png"

  static let drives: [SharingCase] = [
    SharingCase("Dropbox", "https://www.dropbox.com/s/abc/a.png", "https://www.dropbox.com/s/abc/a.png?dl=1"),
    SharingCase(
      "Dropbox", "https://dropbox.com/s/abc/a.png?dl=0", "https://www.dropbox.com/s/abc/a.png?dl=1"),
    SharingCase(
      "Dropbox", dropboxFile + "?rlkey=se%63ret&st=xy&dl=0", dropboxFile + "?rlkey=se%63ret&st=xy&dl=1",
      shown: dropboxFile + "?rlkey=…&st=…&dl=1"),
    SharingCase(
      "Dropbox", dropboxFile + "?rlkey=k&dl=1&dl=0&raw=0", dropboxFile + "?rlkey=k&dl=1",
      shown: dropboxFile + "?rlkey=…&dl=1"),
    SharingCase(
      "Dropbox", dropboxFile + "?mystery=k&bare", dropboxFile + "?mystery=k&bare&dl=1",
      shown: dropboxFile + "?…&…&dl=1"),
    SharingCase(dropboxFile + "?rlkey=k&dl=1"), SharingCase(dropboxFile + "?rlkey=k&raw=1"),
    SharingCase("https://dl.dropboxusercontent.com/s/abc/a.png"),
    SharingCase("Dropbox", "https://www.dropbox.com/sh/abc/key?dl=0", .notOneFile),
    SharingCase("Dropbox", "https://www.dropbox.com/scl/fo/abc/key?rlkey=k", .notOneFile),
    SharingCase("Dropbox", "https://www.dropbox.com/home/Camera?preview=a.png", .notShared),
    SharingCase("Dropbox", "https://www.dropbox.com/t/abc", .noDirectLinks),
    SharingCase(
      "OneDrive", "https://1drv.ms/i/c/0a1b/EaBc?e=xYz", "https://1drv.ms/i/c/0a1b/EaBc?e=xYz&download=1",
      shown: "https://1drv.ms/i/c/0a1b/EaBc?e=…&download=1"),
    SharingCase("https://1drv.ms/i/c/0a1b/EaBc?e=xYz&download=1"),
    SharingCase("OneDrive", "https://1drv.ms/f/c/0a1b/EaBc", .notOneFile),
    SharingCase("OneDrive", "https://1drv.ms/i/s!AbC", .unclear),
    SharingCase(
      "OneDrive", "https://onedrive.live.com/redir?resid=A!1&authkey=!k&ithint=photo%2cpng",
      "https://onedrive.live.com/download?resid=A!1&authkey=!k",
      shown: "https://onedrive.live.com/download?resid=…&authkey=…"),
    SharingCase(
      "OneDrive", "https://onedrive.live.com/?authkey=%21k&id=A%211&cid=A",
      "https://onedrive.live.com/download?resid=A%211&authkey=%21k",
      shown: "https://onedrive.live.com/download?resid=…&authkey=…"),
    SharingCase(
      "OneDrive", "https://onedrive.live.com/embed?resid=A!1", "https://onedrive.live.com/download?resid=A!1",
      shown: "https://onedrive.live.com/download?resid=…"),
    SharingCase("https://onedrive.live.com/download?resid=A!1&authkey=!k"),
    SharingCase("OneDrive", "https://onedrive.live.com/:f:/g/EaBc", .notOneFile),
    SharingCase(
      "OneDrive", "https://onedrive.live.com/:i:/g/EaBc", "https://onedrive.live.com/:i:/g/EaBc?download=1"),
    SharingCase("OneDrive", "https://onedrive.live.com/:w:/g/EaBc", .noDirectLinks),
    SharingCase("OneDrive", "https://onedrive.live.com/", .unclear),
    SharingCase(
      "SharePoint", "https://acme.sharepoint.com/:i:/s/team/EaBc?e=x&web=1",
      "https://acme.sharepoint.com/:i:/s/team/EaBc?e=x&download=1",
      shown: "https://acme.sharepoint.com/:i:/s/team/EaBc?e=…&download=1"),
    SharingCase(
      "SharePoint", "https://acme-my.sharepoint.com/:v:/g/personal/me/EaBc",
      "https://acme-my.sharepoint.com/:v:/g/personal/me/EaBc?download=1"),
    SharingCase("SharePoint", "https://acme.sharepoint.com/:f:/s/team/EaBc", .notOneFile),
    SharingCase("SharePoint", "https://acme.sharepoint.com/:w:/s/team/EaBc", .noDirectLinks),
    SharingCase("SharePoint", "https://acme.sharepoint.com/sites/a/_layouts/15/stream.aspx?id=x", .notShared),
    SharingCase("https://acme.sharepoint.com/:i:/s/team/EaBc?download=1"),
    SharingCase("https://sharepoint.com/:i:/s/team/EaBc"),
    SharingCase("Box", "https://app.box.com/s/tok", "https://app.box.com/shared/static/tok"),
    SharingCase("Box", "https://acme.app.box.com/s/tok/", "https://acme.app.box.com/shared/static/tok"),
    SharingCase("Box", "https://acme.box.com/s/tok/file/123", .notOneFile),
    SharingCase("Box", "https://app.box.com/v/brand", .unclear),
    SharingCase("Box", "https://app.box.com/s/", .unclear),
    SharingCase("Box", "https://app.box.com/file/123", .notShared),
    SharingCase("https://app.box.com/shared/static/tok.png"),
    SharingCase("Internet Archive", "https://archive.org/details/item", .notOneFile),
    SharingCase("Internet Archive", "https://archive.org/download/item/", .notOneFile),
    SharingCase(
      "Internet Archive", "https://archive.org/details/item/a%20b.mp3",
      "https://archive.org/download/item/a%20b.mp3"),
    SharingCase("https://archive.org/download/item/a.mp3"),
  ]

  static let code: [SharingCase] = [
    SharingCase(
      "GitHub", "https://github.com/o/r/blob/main/a/b%20c.png?x=1#L1",
      "https://raw.githubusercontent.com/o/r/main/a/b%20c.png"),
    SharingCase(
      "GitHub", "http://www.github.com/o/r/blame/v1/%C3%BC.png",
      "https://raw.githubusercontent.com/o/r/v1/%C3%BC.png"),
    SharingCase("GitHub", "https://github.com/o/r/blob/main", .notOneFile),
    SharingCase("GitHub", "https://github.com/o/r/blob/main//a.png", .notOneFile),
    SharingCase("GitHub", "https://github.com/o/r/tree/main/a", .notOneFile),
    SharingCase("GitHub", "https://github.com/o/r", .notOneFile),
    SharingCase("GitHub", "https://github.com/o/r/releases", .notOneFile),
    SharingCase("GitHub", "https://github.com/o/r/releases/tag/v1", .notOneFile),
    SharingCase("https://github.com/o/r/releases/download/v1/a.mp4"),
    SharingCase("https://github.com/o/r/releases/latest/download/a.mp4"),
    SharingCase("https://github.com/o/r/blob/main/a.png?raw=true"),
    SharingCase("https://github.com/o/r/raw/main/a.png"),
    SharingCase("https://github.com/user-attachments/assets/0a1b"),
    SharingCase("https://raw.githubusercontent.com/o/r/main/a.png"),
    SharingCase("https://evil-github.com/o/r/blob/main/a.png"),
    SharingCase("https://github.com.evil.net/o/r/blob/main/a.png"),
    SharingCase("https://x.github.com/o/r/blob/main/a.png"),
    SharingCase("https://github.com:8443/o/r/blob/main/a.png"),
    SharingCase("https://140.82.121.4/o/r/blob/main/a.png"),
    SharingCase(
      "GitHub", "https://user:pw@github.com:443/o/r/blob/main/a.png",
      "https://raw.githubusercontent.com/o/r/main/a.png"),
    SharingCase(
      "GitHub Gist", "https://gist.github.com/me/0123456789abcdef0123#file-a-png",
      "https://gist.githubusercontent.com/me/0123456789abcdef0123/raw"),
    SharingCase("https://gist.github.com/me/0123456789abcdef0123/raw"),
    SharingCase(
      "GitLab", "https://gitlab.com/g/s/p/-/blob/main/a.png?ref_type=heads",
      "https://gitlab.com/g/s/p/-/raw/main/a.png"),
    SharingCase("GitLab", "https://gitlab.com/g/p/blob/main/a.png", "https://gitlab.com/g/p/raw/main/a.png"),
    SharingCase("GitLab", "https://gitlab.com/g/p/-/tree/main", .notOneFile),
    SharingCase("GitLab", "https://gitlab.com/g/p/tree/main", .notOneFile),
    SharingCase("https://gitlab.com/g/p/-/issues/1"),
    SharingCase("https://gitlab.com/g/p/-/raw/main/a.png"),
    SharingCase(
      "Bitbucket", "https://bitbucket.org/w/r/src/0a1b/d/a.png?at=main",
      "https://bitbucket.org/w/r/raw/0a1b/d/a.png"),
    SharingCase("Bitbucket", "https://bitbucket.org/w/r/src/main/", .notOneFile),
    SharingCase("https://bitbucket.org/w/r/raw/main/a.png"),
    SharingCase(
      "Hugging Face", "https://huggingface.co/o/m/blob/main/a.png",
      "https://huggingface.co/o/m/resolve/main/a.png"),
    SharingCase(
      "Hugging Face", "https://hf.co/datasets/o/d/blob/main/x/a.wav",
      "https://huggingface.co/datasets/o/d/resolve/main/x/a.wav"),
    SharingCase("Hugging Face", "https://huggingface.co/spaces/o/s/tree/main", .notOneFile),
    SharingCase("Hugging Face", "https://huggingface.co/o/m/tree/main", .notOneFile),
    SharingCase("https://huggingface.co/o/m/resolve/main/a.png"),
    SharingCase("Codeberg", "https://codeberg.org/o/r/src/branch/main", .notOneFile),
    SharingCase(
      "Codeberg", "https://codeberg.org/o/r/src/branch/main/a.png",
      "https://codeberg.org/o/r/raw/branch/main/a.png"),
  ]

  private static let commonsFile = "https://commons.wikimedia.org/wiki/Special:FilePath/"

  static let pictures: [SharingCase] = [
    SharingCase("Imgur", "https://imgur.com/AbC1234", "https://i.imgur.com/AbC1234.jpg"),
    SharingCase("Imgur", "https://m.imgur.com/a-lake-at-dusk-AbC1234", "https://i.imgur.com/AbC1234.jpg"),
    SharingCase("Imgur", "https://imgur.com/AbC1234.png", "https://i.imgur.com/AbC1234.png"),
    SharingCase("Imgur", "https://i.imgur.com/AbC1234.gifv", "https://i.imgur.com/AbC1234.mp4"),
    SharingCase("Imgur", "https://i.imgur.com/AbC1234", "https://i.imgur.com/AbC1234.jpg"),
    SharingCase("Imgur", "https://imgur.com/a/AbC12", .notOneFile),
    SharingCase("Imgur", "https://imgur.com/gallery/words-AbC1234", .notOneFile),
    SharingCase("https://i.imgur.com/AbC1234.jpg"), SharingCase("https://imgur.com/about"),
    SharingCase("https://imgur.com/upload"), SharingCase("https://imgur.com/"),
    SharingCase(
      "Wikimedia Commons", "https://commons.wikimedia.org/wiki/File:A_b%2C_c.jpg",
      commonsFile + "A_b%2C_c.jpg"),
    SharingCase(
      "Wikimedia Commons", "https://commons.wikimedia.org/wiki/file%3AA.jpg", commonsFile + "A.jpg"),
    SharingCase(
      "Wikimedia Commons", "https://commons.wikimedia.org/w/index.php?title=File:A.jpg&action=view",
      commonsFile + "A.jpg", shown: commonsFile + "…"),
    SharingCase("Wikimedia Commons", "https://commons.wikimedia.org/wiki/Category:Lakes", .notOneFile),
    SharingCase(
      "Wikipedia", "https://de.wikipedia.org/wiki/Datei:A.png",
      "https://de.wikipedia.org/wiki/Special:FilePath/A.png"),
    SharingCase(
      "Wikipedia", "https://de.wikipedia.org/w/index.php?title=Datei:A.png",
      "https://de.wikipedia.org/wiki/Special:FilePath/A.png",
      shown: "https://de.wikipedia.org/wiki/Special:FilePath/…"),
    SharingCase("https://en.wikipedia.org/wiki/Special:FilePath/A.jpg"),
    SharingCase("Wikipedia", "https://en.m.wikipedia.org/wiki/Lake", .notOneFile),
    SharingCase(commonsFile + "A.jpg"),
    SharingCase("https://upload.wikimedia.org/wikipedia/commons/a/ab/A.jpg"),
    SharingCase(
      "Unsplash", "https://unsplash.com/photos/a-lake-at-dusk-0aB-_cdEfG1",
      "https://unsplash.com/photos/0aB-_cdEfG1/download"),
    SharingCase("https://unsplash.com/photos/0aB-_cdEfG1/download"),
  ]

  static let closed: [SharingCase] = [
    ("iCloud", "https://www.icloud.com/iclouddrive/0a1#x"), ("iCloud", "https://share.icloud.com/photos/0a1"),
    ("WeTransfer", "https://we.tl/t-abc"), ("WeTransfer", "https://acme.wetransfer.com/downloads/a/b"),
    ("MEGA", "https://mega.nz/file/abc#key"), ("Pinterest", "https://www.pinterest.co.uk/pin/1/"),
    ("Pinterest", "https://pin.it/abc"), ("Instagram", "https://www.instagram.com/p/abc/"),
    ("Flickr", "https://flic.kr/p/abc"), ("YouTube", "https://youtu.be/abc"),
    ("YouTube", "https://www.youtube.com/watch?v=abc"), ("Vimeo", "https://vimeo.com/1"),
    ("TikTok", "https://vm.tiktok.com/abc"), ("Facebook", "https://fb.watch/abc"),
    ("X", "https://x.com/a/status/1"),
    ("SoundCloud", "https://soundcloud.com/a/b"), ("Slack", "https://acme.slack.com/files/U/F/a.png"),
  ].map { SharingCase($0.0, $0.1, .noDirectLinks) }

  static let strangers: [SharingCase] = [
    "https://i.pinimg.com/originals/a.jpg", "https://live.staticflickr.com/1/a.jpg",
    "https://cdn.acme.net/a.png",
    "https://notdropbox.com/s/abc/a.png", "https://dropbox.com.evil.net/s/abc/a.png", "https://com/s/abc",
    "https://evilsharepoint.com/:i:/s/a/b", "https://netflix.com/a", "https://nx.com/a",
    "https://[::1]/file/d/1",
    "https://wikipedia.org.evil.net/wiki/File:A.png", "https://box.com/s/tok",
  ].map { SharingCase($0) }
}
