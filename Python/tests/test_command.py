from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import wan_check
from wan_check._command import Options

# The options that the API sets itself, or that have no place in it.
OWN = {
    "color", "files_from0", "format", "help", "print_config", "quiet", "show_valid", "stdin_filename", "verbose", "version",
    "no_strict", "role", "depth", "exit_zero",
}  # fmt: skip


def test_the_api_has_every_option_of_the_command() -> None:
    dump = subprocess.run([wan_check.executable(), "--experimental-dump-help"], stdout=subprocess.PIPE, check=True)
    root = json.loads(dump.stdout)["command"]
    check = next(command for command in root["subcommands"] if command["commandName"] == "check")
    names = {
        name["name"].replace("-", "_")
        for argument in check["arguments"]
        if argument.get("shouldDisplay", True)
        for name in argument.get("names", [])
        if name["kind"] == "long"
    }
    assert len(names) > 20
    assert names - OWN - set(Options.__annotations__) == set()


def test_the_module_is_the_command(image: Path) -> None:
    run = subprocess.run([sys.executable, "-m", "wan_check", "--version"], stdout=subprocess.PIPE, encoding="utf-8")
    assert run.returncode == 0 and run.stdout.strip() == wan_check.version()
    assert subprocess.call([sys.executable, "-m", "wan_check", "--depth=deep", image], stderr=subprocess.DEVNULL) == 2


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    program = folder / "wan-check"
    program.write_text("#!/bin/sh\n" + textwrap.dedent(body))
    program.chmod(0o755)
    monkeypatch.setenv("WAN_CHECK", os.fspath(program))


RESULT = (
    '{"input":"a","index":0,"kind":"asset","id":null,"mode":null,"verdict":"valid","submittable":false,'
    '"not_submittable_because":[],"assets":[],"findings":[]}'
)


@pytest.mark.parametrize(
    "summary", ['{"kind":"summary","summary":{"inputs":1}}', '{"summary":{"inputs":1},"profile":{}}']
)
@pytest.mark.parametrize("head", ['{"kind":"run","schema_version":2}', ""])
def test_lines_that_begin_and_end_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str, summary: str
) -> None:
    lines = "\n".join(line for line in [head, RESULT, summary] if line)
    fake(tmp_path, monkeypatch, f"cat >/dev/null; cat <<'END'\n{lines}\nEND\n")
    assert [result.verdict for result in wan_check.check("a")] == ["valid"]


@pytest.mark.parametrize(
    "end, message",
    [
        ("exit 0", "before its summary"),
        ("echo '{\"summary\":{}}'; echo broken >&2; exit 4", "broken"),
        ('echo \'{"kind":"summary","summary":{},"interrupted":true}\'; exit 0', "before its summary"),
        ("echo nonsense; exit 0", "not JSON"),
        ("kill -9 $$", "exit code -9"),
    ],
)
def test_a_run_without_its_end_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, message: str
) -> None:
    fake(tmp_path, monkeypatch, f"cat >/dev/null; echo '{RESULT}'; {end}\n")
    results = wan_check.check("a")
    assert next(results).valid
    with pytest.raises(wan_check.CommandError, match=message):
        list(results)


def test_an_answer_to_another_job_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, f"while read -r line; do echo '{RESULT}'; done; echo '{{\"summary\":{{}}}}'\n")
    with pytest.raises(wan_check.CommandError):
        with wan_check.Checker() as checker:
            assert checker.check_job({}).index == 0
            checker.check_job({})


def test_a_command_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAN_CHECK", os.fspath(tmp_path / "none"))
    with pytest.raises(wan_check.CommandError, match="no executable wan-check") as caught:
        list(wan_check.check("a"))
    assert caught.value.exit_code is None
