"""The wheel holds all it needs: installed outside the checkout, it builds a graph."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.support.needs import needs

ROOT = Path(__file__).parents[2]


def run(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [*map(str, args)], cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.slow
def test_the_wheel_works_outside_the_checkout(tmp_path):
    needs("hatchling")
    run(
        sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet",
        "--disable-pip-version-check", "--wheel-dir", tmp_path, ROOT, cwd=tmp_path,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("kg-*.whl")
    assert wheel.stat().st_size < 40_000_000
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv/bin/python"
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    place = Path(run(python, "-c", code, cwd=tmp_path).stdout.strip())
    run(
        sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
        "--disable-pip-version-check", "--target", place, wheel, cwd=tmp_path,
    )  # fmt: skip
    # What kg depends on comes from this test's own environment; a plain path entry in a .pth file
    # stands after the new environment's own packages and follows no other .pth.
    (place / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = run(python, "-c", "import kg; print(kg.__file__)", cwd=tmp_path).stdout
    assert Path(where.strip()).is_relative_to(tmp_path / "venv")
    (tmp_path / "one.txt").write_text("Netflix used software from Runway.\n")
    run(python, "-m", "kg", "build", "one.txt", cwd=tmp_path)
    done = run(python, "-m", "kg", "query", "ASK { ent:Netflix kg:used ent:Runway }", cwd=tmp_path)
    assert done.stdout == "true\n"
    assert "who-used-what" in run(python, "-m", "kg", "query", "--list", cwd=tmp_path).stdout
    run(python, "-m", "kg", "check", cwd=tmp_path)
