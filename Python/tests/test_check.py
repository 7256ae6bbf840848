from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path
from typing import Iterator

import pytest

import wan_check


def test_results_come_in_order_with_facts_and_findings(image: Path, small_image: Path) -> None:
    good, bad = wan_check.check([image, str(small_image)], no_config=True)
    assert (good.input, good.kind, good.verdict) == (str(image), "asset", "valid")
    assert good.raise_for_verdict() is good
    facts = good.assets[0].facts
    assert facts is not None and (facts["width"], facts["height"]) == (640, 360)

    assert (bad.input, bad.verdict, bad.valid) == (str(small_image), "invalid", False)
    finding = next(finding for finding in bad.errors if finding.rule == "image-dimensions")
    assert finding.limit == {"min": 240, "max": 8000, "unit": "px"}
    assert finding.actual == {"width": 200, "height": 150}
    assert finding.fix is not None and finding.fix.kind == "command" and finding.fix.program == "imagemagick"
    with pytest.raises(wan_check.VerdictError, match=r"200x150 px.*\[image-dimensions\]") as caught:
        bad.raise_for_verdict()
    assert caught.value.result is bad


def test_one_path_is_one_input(image: Path) -> None:
    assert [result.input for result in wan_check.check(image)] == [str(image)]
    assert [result.input for result in wan_check.check(str(image))] == [str(image)]


def test_no_input_is_a_usage_error() -> None:
    with pytest.raises(wan_check.CommandError) as caught:
        list(wan_check.check([]))
    assert caught.value.exit_code == 2


def test_role_depth_and_options_reach_the_command(image: Path) -> None:
    (result,) = wan_check.check(image, role="end_image", depth="header")
    assert result.assets[0].role == "end_image"
    assert result.assets[0].facts is not None and result.assets[0].facts["evidence"] == ["header", "declared_end"]
    (result,) = wan_check.check("https://cdn.example.net/a.jpg", map=[f"https://cdn.example.net={image.parent}"])
    assert [finding.rule for finding in result.errors] == ["file-missing"]


def test_an_unknown_option_is_refused_before_anything_runs(image: Path) -> None:
    with pytest.raises(TypeError, match="unknown option 'format'"):
        wan_check.check(image, format="text")  # type: ignore[call-arg]


def test_a_wrong_value_is_what_the_command_says(image: Path) -> None:
    with pytest.raises(wan_check.CommandError, match="depth") as caught:
        list(wan_check.check(image, depth="deep"))  # type: ignore[arg-type]
    assert caught.value.exit_code == 2


def test_unusual_names(image: Path, tmp_path: Path) -> None:
    names = [b"-.jpg", b"a b\n.jpg", "ü.jpg".encode(), b"*.jpg"]
    for name in names:
        shutil.copy(os.fsencode(image), os.path.join(os.fsencode(tmp_path), name))
    paths = [os.path.join(str(tmp_path), os.fsdecode(name)) for name in names]
    results = list(wan_check.check(paths))
    assert [result.verdict for result in results] == ["valid"] * 4
    with pytest.raises(ValueError, match="null character"):
        list(wan_check.check(["a\0b"]))


def test_a_missing_file_is_a_result(tmp_path: Path) -> None:
    (result,) = wan_check.check(tmp_path / "gone.png")
    assert [finding.rule for finding in result.errors] == ["file-missing"]


def test_an_error_of_the_inputs_reaches_the_caller(image: Path) -> None:
    def inputs() -> Iterator[Path]:
        yield image
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        list(wan_check.check(inputs()))


def test_many_inputs(image: Path, tmp_path: Path) -> None:
    names = [f"{number}.jpg" for number in range(1000)]
    for name in names:
        (tmp_path / name).symlink_to(image)
    results = wan_check.check((tmp_path / name for name in names), depth="header")
    assert [Path(result.input).name for result in results] == names


def test_closing_early_ends_the_command(image: Path) -> None:
    before = threading.active_count()
    results = wan_check.check([image] * 500)
    next(results)
    results.close()  # type: ignore[attr-defined]
    for thread in threading.enumerate():
        if thread.name == "wan-check inputs":
            thread.join()
    assert threading.active_count() == before


@pytest.mark.parametrize("file", ["reject", "corrupt", "jobs/reject"])
def test_every_report_can_be_read(fixtures: Path, file: str) -> None:
    results = list(wan_check.check(fixtures / file, no_config=True))
    assert len(results) > 10
    for result in results:
        assert result.valid == (not result.errors)
        assert result.raw["verdict"] == result.verdict
