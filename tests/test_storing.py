"""Outputs whose merge is kept: each build changes what its articles change, and the graph is always the
one that a build of all articles gives."""

from __future__ import annotations

import contextlib
import errno
import json
import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import py3langid
import pytest

import kg
from kg import corrections, drawing, pipeline, registry, storing
from kg.building import Report, build, correct, remove
from kg.config import load_config
from kg.damage import damage
from kg.errors import KGError
from kg.folder import read_manifest
from kg.graph.vocab import INFERRED
from kg.merge import tally
from kg.model import Article, ArticleResult
from kg.nlp.load import _load, load_pipeline
from kg.read.language import block_language, prepare
from tests.merge.news import SEEDS, news

COUNT = 3
SETTINGS = load_config(build={"runner": "ready"})
#: What follows is written, too, from news whose relations are told more of.
INFER = load_config(build={"runner": "ready"}, graph={"infer": True, "ontology": "own.ttl"})
ONLY = replace(INFER, graph=replace(INFER.graph, only=True))
AXIOMS = """@prefix kg: <https://kg.example/ontology#> . @prefix x: <urn:x:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
x:touched a owl:ObjectProperty . kg:used a owl:TransitiveProperty ; rdfs:subPropertyOf x:touched .
x:suedBy a owl:ObjectProperty ; owl:inverseOf kg:sued . kg:sued a owl:SymmetricProperty .
x:Body a owl:Class . kg:Organization rdfs:subClassOf x:Body .
"""
NEWS = {f"{seed}.txt": news(seed, f"{seed}.txt") for seed in range(40)}


@pytest.fixture(autouse=True)
def ready(monkeypatch) -> Iterator[None]:
    """A runner that hands out the results of `NEWS`, whatever the text; merges of more than two
    articles are kept, and none is too large a part to be an update."""

    def run(function: Any, items: Iterable[Article], **_: Any) -> Iterator[ArticleResult]:
        for article in items:
            made = NEWS[article.source.removeprefix("new-")]
            yield replace(made, article=article, pipeline=function.fingerprint)

    registry.register("runners", "ready", run)
    monkeypatch.setattr(storing, "FEW", 2)
    monkeypatch.setattr(storing, "SHARE", 9)
    monkeypatch.setattr(tally, "OFTEN", 3)
    yield
    del registry._REGISTERED["runners"]["ready"]


@pytest.fixture
def whole_merges(monkeypatch) -> list[int]:
    """How many articles each merge of all had."""
    found: list[int] = []
    real = storing._whole

    def counted(task: storing.Task) -> storing.Stored:
        found.append(len(task.keys))
        return real(task)

    monkeypatch.setattr(storing, "_whole", counted)
    return found


def written(folder: Path, names: Iterable[str]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in names:
        words = NEWS[name.removeprefix("new-")].article.text
        (folder / name).write_text(
            f"{words}\n\nThis is the news of the day that the paper {name} has told in plain English.\n"
        )
    return folder


def seeds(folder: Path) -> Path:
    """The seeds of the news, as a file."""
    path = folder / "seeds.ttl"
    lines = [
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix kg: <https://kg.example/ontology#> .",
    ]
    for seed in SEEDS:
        names = "".join(f' ; skos:altLabel "{name}"' for name in seed.aliases)
        lines.append(f'<{seed.id}> a kg:{seed.type} ; rdfs:label "{seed.label}"{names} .')
    path.write_text("\n".join(lines) + "\n")
    return path


def whole(out: Path) -> dict[str, bytes]:
    """What an output shows, when nothing of it is damaged."""
    assert damage(out, deep=True) == ()
    shown = {name: (out / name).read_bytes() for name in ("graph.ttl", "graph.html")}
    with kg.open_graph(out) as graph:
        follows = "\n".join(
            sorted(map(str, graph.store.store.quads_for_pattern(None, None, None, INFERRED)))
        )
        assert graph.check() == ()
        return shown | {"jsonl": str(graph.export("jsonl")).encode(), "follows": follows.encode()}


def counts(report: Report) -> Report:
    return replace(
        report, out="", outputs=(), processed=0, kept=0, replaced=0, removed=0, read=0, repaired=()
    )


@pytest.mark.parametrize("seed", range(COUNT))
def test_after_any_builds_the_graph_is_that_of_one_build(seed, tmp_path, whole_merges, monkeypatch):
    dice = Random(seed)
    monkeypatch.chdir(tmp_path)
    Path("own.ttl").write_text(AXIOMS)
    settings = (SETTINGS, INFER, ONLY)[seed % 3]
    out, known = tmp_path / "out", seeds(tmp_path)
    here = set(dice.sample(sorted(NEWS), 8))
    build([written(tmp_path / "a", here)], out, settings=settings, seeds=known)
    assert whole_merges == [8]
    assert bool(whole(out)["follows"]) is bool(seed % 3)
    for step in range(6):
        act = dice.choice(("add", "remove", "correct", "undo", "nothing"))
        made = (out / "corrections.jsonl").exists()
        if act == "add" or (act == "undo" and not made):
            more = set(dice.sample(sorted(NEWS), dice.randint(1, 3)))
            report = build([written(tmp_path / "b", more)], out, settings=settings, seeds=known)
            here |= more
        elif act == "remove":
            gone = dice.choice(sorted(here))
            report = remove([gone], out)
            here.remove(gone)
        elif act == "correct":
            with kg.open_graph(out) as graph:
                one, other = dice.sample([e for e in graph.entities() if e.named], 2)
                statement = dice.choice(list(graph.statements()))
                some = [
                    corrections.rename(graph, one.id, f"Renamed {step}"),
                    corrections.reject(graph, statement.id),
                ]
                with contextlib.suppress(KGError):
                    some.append(corrections.merge(graph, one.id, other.id))
            report = correct([dice.choice(some)], out)
        elif act == "undo":
            report = correct((), out, undo=[json.loads(_first(out / "corrections.jsonl"))["id"]])
        else:
            report = build(
                [written(tmp_path / "b", ["0.txt"])], out, settings=settings, seeds=known
            )
            here.add("0.txt")
        assert report.repaired == ()
        assert whole_merges == [8], act
        again = tmp_path / f"again-{step}"
        lines = out / "corrections.jsonl"
        wanted = build(
            [written(tmp_path / "c", here)], again, settings=settings, seeds=known,
            corrections=lines if lines.exists() else None,
        )  # fmt: skip
        whole_merges.pop()
        assert whole(out) == whole(again), (step, act)
        assert counts(report) == counts(wanted)
        left, right = read_manifest(out), read_manifest(again)
        assert (left.sum, left.triples) == (right.sum, right.triples)


def die(_: drawing.Drawing | None) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fill_the_disk(_: drawing.Drawing | None) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


JOBS = replace(SETTINGS, build=replace(SETTINGS.build, jobs=2))


def test_a_page_that_a_process_draws_beside_the_store_is_the_same(tmp_path, monkeypatch):
    some = written(tmp_path / "a", sorted(NEWS)[:9])
    build([some], tmp_path / "one", settings=SETTINGS)
    monkeypatch.setattr(storing, "_page", None)  # never drawn here
    build([some], tmp_path / "two", settings=JOBS)
    assert whole(tmp_path / "two") == whole(tmp_path / "one")


def test_a_page_whose_process_dies_is_drawn_here(tmp_path, monkeypatch, caplog):
    some = written(tmp_path / "a", sorted(NEWS)[:9])
    build([some], tmp_path / "one", settings=SETTINGS)
    monkeypatch.setattr(drawing, "draw", die)
    build([some], tmp_path / "two", settings=JOBS)
    assert whole(tmp_path / "two") == whole(tmp_path / "one")
    assert "drawn once more: the worker process ended" in caplog.text


def test_a_merge_that_fails_has_nobody_draw(tmp_path, monkeypatch):
    some = written(tmp_path / "a", sorted(NEWS)[:9])
    told = []
    monkeypatch.setattr(storing, "merge", lambda *_, **__: 1 / 0)
    monkeypatch.setattr(drawing.Drawing, "__reduce__", lambda _: told.append(True))
    with pytest.raises(ZeroDivisionError):
        build([some], tmp_path / "out", settings=JOBS)
    assert not told and not multiprocessing.active_children()


def test_what_goes_wrong_with_a_page_leaves_the_graph_as_it_was(tmp_path, monkeypatch):
    out, some = tmp_path / "out", written(tmp_path / "a", sorted(NEWS)[:9])
    build([some], out, settings=JOBS)
    before = whole(out)
    anew = replace(JOBS, build=replace(JOBS.build, anew=True))
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "draw", fill_the_disk)
        with pytest.raises(KGError, match="No space left"):
            build([some], out, settings=anew)
    assert whole(out) == before
    build([some], out, settings=anew)
    assert whole(out) == before


def test_a_large_merge_has_the_memory_of_the_language_pipeline(tmp_path, monkeypatch):
    let_go = []
    monkeypatch.setattr(storing, "LARGE", 3)
    monkeypatch.setattr(storing, "unload", lambda: let_go.append(True))
    for count in (3, 4):
        sources = tmp_path / f"of-{count}"
        sources.mkdir()
        for name in list(NEWS)[:count]:
            (sources / name).write_text(name)
        build([sources], tmp_path / f"out-{count}", settings=SETTINGS)
        assert let_go == [True] * (count - 3)


def test_what_is_let_go_is_loaded_again():
    text = "Die Regierung will das Gesetz noch in diesem Jahr ändern, sagte der Minister am Montag."
    parsed = [t.dep_ for t in load_pipeline()("Ann Berg sued Orion Motors.")]
    assert block_language(text) == "de"
    pipeline.unload()
    assert _load.cache_info().currsize == 0 and py3langid.langid.IDENTIFIER is None
    block_language.cache_clear()
    prepare()  # beside it, a thread that wants the same
    assert block_language(text) == "de"
    assert [t.dep_ for t in load_pipeline()("Ann Berg sued Orion Motors.")] == parsed


def test_what_follows_comes_and_goes_with_the_setting(tmp_path, whole_merges, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("own.ttl").write_text(AXIOMS)
    out, some = tmp_path / "out", written(tmp_path / "a", sorted(NEWS)[:8])
    build([some], out, settings=INFER)
    assert whole(out)["follows"]
    without = replace(INFER, graph=replace(INFER.graph, infer=False))
    build([some], out, settings=without)
    assert not whole(out)["follows"]
    build([some], out, settings=INFER)
    assert whole(out)["follows"]
    assert whole_merges == [8]


def _first(path: Path) -> str:
    return path.read_text().splitlines()[0]


def test_a_graph_with_a_knowledge_base_is_merged_anew_each_time(tmp_path, whole_merges):
    out, one = tmp_path / "out", tmp_path / "one"
    some, more = sorted(NEWS)[:8], sorted(NEWS)[8:10]
    build([written(tmp_path / "a", some)], out, settings=SETTINGS)
    with kg.open_graph(out) as graph:
        known = [e for e in graph.entities() if e.named and e.type in ("Person", "Organization")]
    table = tmp_path / "base.tsv"
    lines = [f"q:{n}\t{e.label}\t{e.type}\t{n}\n" for n, e in enumerate(known)]
    table.write_text("id\tlabel\tclass\trank\n" + "".join(lines), encoding="utf-8")

    def links() -> set[str]:
        with kg.open_graph(out) as graph:
            found = [iri for e in graph.entities() for iri in (*e.same_as, *(n.id for n in e.near))]
        return {iri for iri in found if not iri.startswith("https://kg.example/entity/")}  # its own

    assert not links()
    build([tmp_path / "a"], out, settings=SETTINGS, kb=table)  # no article came
    assert links()
    build([written(tmp_path / "b", more)], out, settings=SETTINGS)
    build([tmp_path / "a", tmp_path / "b"], one, settings=SETTINGS, kb=table)
    assert whole(out) == whole(one)
    remove(more[:1], out)
    assert links()
    assert len(whole_merges) == 5
    build([tmp_path / "b"], out, settings=SETTINGS, kb="none")
    assert not links()
    plain = tmp_path / "plain"
    build([tmp_path / "a", tmp_path / "b"], plain, settings=SETTINGS)
    assert whole(out) == whole(plain)
    assert len(whole_merges) == 7
    remove(more[:1], out)  # its merge is kept again
    assert len(whole_merges) == 7
