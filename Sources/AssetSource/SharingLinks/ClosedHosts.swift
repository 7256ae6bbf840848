extension SharingService {
  /// Hosts whose links lead to pages, and from whose links no direct one can be made.
  static let closedHosts: [SharingService] = [
    closed("iCloud", "icloud.com", "www.icloud.com", "share.icloud.com"),
    closed("WeTransfer", "wetransfer.com", "*.wetransfer.com", "we.tl"),
    closed("MEGA", "mega.nz", "www.mega.nz", "mega.io", "mega.co.nz"),
    closed("MediaFire", "mediafire.com", "www.mediafire.com"),
    closed("pCloud", "u.pcloud.link", "e.pcloud.link", "my.pcloud.com"),
    closed("Yandex Disk", "disk.yandex.ru", "disk.yandex.com", "yadi.sk"),
    closed("Adobe", "lightroom.adobe.com", "adobe.ly", "acrobat.adobe.com"),
    closed("Canva", "canva.com", "www.canva.com"),
    closed("Frame.io", "app.frame.io", "f.io"),
    SharingService("Pinterest", pinterest + ["pin.it"]) { _ in .obstacle(.noDirectLinks) },
    closed("Instagram", "instagram.com", "www.instagram.com", "instagr.am"),
    closed("Flickr", "flickr.com", "www.flickr.com", "flic.kr"),
    closed("Postimages", "postimg.cc", "postimages.org"),
    closed("ImgBB", "ibb.co", "imgbb.com"),
    closed(
      "YouTube", "youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be",
      "www.youtube-nocookie.com"),
    closed("Vimeo", "vimeo.com", "www.vimeo.com", "player.vimeo.com"),
    closed("Dailymotion", "dailymotion.com", "www.dailymotion.com", "dai.ly"),
    closed("Twitch", "twitch.tv", "www.twitch.tv", "clips.twitch.tv"),
    closed("TikTok", "tiktok.com", "www.tiktok.com", "m.tiktok.com", "vm.tiktok.com", "vt.tiktok.com"),
    closed(
      "Facebook", "facebook.com", "www.facebook.com", "m.facebook.com", "web.facebook.com", "fb.com",
      "fb.watch"),
    closed("X", "x.com", "www.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"),
    closed("Reddit", "reddit.com", "www.reddit.com", "old.reddit.com", "redd.it"),
    closed("Loom", "loom.com", "www.loom.com"),
    closed("Streamable", "streamable.com", "www.streamable.com"),
    closed("SoundCloud", "soundcloud.com", "www.soundcloud.com", "m.soundcloud.com", "on.soundcloud.com"),
    closed("Spotify", "open.spotify.com"),
    closed("Slack", "*.slack.com"),
    closed("Discord", "discord.com", "www.discord.com", "discord.gg"),
  ]

  private static let pinterest = [
    "com", "de", "fr", "it", "es", "pt", "at", "ch", "dk", "se", "ie", "ca", "cl", "jp", "nz", "ph", "ru",
    "co.uk", "co.kr", "com.au", "com.mx",
  ].flatMap { ["pinterest.\($0)", "*.pinterest.\($0)"] }
}
