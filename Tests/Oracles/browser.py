"""Chromium as a reader: one page that fetches files and reports what it read of each."""

import http.server
import json
import queue
import shutil
import subprocess
import tempfile
import threading

PAGE = b"""<!doctype html><meta charset=utf-8><body><script>
const late = (ms, value) => new Promise(done => setTimeout(() => done(value), ms));
async function image(url) {
  const element = new Image();
  element.src = url;
  try { await element.decode(); } catch (error) { return {refused: String(error.message).slice(0, 120)}; }
  return {size: [element.naturalWidth, element.naturalHeight]};
}
function media(kind, url) {
  return new Promise(done => {
    const element = document.createElement(kind);
    const answer = () => {
      const value = {seconds: {stated: Math.max(first, element.duration)}};
      if (kind === 'video') value.size = [element.videoWidth, element.videoHeight];
      return value;
    };
    const end = value => { element.removeAttribute('src'); element.load(); done(value); };
    element.muted = true;
    element.preload = 'auto';
    // A demuxer that finds later samples lengthens the duration a moment after the first frame.
    let first = 0;
    element.onloadeddata = () => { first = element.duration; setTimeout(() => end(answer()), 100); };
    element.onerror = () => end({refused: element.error ? element.error.message.slice(0, 120) || 'code ' + element.error.code : 'error'});
    element.src = url;
  });
}
async function one(file) {
  const url = '/file/' + file.id;
  return Promise.race([file.kind === 'image' ? image(url) : media(file.kind, url), late(8000, {late: true})]);
}
(async () => {
  for (;;) {
    const files = await (await fetch('/next', {cache: 'no-store'})).json();
    const answers = {};
    const wanted = files.slice();
    const work = async () => { for (let file; (file = wanted.shift());) answers[file.id] = await one(file); };
    await Promise.all([work(), work(), work(), work()]);
    await fetch('/done', {method: 'POST', body: JSON.stringify(answers)});
  }
})();
</script>"""


class Browser:
    """One headless Chromium; `read` reads many files at once."""

    name = "Chromium"

    def __init__(self, program="chromium"):
        self.program = shutil.which(program)
        self.requests, self.answers, self.files = queue.Queue(), queue.Queue(), {}
        self.process, self.folder, self.given = None, None, 0
        if not self.program:
            return
        browser = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def send(self, body, content_type="application/octet-stream", status=200, extra=()):
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                for name, value in extra:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                if self.path == "/":
                    return self.send(PAGE, "text/html")
                if self.path == "/next":
                    return self.send(json.dumps(browser.requests.get()).encode(), "application/json")
                data, kind = browser.files.get(self.path.removeprefix("/file/"), (None, None))
                if data is None:
                    return self.send(b"", status=404)
                span = self.headers.get("Range", "").removeprefix("bytes=").split("-")
                if len(span) == 2 and span[0].isdigit() and int(span[0]) < len(data):
                    first = int(span[0])
                    last = min(len(data) - 1, int(span[1])) if span[1].isdigit() else len(data) - 1
                    return self.send(
                        data[first : last + 1],
                        kind,
                        206,
                        [("Content-Range", f"bytes {first}-{last}/{len(data)}"), ("Accept-Ranges", "bytes")],
                    )
                return self.send(data, kind, extra=[("Accept-Ranges", "bytes")])

            def do_POST(self):
                browser.answers.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send(b"")

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        # A browser that ends, or skips a file, closes connections: no need to report that.
        self.server.handle_error = lambda *_: None
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def start(self):
        self.folder = tempfile.TemporaryDirectory(prefix="oracles-browser-", ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [
                self.program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--mute-audio",
                "--no-first-run",
                "--disable-extensions",
                "--disable-dev-shm-usage",
                "--autoplay-policy=no-user-gesture-required",
                f"--user-data-dir={self.folder.name}",
                f"http://127.0.0.1:{self.server.server_port}/",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
            self.folder.cleanup()

    def read(self, files):
        """Chromium's answer for each of `files` (name, kind, bytes, content type); a name is missing if there was no answer."""
        if not self.program or not files:
            return {}
        seen = {}
        for start in range(0, len(files), 40):
            seen.update(self._some(files[start : start + 40]))
        return seen

    def _some(self, files):
        if self.process is None or self.process.poll() is not None:
            self.stop()
            self.start()
        while not self.answers.empty():
            self.answers.get_nowait()
        # No number is used twice, so that no answer comes from a cache.
        self.given += len(files)
        ids = [str(self.given - index) for index in range(len(files))]
        self.files = {key: (data, content_type) for key, (_, _, data, content_type) in zip(ids, files)}
        self.requests.put([{"id": key, "kind": kind} for key, (_, kind, _, _) in zip(ids, files)])
        try:
            answers = self.answers.get(timeout=30 + 3 * len(files))
        except queue.Empty:
            self.stop()
            while not self.requests.empty():
                self.requests.get_nowait()
            return {}
        return {name: answers[key] for key, (name, _, _, _) in zip(ids, files) if key in answers}
