"""The memory of a process and of its children, as Linux reports it."""

import pathlib
import subprocess
import threading


class Watched:
    """Runs a command and keeps the highest resident memory of it and of its workers, in MB."""

    def __init__(self, command, output, period=0.05):
        self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE)
        self.period = period
        self.parent_peak = 0.0
        self.worker_peaks = {}
        self.curve = []
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def wait(self, seconds):
        """The exit status and standard error; kills the processes that have not ended."""
        try:
            errors = self.process.communicate(timeout=seconds)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        finally:
            self._ended.set()
            self._watcher.join()
        return self.process.returncode, errors.decode(errors="replace")

    def _watch(self):
        while not self._ended.is_set():
            status = memory(self.process.pid)
            if status:
                self.parent_peak = max(self.parent_peak, status[1])
                self.curve.append(status[0])
            for pid, name in children(self.process.pid):
                peak = memory(pid)
                if peak:
                    self.worker_peaks[name] = max(self.worker_peaks.get(name, 0.0), peak[1])
            self._ended.wait(self.period)


def memory(pid):
    """Resident memory now and at its highest, in MB; None if there is no such process."""
    try:
        lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    values = dict(line.split(":", 1) for line in lines if ":" in line)
    if "VmRSS" not in values:
        return None
    return tuple(int(values[key].split()[0]) / 1024 for key in ("VmRSS", "VmHWM"))


def children(pid):
    """The processes that `pid` started, with their names."""
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            numbers = task.read_text().split()
        except OSError:
            continue
        for number in numbers:
            try:
                line = pathlib.Path(f"/proc/{number}/cmdline").read_bytes()
            except OSError:
                continue
            # A process that has just ended has no name.
            if line:
                found.append((int(number), pathlib.Path(line.split(b"\0")[0].decode(errors="replace")).name))
    return found
