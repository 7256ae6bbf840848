/// The file that `wan-check init` writes.
enum ConfigurationTemplate {
  /// The text of the file, in which every setting is commented out. Lines that begin with `# ` are settings,
  /// and lines that begin with `##` are explanations.
  static let text = """
    ## Settings of wan-check, for everything below this folder: docs/configuration.md tells each.
    ## `wan-check --print-config` shows what holds; `wan-check schema config` prints a JSON Schema for editors.
    ## The command line comes first, then the environment (WAN_CHECK_DEPTH, WAN_CHECK_STRICT, WAN_CHECK_CONCURRENCY),
    ## then this file. It can never allow private hosts, widen paths, change the API's address, or name a key.

    ## How much of each asset is read: header, full or decode.
    # depth: full

    ## Whether warnings count as errors.
    # strict: false

    ## Assets that are examined at a time, 1 to 256.
    # concurrency: 8

    ## Severity of hazards: error, warning, note or off. Documented limits are always errors.
    # rules:
    #   image-alpha: error
    #   image-orientation: off

    ## Findings to live with for a while: they are told as suppressed, and do not change the exit code; a job stays
    ## invalid, and is not sent. `path` is a pattern from this folder; after `expires` the finding counts again.
    # ignore:
    #   - rule: image-dimensions
    #     path: drafts/**
    #     reason: drafts are drawn small
    #     expires: 2030-12-31

    ## Other limits than the documented ones: reports say so, and `submit` wants --accept-overrides.
    # limits:
    #   image-side: {min: 480}
    #   audio-formats: {one_of: [mp3]}

    ## Folders of this repository that hold what will be served below a URL.
    # map:
    #   https://cdn.example.net/media: .

    """
}
