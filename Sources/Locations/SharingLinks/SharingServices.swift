extension SharingService {
  /// Every known sharing host. A service that is not here needs a row and a case in `SharingCase`.
  static let all: [SharingService] = withDirectLinks + withoutDirectLinks

  private static let driveFile = "drive.google.com/uc?export=download"
  private static let dropboxFile = Target.direct(
    "www.dropbox.com{path}?[*]&dl=1", others: Others(but: "dl raw", showing: "rlkey st e"),
    unless: "dl=1", "raw=1")
  private static let microsoftFile = Target.direct(
    "{host}{path}?[*]&download=1", others: Others(but: "download web", showing: "e csf email"),
    unless: "download=1")

  private static let sharePoint: [Rule] = [
    Rule(":f:/**", .notOneFile),
    Rule(":i:|:v:|:u:|:b:|:t:/**", microsoftFile),
    Rule(":*/**", .noDirectLinks),
  ]

  private static let wikimedia: [Rule] = [
    Rule("w/index.php", .direct("{host}/wiki/Special:FilePath/{$title}"), part: wikiFile),
    Rule("wiki/{title**}", .direct("{host}/wiki/Special:FilePath/{title}"), part: wikiFile),
    Rule("wiki/Special:*|Special%3A*|Special%3a*/**", .file),
    Rule("wiki/**", .notOneFile),
  ]

  private static let withDirectLinks: [SharingService] = [
    SharingService(
      "Google Drive", "drive.google.com",
      [
        Rule("**/uc", .direct("\(driveFile)&id={$id}&[resourcekey]", unless: "export=download")),
        Rule("**/open|thumbnail", .direct("\(driveFile)&id={$id}&[resourcekey]")),
        Rule("**/folders/** **/folderview **/my-drive", .notOneFile),
        Rule("**/file/**/d/{id}/**", .direct("\(driveFile)&id={id}&[resourcekey]")),
        Rule("**/file/**", .unclear),
      ]),
    SharingService(
      "Google Drive", "drive.usercontent.google.com",
      [
        // For a large file, the plain link shows a warning that the file was not scanned for viruses.
        Rule(
          "download|uc/**",
          .direct(
            "{host}/download?[*]&export=download&confirm=t",
            others: Others(but: "confirm export", showing: "id authuser resourcekey uuid at"),
            needs: "id", unless: "confirm=t"))
      ]),
    SharingService(
      "Google Docs", "docs.google.com",
      [
        Rule("**/uc", .direct("\(driveFile)&id={$id}&[resourcekey]", unless: "export=download")),
        Rule("**/open", .direct("\(driveFile)&id={$id}&[resourcekey]")),
        Rule("**/export|pub|viewer", .file),
        Rule("**/file/**/d/{id}/**", .direct("\(driveFile)&id={id}&[resourcekey]")),
        Rule("**/file/**", .unclear),
        // Published drawings (/d/e/) and exported ones have addresses of their own.
        Rule("**/drawings/**/d/e/** **/drawings/**/export/**", .file),
        Rule("**/drawings/**/d/{id}/**", .direct("{host}/drawings/d/{id}/export/png?[resourcekey]")),
        Rule("**/document|spreadsheets|presentation|forms|videos/**", .noDirectLinks),
      ]),
    SharingService("Google Photos", "photos.google.com photos.app.goo.gl", [Rule("**", .noDirectLinks)]),
    // Every visitor must sign in there; the same object has another public address.
    SharingService(
      "Google Cloud Storage", "storage.cloud.google.com",
      [Rule("*/{object}/**", .direct("storage.googleapis.com{path}")), Rule("**", .notOneFile)]),
    SharingService(
      "OneDrive", "1drv.ms",
      [
        Rule("f|a|b/**", .notOneFile),
        // `/i/c/OWNER/TOKEN`. Older ones (`/i/s!TOKEN`) drop what is added to them.
        Rule("*/c/*/*", microsoftFile),
        Rule("**", .unclear),
      ]),
    SharingService(
      "OneDrive", "onedrive.live.com",
      sharePoint + [
        // The page of a link (`/?id=…`) names the file `id`, every other page `resid`.
        Rule(
          "/ **/redir|embed|view.aspx|edit.aspx",
          .direct("{host}/download?resid={$resid|id}&[authkey]"))
      ]),
    SharingService(
      "SharePoint", "*.sharepoint.com *.sharepoint.cn *.sharepoint.us",
      sharePoint + [
        Rule("**/onedrive.aspx|stream.aspx|AllItems.aspx|Doc.aspx|DispForm.aspx", .notShared)
      ]),
    SharingService(
      "Dropbox", "dropbox.com www.dropbox.com m.dropbox.com",
      [
        Rule("sh/** scl/fo/**", .notOneFile),
        Rule("home|work|preview/**", .notShared),
        Rule("t|transfer/**", .noDirectLinks),
        Rule("s/** scl/fi/**", dropboxFile),
      ]),
    SharingService(
      "Box", "app.box.com *.app.box.com *.box.com",
      [
        Rule("s/{token}", .direct("{host}/shared/static/{token}")),
        // A user chose this name, it is not a token.
        Rule("v/{name}", .unclear),
        Rule("s|v/{token}/**", .notOneFile),
        Rule("s|v/**", .unclear),
        Rule("file|folder|notes/**", .notShared),
      ]),
    SharingService(
      "Internet Archive", "archive.org www.archive.org",
      [
        Rule("details>download/*/{file**}", .direct("archive.org{path}")),
        Rule("download/*/*/**", .file),
        Rule("details|download|embed|stream/**", .notOneFile),
      ]),
    SharingService(
      "GitHub", "github.com www.github.com",
      [
        Rule(
          "{owner}/{repository}/blob|blame/{ref}/{file**}",
          .direct(
            "raw.githubusercontent.com/{owner}/{repository}/{ref}/{file}", unless: "raw=true", "raw=1")),
        Rule("*/*/releases/download/** */*/releases/*/download/**", .file),
        Rule("*/* */*/blob|blame|tree|releases/**", .notOneFile),
      ]),
    SharingService(
      "GitHub Gist", "gist.github.com",
      // The first one of several files.
      [
        Rule("*/{id}", .direct("gist.githubusercontent.com{path}/raw")) {
          $0.utf8.count >= 20 && $0.allSatisfy(\.isHexDigit) ? String($0) : nil
        }
      ]),
    SharingService(
      "GitLab", "gitlab.com www.gitlab.com",
      [
        // `/GROUP…/PROJECT/-/blob/REF/PATH`; old links have no hyphen.
        Rule("{}/**/-/blob|blame>raw/{}/{**}", .direct("gitlab.com{path}")),
        Rule("{}/**/-/blob|blame|tree|releases/**", .notOneFile),
        Rule("**/-/**", .file),
        Rule("{}/{}/**/blob>raw/{}/{**}", .direct("gitlab.com{path}")),
        Rule("{}/{}/**/blob|tree/**", .notOneFile),
      ]),
    SharingService(
      "Bitbucket", "bitbucket.org www.bitbucket.org",
      [
        Rule("{}/{}/src>raw/{}/{**}", .direct("bitbucket.org{path}")), Rule("*/*/src/**", .notOneFile),
      ]),
    SharingService(
      "Hugging Face", "huggingface.co www.huggingface.co hf.co",
      [
        Rule("datasets|spaces/{}/{}/blob>resolve/{}/{**}", .direct("huggingface.co{path}")),
        Rule("datasets|spaces/*/*/blob|tree/**", .notOneFile),
        Rule("{}/{}/blob>resolve/{}/{**}", .direct("huggingface.co{path}")),
        Rule("*/*/blob|tree/**", .notOneFile),
      ]),
    SharingService(
      "Codeberg", "codeberg.org",
      // `/OWNER/REPOSITORY/src/branch/NAME/PATH`, or with `commit` or `tag`.
      [
        Rule("{}/{}/src>raw/{}/{}/{**}", .direct("codeberg.org{path}")), Rule("*/*/src/**", .notOneFile),
      ]),
    SharingService(
      "Imgur", "imgur.com www.imgur.com m.imgur.com",
      [
        Rule("a|gallery|t|r|user|topic/**", .notOneFile),
        Rule("about|privacy|emerald", .file),
        // `/ID`, or `/words-of-a-title-ID`.
        Rule("{name}", .direct("i.imgur.com/{name}")) { name in
          if name.contains(".") { return imgurFile(name) }
          let id = name.split(separator: "-").last ?? ""
          return [5, 7].contains(id.utf8.count) && id.utf8.allSatisfy(\.isAlphanumeric) ? imgurFile(id) : nil
        },
      ]),
    SharingService(
      "Imgur", "i.imgur.com",
      [
        Rule("{name}", .direct("i.imgur.com/{name}")) {
          $0.contains(".") && !$0.hasSuffix(".gifv") ? nil : imgurFile($0)
        }
      ]),
    SharingService("Wikimedia Commons", "commons.wikimedia.org commons.m.wikimedia.org", wikimedia),
    SharingService("Wikipedia", "*.wikipedia.org", wikimedia),
    SharingService(
      "Unsplash", "unsplash.com www.unsplash.com",
      // After a title in words, the id is the last eleven characters.
      [Rule("photos/{id}", .direct("unsplash.com/photos/{id}/download")) { String($0.suffix(11)) }]),
  ]

  /// Imgur serves what the picture is, whatever extension is requested; `.gifv` is a page around a video.
  private static func imgurFile(_ name: Substring) -> String {
    if name.hasSuffix(".gifv") { return "\(name.dropLast(5)).mp4" }
    return name.contains(".") ? String(name) : "\(name).jpg"
  }

  /// The name after `File:` in one of its spellings; it keeps its percent-encoding.
  private static func wikiFile(_ title: Substring) -> String? {
    let lower = title.lowercased()
    for namespace in ["file", "image", "datei", "fichier", "archivo", "plik", "bestand"] {
      for colon in [":", "%3a"] where lower.hasPrefix(namespace + colon) {
        let name = title.dropFirst(namespace.count + colon.count)
        return name.isEmpty ? nil : String(name)
      }
    }
    return nil
  }

  /// Hosts whose links lead to pages and cannot be converted to direct links.
  private static let withoutDirectLinks: [SharingService] = [
    ("iCloud", "icloud.com www.icloud.com share.icloud.com"),
    ("WeTransfer", "wetransfer.com *.wetransfer.com we.tl"),
    ("MEGA", "mega.nz www.mega.nz mega.io mega.co.nz"),
    ("MediaFire", "mediafire.com www.mediafire.com"),
    ("pCloud", "u.pcloud.link e.pcloud.link my.pcloud.com"),
    ("Yandex Disk", "disk.yandex.ru disk.yandex.com yadi.sk"),
    ("Adobe", "lightroom.adobe.com adobe.ly acrobat.adobe.com"),
    ("Canva", "canva.com www.canva.com"),
    ("Frame.io", "app.frame.io f.io"),
    ("Pinterest", "pin.it \(pinterest)"),
    ("Instagram", "instagram.com www.instagram.com instagr.am"),
    ("Flickr", "flickr.com www.flickr.com flic.kr"),
    ("Postimages", "postimg.cc postimages.org"),
    ("ImgBB", "ibb.co imgbb.com"),
    (
      "YouTube",
      "youtube.com www.youtube.com m.youtube.com music.youtube.com youtu.be www.youtube-nocookie.com"
    ),
    ("Vimeo", "vimeo.com www.vimeo.com player.vimeo.com"),
    ("Dailymotion", "dailymotion.com www.dailymotion.com dai.ly"),
    ("Twitch", "twitch.tv www.twitch.tv clips.twitch.tv"),
    ("TikTok", "tiktok.com www.tiktok.com m.tiktok.com vm.tiktok.com vt.tiktok.com"),
    ("Facebook", "facebook.com www.facebook.com m.facebook.com web.facebook.com fb.com fb.watch"),
    ("X", "x.com www.x.com twitter.com www.twitter.com mobile.twitter.com"),
    ("Reddit", "reddit.com www.reddit.com old.reddit.com redd.it"),
    ("Loom", "loom.com www.loom.com"),
    ("Streamable", "streamable.com www.streamable.com"),
    ("SoundCloud", "soundcloud.com www.soundcloud.com m.soundcloud.com on.soundcloud.com"),
    ("Spotify", "open.spotify.com"),
    ("Slack", "*.slack.com"),
    ("Discord", "discord.com www.discord.com discord.gg"),
  ].map { SharingService($0.0, $0.1, [Rule("**", .noDirectLinks)]) }

  private static let pinterest = [
    "com", "de", "fr", "it", "es", "pt", "at", "ch", "dk", "se", "ie", "ca", "cl", "jp", "nz", "ph", "ru",
    "co.uk", "co.kr", "com.au", "com.mx",
  ].map { "pinterest.\($0) *.pinterest.\($0)" }.joined(separator: " ")
}
