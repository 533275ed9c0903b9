"""What a result depends on: every file that can change one, and no part of this process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg
from kg import fingerprint, registry
from kg.building import build
from kg.config import data_folder, load_config
from kg.errors import ConfigError
from kg.model import Claim, Predicate

PACKAGE = Path(kg.__file__).parent


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """The package and the ontology, to change at will; the real ones stay as they are."""
    ontology = data_folder("ontology")
    shutil.copytree(PACKAGE, tmp_path / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ontology, tmp_path / "ontology")
    monkeypatch.setattr(fingerprint, "_HERE", tmp_path / "kg")
    monkeypatch.setattr(fingerprint, "data_folder", lambda name: tmp_path / name)
    return tmp_path


def now(**settings: dict[str, object]) -> str:
    return fingerprint.pipeline_fingerprint(load_config(**settings), ())


def changed(path: Path) -> str:
    """The fingerprint with one more byte in a file."""
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    made = now()
    path.write_bytes(before)
    return made


def test_every_file_of_the_package_counts_but_those_that_only_show(copied):
    first = now()
    given = files(copied / "kg")
    kinds = {Path(name).suffix for name in given}
    assert {".py", ".toml", ".gz", ".json", ".txt", ".tsv", ".onnx"} <= kinds
    silent = {name for name in given if changed(copied / "kg" / name) == first}
    assert silent == {name for name in given if name.startswith(("cli/", "view/"))}
    assert now() == first


@pytest.mark.parametrize("name", ["lexicon.ttl", "kg.ttl"])
def test_the_ontology_counts(copied, name):
    assert changed(copied / "ontology" / name) != now()


def test_a_new_file_counts_and_a_renamed_one(copied):
    seen = [now()]
    (copied / "kg/extract/more.txt").write_text("words")
    seen.append(now())
    (copied / "kg/extract/more.txt").rename(copied / "kg/extract/other.txt")
    seen.append(now())
    assert len(set(seen)) == 3


def test_nothing_that_a_result_is_made_with_is_left_out():
    import subprocess
    import sys

    code = (
        "import sys\nfrom kg.pipeline import Worker\nfrom kg.config import load_config\n"
        "from kg.model import Article\n"
        "print(Worker(load_config())(Article('a', 'a', 'Ann Lee met Bob Ray.')).sentences)\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('kg.')), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    sentences, *used = done.stdout.split("\n")
    assert sentences == "1"
    inside = {Path(name).relative_to(PACKAGE).parts[0] for name in used if name}
    assert {"extract", "nlp", "resolve"} <= inside
    assert not inside & set(fingerprint._SHOW)


def test_a_pipeline_of_ones_own_counts_by_content(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/config.cfg").write_text("[nlp]\n")
    first = now(pipeline={"name": str(tmp_path / "mine")})
    (tmp_path / "mine/model").write_bytes(b"weights")
    assert now(pipeline={"name": str(tmp_path / "mine")}) != first


def test_settings_and_seeds_count():
    given = [{}, {"pipeline": {"confidence": 0.5}}, {"resolve": {"seeds": False}}]
    assert len({now(**settings) for settings in given}) == 3
    assert now(build={"jobs": 2}) == now()


# --- parts of this process ---------------------------------------------------------------------


def claims(word: str):
    """An extractor that says ``word`` of every article: a function of this process alone."""

    def said(doc, article):
        from kg.extract.factuality.status import status
        from kg.extract.grammar.arguments import argument
        from kg.extract.statements.claims import make_claim

        first, verb, last = doc[0], doc[1], doc[2]
        made = Predicate(word, verb.text, verb.idx, verb.idx + len(verb))
        yield make_claim(
            argument(first, "subject"), made, argument(last, "object"), status(verb), extractor="x"
        )

    return said


def everything(doc, article) -> list[Claim]:
    """An extractor that another process can import."""
    return list(claims("mention")(doc, article))


@pytest.fixture
def own(monkeypatch):
    def put(part: object) -> None:
        monkeypatch.setitem(registry._REGISTERED, "extractors", {"mine": part})

    return put


MINE = {"extractors": ["mine"]}


def predicates(out: Path) -> set[str]:
    with kg.open_graph(out) as graph:
        return {statement.predicate.label for statement in graph.statements()}


def test_an_edited_extractor_of_this_process_leaves_nothing_of_the_old_one(tmp_path, own):
    (tmp_path / "one.txt").write_text("Netflix praised Runway.\n")
    for word in ("adore", "loathe"):
        own(claims(word))
        settings = load_config(pipeline=MINE)
        report = build([tmp_path / "one.txt"], tmp_path / "out", settings=settings)
        assert (report.processed, report.kept) == (1, 0)
        assert predicates(tmp_path / "out") == {word}


@pytest.mark.slow
def test_two_processes_know_an_extractor_of_a_module(tmp_path, own):
    for number, name in enumerate(("Runway", "Coldstream")):
        (tmp_path / f"{number}.txt").write_text(f"Netflix praised {name}.\n")
    own(everything)
    settings = load_config(pipeline=MINE, build={"jobs": 2})
    report = build([tmp_path / "0.txt", tmp_path / "1.txt"], tmp_path / "out", settings=settings)
    assert (report.processed, report.failures) == (2, ())
    assert predicates(tmp_path / "out") == {"mention"}


def test_an_extractor_that_cannot_travel_stops_the_build_with_the_reason(tmp_path, own):
    (tmp_path / "one.txt").write_text("Netflix praised Runway.\n")
    own(claims("adore"))
    settings = load_config(pipeline=MINE, build={"jobs": 2})
    with pytest.raises(
        ConfigError, match=r"'mine' was registered in this process.*top of a module"
    ):
        build([tmp_path / "one.txt"], tmp_path / "out", settings=settings)
