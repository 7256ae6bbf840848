"""A real nginx on loopback, and the counts in its log."""

import dataclasses
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

PATIENCE = 30


@dataclasses.dataclass(frozen=True)
class Request:
    """One request, as the server's log has it; `body` are the bytes of content that it sent."""

    path: str
    status: int
    body: int


class Nginx:
    """Serves `folder`, one path and all below it, as long as the context lasts."""

    def __init__(self, folder):
        self.root = pathlib.Path(folder)
        self._read = 0

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="bench-")
        self._log = pathlib.Path(self._folder.name, "access.log")
        self.port = free_port()
        configuration = pathlib.Path(self._folder.name, "nginx.conf")
        configuration.write_text(self._configuration())
        self._process = subprocess.Popen(
            [program(), "-c", configuration, "-p", self._folder.name, "-e", "error.log"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self._settle()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()
        self._folder.cleanup()

    def url(self, file):
        path = urllib.parse.quote(str(pathlib.Path(file).relative_to(self.root)))
        return f"http://127.0.0.1:{self.port}/{path}"

    def requests(self):
        """The requests since the last call."""
        self._settle()
        with open(self._log) as log:
            log.seek(self._read)
            entries = [json.loads(line) for line in log]
            self._read = log.tell()
        return [Request(entry["path"], int(entry["status"]), int(entry["body"])) for entry in entries]

    def _settle(self):
        """Waits until only the connection of this request is open: then every line has been written."""
        until = time.monotonic() + PATIENCE
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while time.monotonic() < until and self._process.poll() is None:
            try:
                with opener.open(f"http://127.0.0.1:{self.port}/-status", timeout=5) as answer:
                    if answer.read().split()[2] == b"1":
                        return
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.01)
        raise OSError("nginx does not answer, or clients have left connections open")

    def _configuration(self):
        folder = self._folder.name
        temporary = " ".join(
            f'{kind}_temp_path "{folder}/temporary";'
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        return f"""
            daemon off; master_process off; pid "{folder}/nginx.pid"; error_log "{folder}/error.log";
            events {{ worker_connections 512; }}
            http {{
              types {{ image/jpeg jpg; image/png png; image/webp webp; video/mp4 mp4; }}
              log_format counts escape=json
                '{{"path":"$uri","status":"$status","body":"$body_bytes_sent"}}';
              access_log "{self._log}" counts; sendfile on; {temporary}
              server {{
                listen 127.0.0.1:{self.port}; root "{self.root}";
                location = /-status {{ access_log off; stub_status; }}
              }}
            }}
        """


def program():
    # Debian installs it in a folder that the PATH of an ordinary user lacks.
    found = shutil.which("nginx", path=os.environ.get("PATH", os.defpath) + os.pathsep + "/usr/sbin")
    if not found:
        raise FileNotFoundError("no nginx here")
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
