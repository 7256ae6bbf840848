"""Checks files and jobs."""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING, Any, Iterable, Iterator, List, Mapping, Optional, Union

from ._command import CommandError, Options, Run, StrPath, arguments
from ._results import Result

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Literal, Self, Unpack

    Role = Literal["start_image", "end_image", "audio", "video"]
    Depth = Literal["header", "full", "decode"]


def check(
    inputs: Union[StrPath, Iterable[StrPath]],
    *,
    role: Optional[Role] = None,
    depth: Optional[Depth] = None,
    **options: Unpack[Options],
) -> Iterator[Result]:
    """Checks assets (paths or URLs), job files and folders, and yields the results in order, as soon as they are known.

    The options are those of the command, with underscores. Nothing runs before the first result is requested. To stop early,
    close the iterator. A result that is not valid is not an exception: see ``Result.raise_for_verdict``.

    Raises ``CommandError`` if the command cannot run or does not answer everything.
    """
    names = [inputs] if isinstance(inputs, (str, os.PathLike)) else inputs
    words = arguments({"role": role, "depth": depth, **options})
    return _check(names, words)


def _check(names: Iterable[StrPath], words: List[str]) -> Iterator[Result]:
    run = Run(["--files-from0=-", *words])
    failures: List[BaseException] = []

    def feed() -> None:
        try:
            for name in names:
                encoded = os.fsencode(name)
                if b"\0" in encoded:
                    raise ValueError("an input contains a null character")
                run.input.write(encoded + b"\0")
            run.input.close()
        except BrokenPipeError:
            pass
        except BaseException as error:
            # The error of the caller's own iterable belongs to the caller's thread. The command must not check half a list.
            failures.append(error)
            run.stop()

    feeder = threading.Thread(target=feed, name="wan-check inputs", daemon=True)
    feeder.start()
    try:
        yield from run.results()
        run.process.wait()
        if failures:
            raise failures[0]
        run.finish()
    finally:
        # The thread is not joined: the caller's iterable may never return. Its next write fails, and it ends.
        run.close()


def check_job(job: Mapping[str, Any], **options: Any) -> Result:
    """Checks one job: a request body, bare or as ``{"id": …, "job": …}``. It takes the options of ``check``.

    Relative paths in the job are relative to the working folder. For many jobs, use ``Checker``.
    """
    with Checker(**options) as checker:
        return checker.check_job(job)


class Checker:
    """A command that stays running and checks job after job. Threads may share it; they take turns.

    >>> with Checker(depth="header") as checker:
    ...     for job in jobs:
    ...         checker.check_job(job).raise_for_verdict()
    """

    def __init__(
        self, *, role: Optional[Role] = None, depth: Optional[Depth] = None, **options: Unpack[Options]
    ) -> None:
        words = arguments({"role": role, "depth": depth, **options})
        self._lock = threading.Lock()
        self._run: Optional[Run] = Run(["-", "--stdin-filename=jobs.jsonl", *words])
        self._results = self._run.results()
        self._sent = 0

    def check_job(self, job: Mapping[str, Any]) -> Result:
        """Checks one job: a request body, bare or as ``{"id": …, "job": …}``.

        Raises ``CommandError`` if the command ended, and ``ValueError`` if the job is not JSON. In both cases nothing was
        proved.
        """
        if not isinstance(job, Mapping):
            raise TypeError("a job is a mapping")
        line = json.dumps(dict(job), allow_nan=False).encode() + b"\n"
        with self._lock:
            if self._run is None:
                raise CommandError("the checker is closed")
            try:
                self._run.input.write(line)
                self._run.input.flush()
                result = next(self._results, None)
            except BrokenPipeError:
                result = None
            except BaseException:
                # After an interruption, the next line of output would be the answer to this job.
                self._abandon()
                raise
            expected, self._sent = self._sent, self._sent + 1
            if result is None or result.index != expected:
                error = self._run.failure("wan-check ended before it answered")
                self._abandon()
                raise error
            return result

    def close(self) -> None:
        """Ends the command. Raises ``CommandError`` if it did not end in order."""
        with self._lock:
            if self._run is None:
                return
            try:
                self._run.input.close()
                for _ in self._results:
                    pass
                self._run.finish()
            except BrokenPipeError:
                raise self._run.failure("wan-check ended early") from None
            finally:
                self._abandon()

    def _abandon(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        if kind is None:
            self.close()
        else:
            # The exception on its way is what the caller needs to see.
            with self._lock:
                self._abandon()
