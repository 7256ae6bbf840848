import ImageProbing
import MediaFacts
import MediaReading
import ProbeWorkerLoop

// The worker for images. It never loads FFmpeg, whose libraries cost more time than most images.
let loop = WorkerLoop(kinds: [.image]) { (reader, request, facts) throws(ProbeStop) in
  try ImageProbe.measure(reader, request.depth, &facts)
}
loop.run()
