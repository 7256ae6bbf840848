import ImageProbing
import MediaFacts
import MediaReading
import ProbeWorkerLoop

// A worker as if a file had taken it over: an image that ends with `misbehave:` and a word makes it do what that says,
// every other one is measured. It is built for tests alone, and is in no product.
let loop = WorkerLoop(kinds: [.image]) { (reader, request, facts) throws(ProbeStop) in
  if let length = reader.length,
    let behaviour = Misbehaviour(try reader.bytes(at: max(0, length - 64), count: 64))
  {
    try behaviour.happen(reader)
  }
  try ImageProbe.measure(reader, request.depth, &facts)
}
loop.run()
