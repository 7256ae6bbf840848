import MediaFacts
import MediaReading
import ProbeWorkerLoop
import StreamProbing

// The worker for audio and video, which also draws the previews of images.
let loop = WorkerLoop(
  kinds: [.audio, .video],
  measure: { (reader, request, facts) throws(ProbeStop) in try StreamProbe.measure(reader, request, &facts) },
  draw: { reader, facts in ImagePreview.make(reader, facts) })
loop.run()
