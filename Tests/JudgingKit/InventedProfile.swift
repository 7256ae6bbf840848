package import WanCheck

extension Profile {
  /// An endpoint that does not exist, with names, nesting, modes and limits of its own: what is judged by it cannot come
  /// from any real endpoint.
  package static let invented: Profile = {
    let (profile, problems) = Profile.read(Array(inventedText.utf8), named: "acme.yml")
    guard let profile else { fatalError("\(problems)") }
    return profile
  }()

  /// Its file.
  package static let inventedText = """
    id: acme/motion-1
    title: Motion 1
    sources:
      page:
        document: Acme handbook
        address: https://acme.example/handbook
        captured: 2026-11-20
        quoted: true
      forum: {document: Acme forum, captured: 2026-11-21}
    endpoint: {base: "https://api.acme.example", path: /motion, key_header: x-acme}
    fields:
      - {name: text, type: string, means: prompt, required: true, max: 40, sentence: Up to 40 characters.}
      - name: input
        type: object
        fields:
          - name: first
            type: object
            fields:
              - name: url
                type: string
                means: start_image
                spellings: [opening_still]
                examples: ["https://acme.example/first.png"]
          - name: last
            type: object
            fields: [{name: url, type: string, means: end_image}]
          - name: clip
            type: object
            fields: [{name: url, type: string, means: video}]
      - name: settings
        type: object
        fields:
          - {name: seconds, type: integer, means: duration, default: 4, min: 1, max: 8, sentence: 1 to 8 s.}
          - {name: size, type: string, means: resolution, one_of: [480p, 540p], source: forum, sentence: Two sizes.}
          - {name: looped, type: boolean}
      - {name: tags, type: object, open: true}
    modes:
      - {mode: first_frame, needs: [start_image]}
      - {mode: first_last_frame, needs: [start_image, end_image]}
      - {mode: video_continuation, needs: [video, end_image]}
    limits:
      - {of: image, measure: formats, one_of: [png], sentence: PNG only.}
      - {of: image, measure: side, min: 100, max: 1000, sentence: 100 to 1000 px.}
      - {of: end_image, measure: side, min: 50, max: 500, sentence: The last frame has 50 to 500 px.}
      - {of: image, measure: size, max: 1.5, sentence: 1.5 MB.}
      - {of: video, measure: formats, one_of: [mov], sentence: MOV only.}
      - {of: video, measure: duration, min: 1, max: 3, source: forum, sentence: Clips of 1 to 3 s work.}
    rules:
      job-mode: {sentence: A still or a clip.}
      duration-covers-video: {sentence: The total counts.}

    """
}
