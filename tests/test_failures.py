"""No single input ends a build: what an article makes a part raise is a failure of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg import registry
from kg.building import Report, build
from kg.config import load_config
from kg.errors import ConfigError, InUse, KGError, UnknownName
from kg.model import Argument, Article, Claim, Predicate
from kg.read import read
from kg.read.article import article as make_article


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """No records of the log: some of these errors have words that no text file can hold, and the
    test runner's own processes could not pass them on."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Unspeakable(Exception):
    """Cannot even be told."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


class Stuck(Exception):
    """Cannot travel between processes."""

    def __init__(self, one: int, other: int) -> None:
        self.hold = lambda: one + other
        super().__init__()


class Beyond(BaseException):
    """No `Exception` at all."""


RAISED: dict[str, Callable[[], BaseException]] = {
    "value": lambda: ValueError("bad value"),
    "key": lambda: KeyError("x"),
    "type": lambda: TypeError("not so"),
    "assertion": AssertionError,
    "recursion": lambda: RecursionError("too deep"),
    "memory": MemoryError,
    "system": lambda: OSError(5, "Input/output error"),
    "unicode": lambda: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"),
    "stop": StopIteration,
    "group": lambda: BaseExceptionGroup("many", [SystemExit(2), ValueError()]),
    "exit": lambda: SystemExit(3),
    "closed": GeneratorExit,
    "beyond": Beyond,
    "unspeakable": Unspeakable,
    "stuck": lambda: Stuck(1, 2),
    "setting": lambda: ConfigError("a setting of the reader's own"),
    "name": lambda: UnknownName("thing", "x", ["y"]),
    "kg": lambda: KGError("ours"),
    "in use": lambda: InUse("elsewhere"),
    "surrogate": lambda: ValueError("half a character: \ud800"),
}
GOOD = "Netflix acquired Coldstream. Ann Lee praised Runway.\n"


class Word(str):
    """A string of somebody's, as pypdf's are."""

    __slots__ = ()


def claim(article: Article, **changes: object) -> Claim:
    who = Argument("subject", "mention", 0, 7, 0, 7, article.text[0:7])
    what = Argument("object", "mention", 17, 27, 17, 27, article.text[17:27])
    said = Predicate("acquired", "acquired", 8, 16)
    made = Claim("made", who, said, what, 0, 27, "odd")
    return replace(made, **changes)  # type: ignore[arg-type]


#: What an extractor may give that is none of `kg.model`'s claims, or none that fits the article.
ODD: dict[str, Callable[[Article], object]] = {
    "nothing": lambda article: None,
    "number": lambda article: 7,
    "class": lambda article: Claim,
    "offsets": lambda article: claim(article, start=-5, end=10**9),
    "no status": lambda article: claim(article, status="perhaps"),
    "number for words": lambda article: claim(article, extractor=3),
    "no participant": lambda article: claim(article, subject=None),
    "half a character": lambda article: claim(
        article, predicate=Predicate("acq\ud800", "acq\ud800", 8, 16)
    ),
    "no IRI": lambda article: claim(
        article, predicate=Predicate("a", "a", 8, 16, property='a> <b "c"\n')
    ),
    "far away": lambda article: claim(
        article, object=Argument("object", "mention", 10**9, 10**9 + 4, 10**9, 10**9 + 4, "moon")
    ),
}


def odd(doc: object, article: Article) -> Iterator[object]:
    """An extractor: raises or gives what the article's title asks for."""
    asked = (article.title or "").rpartition("asks: ")[2]
    if asked in RAISED:
        raise RAISED[asked]()
    if asked in ODD:
        yield ODD[asked](article)


def asking(source: str | Path, /, *, max_bytes: int, timeout: float) -> Iterator[object]:
    """A reader: raises or gives what the file asks for, before or after a good article."""
    when, _, what = Path(source).read_text(encoding="utf-8").strip().partition(" ")
    good = make_article(GOOD, Path(source).name)
    if when == "after":
        yield good
    if what in RAISED:
        raise RAISED[what]()
    yield {
        "a string of one's own": replace(good, title=Word("Netflix"), text=Word(good.text)),
        "a number for a text": replace(good, text=3),
        "half a character": replace(good, title="\ud800"),
        "a path for an id": replace(good, id="../../gone"),
        "nothing": None,
        "a class": Article,
        "no language": replace(good, language=7),
        "blocks of nothing": replace(good, blocks=(1, 2)),
        "no date": replace(good, date="the day after \x00 tomorrow"),
        "no address": replace(good, url='http://a b<c>"\n'),
    }[what]


asking.suffixes = (".asks",)  # type: ignore[attr-defined]
READ = (
    "a string of one's own", "a number for a text", "half a character", "a path for an id",
    "nothing", "a class", "no language", "blocks of nothing", "no date", "no address",
)  # fmt: skip


TAKEN = {"a string of one's own", "a path for an id", "no date", "no address"}


@pytest.fixture
def parts(monkeypatch) -> None:
    for kind in registry.KINDS:
        monkeypatch.setitem(registry._REGISTERED, kind, {})
    kg.register("extractors", "odd", odd)
    kg.register("readers", "asking", asking)


def built(folder: Path, *, jobs: int = 1) -> Report:
    chosen = load_config(pipeline={"extractors": ["relations", "odd"]}, build={"jobs": jobs})
    return build([folder / "news"], folder / "out", settings=chosen)


def write(folder: Path, **files: str) -> None:
    (folder / "news").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "news" / name.replace("__", ".")).write_text(text, encoding="utf-8")


def stands(folder: Path) -> bool:
    with kg.open_graph(folder / "out") as graph:
        found = graph.query("ASK { ?x kg:acquired ?y . ?x rdfs:label 'Netflix' }")
        assert not graph.check()
        return bool(found)


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_what_readers_and_extractors_raise_or_make_costs_its_article(tmp_path, parts, jobs):
    write(tmp_path, good__txt=GOOD)
    for number, what in enumerate([*RAISED, *READ]):
        write(tmp_path, **{f"before{number}__asks": f"before {what}"})
    for number, what in enumerate([*RAISED, *ODD]):
        write(
            tmp_path,
            **{f"odd{number}__md": f"# It asks: {what}\n\n{GOOD} {'And so on. ' * number}"},
        )
    report = built(tmp_path, jobs=jobs)
    failed = {failure.source.rpartition("/")[2]: failure for failure in report.failures}
    sources = {path.name for path in (tmp_path / "news").iterdir()}
    assert set(failed) < sources
    # articles of the same content are one article
    fine = {name.partition(".")[0] for name in sources - set(failed)}
    numbers = dict(enumerate([*RAISED, *READ]))
    assert {numbers[int(n[6:])] for n in fine if n.startswith("before")} == TAKEN
    numbers = dict(enumerate([*RAISED, *ODD]))
    assert not {numbers[int(n[3:])] for n in fine if n.startswith("odd")}
    assert {failed[f"odd{n}.md"].stage for n in range(len(RAISED))} == {"process"}
    assert stands(tmp_path)


@pytest.mark.parametrize("what", RAISED)
def test_a_reader_that_raises_after_an_article_keeps_it(tmp_path, parts, what):
    (tmp_path / "one.asks").write_text(f"after {what}")
    first, *rest = read([tmp_path / "one.asks"], settings=load_config())
    assert isinstance(first, Article)
    assert len(rest) == 1


@pytest.mark.parametrize("source", ["a\0b.txt", "x" * 5000 + ".txt", "/dev/null/a.txt"])
def test_a_name_that_no_file_can_have_is_a_failure(tmp_path, source):
    write(tmp_path, good__txt=GOOD)
    report = build([source, tmp_path / "news"], tmp_path / "out")
    assert (report.articles, len(report.failures)) == (1, 1)


def test_control_c_ends_the_run(tmp_path, parts, monkeypatch):
    def interrupted() -> BaseException:
        return KeyboardInterrupt()

    monkeypatch.setitem(RAISED, "interrupt", interrupted)
    write(tmp_path, one__asks="before interrupt")
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path)
    (tmp_path / "news/one.asks").unlink()
    write(tmp_path, two__md=f"# It asks: interrupt\n\n{GOOD}")
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path)


@pytest.mark.parametrize("what", [name for name in RAISED if name != "system"])
def test_an_exporter_that_raises_is_told_of_and_leaves_the_old_file(tmp_path, parts, what):
    if not (tmp_path / "out").exists():
        write(tmp_path, good__txt=GOOD)
        built(tmp_path)

    def broken(graph: object, to: object) -> None:
        raise RAISED[what]()

    kg.register("exporters", "broken", broken)
    (tmp_path / "old.txt").write_text("old")
    with kg.open_graph(tmp_path / "out") as graph, pytest.raises(KGError):
        graph.export("broken", tmp_path / "old.txt")
    assert (tmp_path / "old.txt").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["news", "old.txt", "out"]
