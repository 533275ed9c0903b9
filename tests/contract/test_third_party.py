"""A package that kg does not know brings an extractor, by its entry point alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg

PACKAGE = Path(__file__).parent / "third_party"


def kg_with_package(*args: object) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(kg.__file__).parent.parent), str(PACKAGE)])
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": path},
    )  # fmt: skip


def test_it_is_listed_with_its_package_and_version():
    done = kg_with_package("components")
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if "awards" in line]
    assert line.split() == ["extractors", "awards", "awards-for-kg", "1.0"]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_its_claims_stand_in_the_graph(tmp_path, jobs):
    (tmp_path / "one.txt").write_text("Jane Campion won the Pulitzer Prize. She was glad.\n")
    config = tmp_path / "kg.toml"
    config.write_text('[pipeline]\nextractors = ["awards"]\n')
    out = tmp_path / "out"
    done = kg_with_package(
        "build", tmp_path / "one.txt", "--out", out, "--config", config, "--jobs", jobs
    )
    assert done.returncode == 0, done.stderr
    found = kg_with_package("explain", "Jane Campion", "--graph", out)
    assert "won" in found.stdout
    assert "Jane Campion won the Pulitzer Prize" in found.stdout


def test_without_the_package_its_name_is_unknown(tmp_path):
    from kg.cli import run

    (tmp_path / "kg.toml").write_text('[pipeline]\nextractors = ["awards"]\n')
    (tmp_path / "one.txt").write_text("Jane Campion won the Pulitzer Prize.\n")
    args = ["build", str(tmp_path / "one.txt"), "--out", str(tmp_path / "out")]
    assert run([*args, "--config", str(tmp_path / "kg.toml")]) == 2
