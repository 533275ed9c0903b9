"""What a machine lacks is skipped with a reason on a user's machine, and fails where CI is set."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support import needs as module
from tests.support.needs import PARTS, needs

ROOT = Path(__file__).parents[1]


@pytest.fixture
def nothing(monkeypatch):
    monkeypatch.setitem(PARTS, "nothing", (lambda: None, "get one"))


@pytest.mark.parametrize("value", ["", "0", "false"])
def test_missing_part_skips_with_a_reason(nothing, monkeypatch, value) -> None:
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.skip.Exception, match=r"nothing is not installed \(get one\)"):
        needs("nothing")


@pytest.mark.parametrize("value", ["1", "true", "True"])
def test_missing_part_fails_in_ci(nothing, monkeypatch, value) -> None:
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.fail.Exception, match="in CI it must be"):
        needs("nothing")


def test_part_that_is_there_is_told_where(monkeypatch) -> None:
    monkeypatch.setitem(PARTS, "shell", (module._command("no-such-shell", "sh"), ""))
    monkeypatch.setitem(PARTS, "tests", (module._file("tests/conftest.py"), ""))
    assert needs("shell").endswith("/sh")
    assert needs("tests") == str(ROOT / "tests/conftest.py")


@pytest.mark.parametrize(("holds", "code"), [("true", 0), ("[ -f made ]", 0), ("false", 1)])
def test_part_that_cannot_be_installed_ends_the_run(tmp_path, holds, code) -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    part = script[script.index("part() {") : script.index("\n}\n") + 3]
    done = subprocess.run(
        ["bash", "-euc", f"{part}\npart thing {holds!r} touch made\necho reached"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert ("reached" in done.stdout) is (code == 0)
    assert ("thing is missing" in done.stderr) is (code == 1)
