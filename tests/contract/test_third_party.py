"""Packages that kg does not know bring parts of every kind, by their entry points alone."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import protocols, registry

PACKAGES = Path(__file__).parent / "third_party"
TEXT = "Jane Campion won the Pulitzer Prize. She was glad.\n"


def kg_with(packages: Path, *args: object) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(kg.__file__).parent.parent), str(packages)])
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": path},
    )  # fmt: skip


def kg_with_packages(*args: object) -> str:
    done = kg_with(PACKAGES, *args)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("kind", "name", "package"),
    [
        ("readers", "wire", "parts-for-kg 2.0"),
        ("extractors", "awards", "awards-for-kg 1.0"),
        ("runners", "threads", "parts-for-kg 2.0"),
        ("exporters", "names", "parts-for-kg 2.0"),
    ],
)
def test_a_part_of_each_kind_is_listed_with_its_package_and_version(kind, name, package):
    lines = kg_with_packages("components").splitlines()
    assert [kind, name, *package.split()] in [line.split() for line in lines]


PROTOCOLS = {
    "readers": protocols.Reader,
    "extractors": protocols.Extractor,
    "runners": protocols.Runner,
    "exporters": protocols.Exporter,
}


@pytest.mark.parametrize("kind", registry.KINDS)
def test_every_part_of_ours_can_be_called_as_its_protocol_says(kind):
    wanted = list(inspect.signature(PROTOCOLS[kind].__call__).parameters.values())[1:]
    places = [p.name for p in wanted if p.kind is p.POSITIONAL_ONLY]
    by_name = {p.name: None for p in wanted if p.kind is p.KEYWORD_ONLY}
    assert len(places) + len(by_name) == len(wanted)
    for name in registry.names(kind):
        inspect.signature(registry.get(kind, name)).bind(*places, **by_name)


@pytest.mark.slow
def test_a_reader_an_extractor_a_runner_and_an_exporter_work_together(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.wire").write_text(f"Prize {number}\n{TEXT}")
    settings = """
        [read]
        max_bytes = 42
        timeout = 7
        [pipeline]
        extractors = ["awards"]
        [build]
        runner = "threads"
        jobs = 3
    """
    (tmp_path / "kg.toml").write_text(settings)
    out = tmp_path / "out"
    given = [tmp_path / f"{number}.wire" for number in range(3)]
    kg_with_packages("build", *given, "--out", out, "--config", tmp_path / "kg.toml")
    with kg.open_graph(out) as graph:
        articles = sorted(graph.articles(), key=lambda article: article.source)
        statements = list(graph.statements())
    assert [a.title for a in articles] == [
        f"Prize {number} (at most 42 bytes, 7 s)" for number in range(3)
    ]
    assert {a.text for a in articles} == {"Jane Campion won the Pulitzer Priz"}
    assert not {a.id for a in articles} & {"any"}
    assert not statements  # a prize cut in two is none
    names = kg_with_packages("export", "--format", "articles", "--graph", out)
    assert names.count("Jane Campion") == 3


@pytest.mark.slow
def test_two_processes_know_an_extractor_and_its_claims_stand_in_the_graph(tmp_path):
    (tmp_path / "one.txt").write_text(TEXT)
    config = tmp_path / "kg.toml"
    config.write_text('[pipeline]\nextractors = ["awards"]\n')
    out = tmp_path / "out"
    kg_with_packages("build", tmp_path / "one.txt", "--out", out, "--config", config, "--jobs", 2)
    found = kg_with_packages("explain", "Jane Campion", "--graph", out)
    assert "won" in found
    assert "Jane Campion won the Pulitzer Prize" in found
    assert "Jane Campion" in kg_with_packages("export", "--format", "names", "--graph", out)


FINGERPRINT = """
from kg.config import load_config
from kg.fingerprint import pipeline_fingerprint
print(pipeline_fingerprint(load_config(pipeline={"extractors": ["awards"]}), ()))
"""


def fingerprint(packages: Path) -> str:
    path = os.pathsep.join([str(Path(kg.__file__).parent.parent), str(packages)])
    return subprocess.run(
        [sys.executable, "-c", FINGERPRINT],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": path},
    ).stdout  # fmt: skip


def test_an_edited_package_of_the_same_version_is_another(tmp_path):
    packages = tmp_path / "packages"
    shutil.copytree(PACKAGES, packages)
    seen = [fingerprint(packages), fingerprint(packages)]
    for edited in ("awards_for_kg.py", "parts_for_kg/wire.py"):
        with (packages / edited).open("a") as file:
            file.write("# another opinion\n")
        seen.append(fingerprint(packages))
    (packages / "parts_for_kg" / "words.txt").write_text("prize\n")
    seen.append(fingerprint(packages))
    assert seen[0] == seen[1]
    assert len(set(seen)) == 4


def test_without_the_package_its_name_is_unknown(tmp_path):
    from kg.cli import run

    (tmp_path / "kg.toml").write_text('[pipeline]\nextractors = ["awards"]\n')
    (tmp_path / "one.txt").write_text("Jane Campion won the Pulitzer Prize.\n")
    args = ["build", str(tmp_path / "one.txt"), "--out", str(tmp_path / "out")]
    assert run([*args, "--config", str(tmp_path / "kg.toml")]) == 2


def test_a_package_that_cannot_be_imported_is_named(tmp_path):
    packages = tmp_path / "packages"
    shutil.copytree(PACKAGES, packages)
    (packages / "awards_for_kg.py").write_text("import sys\nraise OSError('no dictionary')\n")
    (tmp_path / "kg.toml").write_text('[pipeline]\nextractors = ["awards"]\n')
    (tmp_path / "one.txt").write_text(TEXT)
    given = ("build", tmp_path / "one.txt", "--out", tmp_path / "out")
    done = kg_with(packages, *given, "--config", tmp_path / "kg.toml")
    assert done.returncode == 2
    assert "extractor 'awards' (from awards-for-kg 1.0) cannot be loaded: OSError" in done.stderr
    assert "Traceback" not in done.stderr
