"""Corrections in the folder of a build: kept, applied again, taken back, mended. Nothing is parsed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg import corrections
from kg.config import load_config
from kg.damage import damage
from kg.errors import ConfigError, KGError
from kg.folder import CORRECTIONS, Manifest, read_manifest, write_result
from kg.layout import OUTPUTS
from kg.listing import Listed, Listing
from kg.storing import Task, store
from kg.vocabulary import SHIPPED
from tests.corrections.news import told

SETTINGS = load_config()
NEWS = [told(seed) for seed in range(6)]


def stored(out: Path, results=NEWS, made=()) -> Path:
    """The output of a build that read these articles."""
    out.mkdir(exist_ok=True)
    for result in results:
        write_result(out, result)
    before = read_manifest(out) or Manifest()
    listed = Listing.of({r.article.id: Listed((("", r.article.source),), "p") for r in results})
    store(Task(out, before, listed, SETTINGS, (), None, SHIPPED, tuple(made), OUTPUTS))
    return out


@pytest.fixture
def out(tmp_path):
    return stored(tmp_path / "out")


def turtle(out: Path) -> bytes:
    return (out / "graph.ttl").read_bytes()


def two(out: Path) -> tuple[str, str]:
    with kg.open_graph(out) as graph:
        one, other = [e for e in graph.entities() if e.type == "Organization"][:2]
    return one.label, other.label


def wrong(out: Path, **signed) -> list[kg.model.Correction]:
    one, other = two(out)
    with kg.open_graph(out) as graph:
        first, second, *_ = graph.statements()
        return [
            corrections.merge(graph, one, other, **signed),
            corrections.confirm(graph, first.id, **signed),
            corrections.reject(graph, second.id, **signed),
        ]


def test_it_is_applied_and_kept_beside_the_results(out):
    made = wrong(out, editor="Ann", date="2026-11-27", why="same firm")
    with kg.correct(made, out) as graph:
        assert graph.report.corrected == 3 and graph.report.uncorrected == ()
        assert [c.state for c in graph.corrections()] == ["applied"] * 3
        assert graph.check() == () and graph.damage(deep=True) == ()
    found = [json.loads(line) for line in (out / CORRECTIONS).read_text().splitlines()]
    assert {line["id"] for line in found} == {c.id for c in made}
    assert {line["editor"] for line in found} == {"Ann"}


def test_fresh_incremental_and_in_any_order_are_the_same_bytes(out, tmp_path):
    made = wrong(out)
    for correction in reversed(made):
        kg.correct(correction, out).close()
    assert turtle(out) == turtle(stored(tmp_path / "fresh", NEWS[::-1], tuple(made)))
    assert (out / "graph.html").read_bytes() == (tmp_path / "fresh/graph.html").read_bytes()
    assert (out / CORRECTIONS).read_bytes() == (tmp_path / "fresh" / CORRECTIONS).read_bytes()


def test_undone_it_is_as_if_it_had_never_been(out):
    before = turtle(out)
    made = wrong(out)
    kg.correct(made, out).close()
    assert turtle(out) != before
    kg.correct(out=out, undo=[c.id[:6] for c in made]).close()
    assert turtle(out) == before
    assert not (out / CORRECTIONS).exists()


def test_what_left_is_waited_for_and_told(out):
    with kg.open_graph(out) as graph:
        statement = next(s for s in graph.statements() if len(s.evidence) == 1)
        made = corrections.reject(graph, statement.id)
    kg.correct(made, out).close()
    before = turtle(out)
    (piece,) = statement.evidence
    with kg.remove(piece.source, out) as graph:
        (one,) = graph.corrections()
        assert one.state == "waiting" and piece.source in one.note
        assert graph.report.uncorrected and made.id in graph.report.uncorrected[0]
    stored(out, NEWS, (made,))
    assert turtle(out) == before


def test_what_contradicts_is_told_and_does_nothing(out):
    before = turtle(out)
    one, other = two(out)
    with kg.open_graph(out) as graph:
        known = {e.id for e in graph.entities()}
        pair = [corrections.merge(graph, one, other), corrections.distinct(graph, one, other)]
    with kg.correct(pair, out) as graph:
        assert [c.state for c in graph.corrections()] == ["conflict", "conflict"]
        assert {e.id for e in graph.entities()} == known
        assert len(graph.report.uncorrected) == 2
    kg.correct(out=out, undo=[c.id for c in pair]).close()
    assert turtle(out) == before


@pytest.mark.parametrize("harm", ["lost", "cut", "edited line"])
def test_a_lost_or_spoilt_file_is_taken_from_its_copy(out, harm):
    made = wrong(out)
    kg.correct(made, out).close()
    before, text = turtle(out), (out / CORRECTIONS).read_text()
    spoilt = {"lost": None, "cut": text[:-30], "edited line": text.replace('"confirm"', '"reject"')}
    if spoilt[harm] is None:
        (out / CORRECTIONS).unlink()
    else:
        (out / CORRECTIONS).write_text(spoilt[harm])
    assert any(CORRECTIONS in line for line in damage(out))
    with kg.correct(out=out) as graph:
        assert any(CORRECTIONS in line for line in graph.report.repaired)
        assert graph.damage() == ()
    assert turtle(out) == before
    if harm != "lost":
        assert (out / f"{CORRECTIONS}.wrong").read_text() == spoilt[harm]


def test_a_line_that_somebody_wrote_by_hand_is_taken(out):
    one, other = two(out)
    line = {"what": "merge", "things": [{"name": one, "type": "Organization", "named": True},
                                        {"name": other, "type": "Organization"}]}  # fmt: skip
    (out / CORRECTIONS).write_text(json.dumps(line) + "\n")
    with kg.correct(out=out) as graph:
        (found,) = graph.corrections()
        assert found.state == "applied"
    assert json.loads((out / CORRECTIONS).read_text())["id"] == found.correction.id


@pytest.mark.parametrize(
    ("line", "told_"),
    [
        ("no json", "corrections.jsonl:1: no correction"),
        ('{"what": "marge"}', "no kind of correction 'marge'"),
        ('{"what": "merge", "things": [{"name": "A"}]}', "has 2 things, not 1"),
        ('{"what": "rename", "things": [{"name": "A"}]}', "has a field 'to'"),
        ('{"what": "rename", "thing": [], "to": "B"}', "unknown field 'thing'"),
        ('{"what": "status", "passages": [{}], "to": "sure"}', "no status 'sure'"),
        ('{"what": "link", "things": [{"name": "A"}], "to": "x>y"}', "neither Q and a number"),
        ('{"what": "merge", "things": [{"name": "A"}, {"name": "A"}]}', "the two are one name"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(out, line, told_):
    (out / CORRECTIONS).write_text(line + "\n")
    with pytest.raises(ConfigError, match=r"corrections\.jsonl:1: ") as error:
        kg.correct(out=out)
    assert told_ in str(error.value)


def test_an_id_that_is_not_there_is_told(out):
    with pytest.raises(KGError, match="'abc' is no correction here"):
        kg.correct(out=out, undo=["abc"])


def test_what_was_rejected_and_confirmed_teaches(out):
    from benchmarks.quality.precision import load

    made = wrong(out)
    with kg.correct(made, out) as graph:
        (out / "judged.json").write_text(graph.judged())
        sources = {a.id for a in graph.articles()}
    verdicts = load(out / "judged.json")
    assert {v.verdict for v in verdicts} == {"right", "wrong"}
    assert {v.article for v in verdicts} <= sources
    results = {r.article.id: r for r in NEWS}
    for v in verdicts:
        keys = {c.claim.key for c in results[v.article].claims}
        assert v.key in keys | {q.quote.key for q in results[v.article].quotes}
