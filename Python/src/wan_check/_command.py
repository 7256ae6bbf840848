"""Finds the command, starts it, and reads the lines that it prints."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import Any, BinaryIO, Iterator, List, Mapping, Optional, Sequence, TypedDict, Union

from ._results import Result, result

StrPath = Union[str, "os.PathLike[str]"]

# Exit codes of a run that answered: everything valid, something invalid, something inconclusive.
ANSWERS = {0, 1, 3}


class CommandError(RuntimeError):
    """The command could not run, was used wrongly, or ended early: there is no verdict.

    ``exit_code`` is the command's exit code, or ``None`` if it did not run; it is negative if a signal ended it.
    """

    def __init__(self, message: str, exit_code: Optional[int] = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class Options(TypedDict, total=False):
    """Options of ``wan-check check``, with underscores. A sequence repeats an option."""

    allow_paths: bool
    allow_private_hosts: bool
    config: StrPath
    map: Union[str, Sequence[str]]
    jobs: int
    no_config: bool
    no_sandbox: bool
    offline: bool
    profile: StrPath
    proxy: str
    report: Union[str, Sequence[str]]
    require_sandbox: bool
    shard: str
    show_urls: bool
    strict: bool
    timeout: float
    user_agent: str


def arguments(options: Mapping[str, Any]) -> List[str]:
    """The options as arguments. ``None`` and ``False`` leave an option out, except ``strict``, which a file may set."""
    unknown = sorted(set(options) - set(Options.__annotations__) - {"role", "depth"})
    if unknown:
        raise TypeError(f"unknown option {unknown[0]!r}")
    words: List[str] = []
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        if value is True:
            words.append(flag)
        elif value is False:
            words += ["--no-strict"] if name == "strict" else []
        elif value is not None:
            values = value if isinstance(value, (list, tuple)) else [value]
            words += [f"{flag}={os.fspath(one) if isinstance(one, os.PathLike) else one}" for one in values]
    return words


def executable() -> Path:
    """The command that belongs to this package, or the one that the environment variable ``WAN_CHECK`` names.

    ``PATH`` is not searched, because a command of another version could be there.
    """
    named = os.environ.get("WAN_CHECK")
    candidates = [Path(named)] if named else _installed()
    for path in candidates:
        if os.access(path, os.X_OK) and path.is_file():
            return path
    raise CommandError("no executable wan-check at " + ", ".join(map(str, candidates)))


def _installed() -> List[Path]:
    paths: List[Path] = []
    try:
        files = importlib.metadata.distribution("wan-check").files or []
        paths += [Path(os.fspath(file.locate())) for file in files if file.name == "wan-check"]
    except importlib.metadata.PackageNotFoundError:
        pass
    # `pip install --target` moves the command, and its list of files still has the old place.
    paths.append(Path(__file__).resolve().parent.parent / "bin" / "wan-check")
    paths.append(Path(sysconfig.get_path("scripts")) / "wan-check")
    return list(dict.fromkeys(paths))


def version() -> str:
    """The version of the command."""
    run = subprocess.run([executable(), "--version"], stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return run.stdout.strip()


class Run:
    """One running command that prints JSON Lines. Standard error goes to a file, so it never blocks the command."""

    def __init__(self, words: Sequence[str]) -> None:
        self.complaints = tempfile.TemporaryFile()
        try:
            command = [os.fspath(executable()), "check", "--format=jsonl", "--color=never", *words]
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints
            )
        except OSError as error:
            self.complaints.close()
            raise CommandError(f"cannot start {command[0]}: {error.strerror}") from error
        except BaseException:
            self.complaints.close()
            raise
        assert self.process.stdin is not None and self.process.stdout is not None
        self.input: BinaryIO = self.process.stdin  # type: ignore[assignment]
        self.output: BinaryIO = self.process.stdout  # type: ignore[assignment]
        self.summarized = False

    def results(self) -> Iterator[Result]:
        """The results as they come. The lines that begin and end a run are not among them."""
        for line in self.output:
            try:
                record = json.loads(line)
            except ValueError:
                raise self.failure("wan-check printed a line that is not JSON") from None
            if record.get("kind") == "run":
                continue
            if "verdict" in record:
                yield result(record)
            else:
                self.summarized = "summary" in record and not record.get("interrupted", False)

    def failure(self, otherwise: str) -> CommandError:
        """The error that describes how the command ended. Waits for its end."""
        code = self.stop()
        self.complaints.seek(0)
        said = self.complaints.read(65536).decode(errors="replace").strip()
        return CommandError(said or f"{otherwise} (exit code {code})", code)

    def finish(self) -> None:
        """Waits for the end after the last result. Raises ``CommandError`` unless the run answered everything."""
        code = self.process.wait()
        if code not in ANSWERS or not self.summarized:
            raise self.failure("wan-check ended before its summary")

    def stop(self) -> int:
        """Ends the command if it still runs, and returns its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def close(self) -> None:
        """Ends the command if it still runs, and frees everything that belongs to it."""
        self.stop()
        self.output.close()
        try:
            self.input.close()
        except BrokenPipeError:
            pass
        self.complaints.close()
