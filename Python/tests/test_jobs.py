from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import Any, Dict, List

import pytest

import wan_check


def job(path: Path, **fields: Any) -> Dict[str, Any]:
    return {"prompt": "slow pan", "start_image_url": os.fspath(path), **fields}


def test_one_job(image: Path, small_image: Path) -> None:
    result = wan_check.check_job(job(image))
    assert (result.kind, result.mode, result.verdict) == ("job", "first_frame", "valid")
    assert result.not_submittable_because == ("local-asset",)
    result = wan_check.check_job({"id": "shot-1", "job": job(small_image, resolution="1080p")})
    assert result.id == "shot-1"
    assert {finding.rule for finding in result.errors} == {"image-dimensions", "resolution"}


@pytest.mark.parametrize("body", [{}, {"job": 5}, {"asset": []}, {"job": {"job": {}}}, {"prompt": "\n\u2028\U0001f3ac"}])
def test_any_mapping_has_one_result(body: Dict[str, Any]) -> None:
    with wan_check.Checker() as checker:
        assert not checker.check_job(body).valid
        assert checker.check_job(body).index == 1


def test_what_is_not_json_is_refused_and_the_checker_lives(image: Path) -> None:
    with wan_check.Checker() as checker:
        with pytest.raises(ValueError):
            checker.check_job(job(image, seed=float("nan")))
        with pytest.raises(TypeError):
            checker.check_job({"prompt": object()})
        with pytest.raises(TypeError):
            checker.check_job([job(image)])  # type: ignore[arg-type]
        assert checker.check_job(job(image)).valid


def test_a_checker_answers_each_job_before_the_next(image: Path, small_image: Path) -> None:
    with wan_check.Checker(depth="header") as checker:
        for number in range(50):
            result = checker.check_job(job(image if number % 2 else small_image))
            assert (result.index, result.valid) == (number, number % 2 == 1)


def test_threads_share_a_checker(image: Path) -> None:
    seen: List[str | None] = []
    with wan_check.Checker() as checker:

        def work(name: str) -> None:
            for _ in range(10):
                result = checker.check_job({"id": name, "job": job(image)})
                seen.append(result.id if result.id == name else None)

        threads = [threading.Thread(target=work, args=(f"thread-{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert None not in seen and len(seen) == 40


def test_a_command_that_dies_is_an_error_and_not_a_verdict(image: Path) -> None:
    checker = wan_check.Checker()
    assert checker.check_job(job(image)).valid
    assert checker._run is not None
    os.kill(checker._run.process.pid, signal.SIGKILL)
    with pytest.raises(wan_check.CommandError) as caught:
        checker.check_job(job(image))
    assert caught.value.exit_code == -signal.SIGKILL
    with pytest.raises(wan_check.CommandError, match="closed"):
        checker.check_job(job(image))


def test_wrong_usage_is_reported(image: Path) -> None:
    with pytest.raises(wan_check.CommandError, match="jobs") as caught:
        with wan_check.Checker(jobs=-1) as checker:
            checker.check_job(job(image))
    assert caught.value.exit_code == 2


def test_a_closed_checker_can_be_closed_again(image: Path) -> None:
    checker = wan_check.Checker()
    checker.close()
    checker.close()
