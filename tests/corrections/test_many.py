"""Many random corrections, with articles that come and go between: none is lost, doubled or moved.

``KG_CORRECTIONS=300`` is the long form (`make corrections`).
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from kg import corrections
from kg.corrections.articles import Book
from kg.errors import KGError
from kg.graph.shapes import check
from kg.model import BY_HAND, STATUSES, Correction, Statement
from tests.corrections.news import KINDS, Opened, lines, merged, told

COUNT = int(os.environ.get("KG_CORRECTIONS", "60"))
ARTICLES = [told(seed) for seed in range(12)]
#: Newer versions of three of them: every offset is another, and so is the id.
NEWER = [told(seed, before="Updated. ") for seed in range(3)]
Place = tuple[str, str, str, str, str]


def random_correction(graph: Opened, random: Random) -> Correction | None:
    """One that a person could make of this graph; None where the die fell on what cannot be."""
    entities = [e for e in graph.store.entities() if e.articles]
    statements = [s for s in graph.store.statements() if not s.by_hand]
    if len(entities) < 2 or not statements:
        return None
    one, other = random.sample(entities, 2)
    statement = random.choice(statements)
    first = statement.evidence[0]
    article = random.choice(list(graph.store.articles()))
    at = random.randrange(max(1, len(article.text) - 12))
    makes = {
        "merge": lambda: corrections.merge(graph, one.id, other.id),
        "distinct": lambda: corrections.distinct(graph, one.id, other.id),
        "split": lambda: corrections.split(
            graph, one.id, article=random.choice(one.articles), to=random.choice([None, "Newcomer"])
        ),
        "split a place": lambda: corrections.split(
            graph,
            statement.subject.id,
            [f"{first.start}-{first.start + len(first.subject_text)}"],
            article=first.article,
            to=random.choice([None, "Somebody"]),
        ),
        "rename": lambda: corrections.rename(graph, one.id, f"Renamed {random.randrange(9)}"),
        "retype": lambda: corrections.retype(graph, one.id, random.choice(["Company", "Film"])),
        "alias": lambda: corrections.alias(graph, one.id, random.choice([*sorted(KINDS), "Other"])),
        "link": lambda: corrections.link(graph, one.id, f"Q{random.randrange(1, 99)}"),
        "reject": lambda: corrections.reject(graph, statement.id),
        "confirm": lambda: corrections.confirm(graph, statement.id),
        "status": lambda: corrections.status(
            graph, statement.id, random.choice(STATUSES), random.choice([None, one.id])
        ),
        "add": lambda: corrections.add(
            graph, one.id, "praised", other.id, (article.id, at, at + 12)
        ),
    }
    try:
        return makes[random.choice(sorted(makes))]()
    except KGError:
        return None


def place(source: str, text: str, subject: str, predicate: str, object_: str) -> Place:
    return source, text, subject, predicate, object_


def by_place(statements: list[Statement]) -> dict[Place, list[Statement]]:
    found: dict[Place, list[Statement]] = {}
    for statement in statements:
        for e in statement.evidence:
            where = place(e.source, e.text, e.subject_text, e.predicate_text, e.object_text)
            found.setdefault(where, []).append(statement)
    return found


def broken(results, made) -> list[str]:
    """What the corrections should have done to the graph of these results and have not, and what
    they did besides. Told from words and places: by none of what applies them."""
    with merged(results, made) as graph:
        outcomes = {c.correction.id: c for c in graph.corrections()}
        entities = {e.id: e for e in graph.entities()}
        statements = list(graph.statements())
    with merged(results) as graph:
        plain = by_place(list(graph.statements()))
    now = by_place(statements)
    wrong = [f"lost: {c.what} {c.id}" for c in made if c.id not in outcomes]
    wrong += [
        f"without a reason: {o}" for o in outcomes.values() if o.state != "applied" and not o.note
    ]
    here = {r.article.source for r in results}
    touched: Counter[Place] = Counter()
    for c in made:
        outcome = outcomes[c.id]
        for p in c.passages if c.what in ("reject", "confirm", "status") else ():
            where = place(p.source, p.text, p.subject, p.predicate, p.object)
            touched[where] += 1
            if where in plain and p.source in here and outcome.state == "waiting":
                before = {s.status for s in plain[where]}
                if p.status in before:
                    wrong.append(f"not found: {c.what} {c.id}")
            if outcome.state != "applied" or where not in plain:
                continue
            if p.status not in {s.status for s in plain[where]}:
                continue  # of a status that another correction gave, or gave no more
            if c.what == "reject" and where in now:
                wrong.append(f"still there: {c.id}")
            if c.what == "confirm" and not any(s.confirmed for s in now.get(where, ())):
                wrong.append(f"not confirmed: {c.id}")
        if c.what == "add":
            (p,) = c.passages
            mine = [s for s in statements for e in s.evidence
                    if e.extractor == BY_HAND and c.id in s.corrections
                    and (e.source, e.text) == (p.source, p.text)]  # fmt: skip
            if (outcome.state == "applied") != (len(mine) == 1):
                wrong.append(f"added {len(mine)} times: {c.id} {outcome.state}")
        if outcome.state != "applied" or not outcome.entities:
            continue
        about = [entities[iri] for iri in outcome.entities if iri in entities]
        if c.what == "merge" and len(outcome.entities) != 1:
            wrong.append(f"still two: {c.id}")
        if c.what == "distinct" and len(outcome.entities) != 2:
            wrong.append(f"not two: {c.id}")
        for e in about:
            held = {"rename": e.label == c.to, "retype": e.type == c.to, "link": c.to in e.same_as,
                    "alias": c.to in (e.label, *e.aliases)}  # fmt: skip
            if not held.get(c.what, True):
                wrong.append(f"not so: {c.what} {c.id}")
    for where, found in plain.items():  # what nobody spoke of is as it was
        if where in touched:
            continue
        if sorted((s.status, s.polarity) for s in found) != sorted(
            (s.status, s.polarity) for s in now.get(where, ()) if not s.by_hand
        ):
            wrong.append(f"moved or doubled: {where}")
        if any(s.confirmed for s in now.get(where, ()) if len(s.evidence) == 1):
            wrong.append(f"confirmed by nobody: {where}")
    return wrong


@pytest.mark.parametrize("seed", range(max(1, COUNT // 60)))
def test_none_is_lost_doubled_or_moved(seed):
    random = Random(seed)
    here = ARTICLES[:8]
    made: list[Correction] = []
    for _ in range(60):
        graph = Opened(here, made)
        while (correction := random_correction(graph, random)) is None:
            pass
        if correction not in made:
            made.append(correction)
            with merged(here, made) as now:
                (fresh,) = (c for c in now.corrections() if c.correction == correction)
            assert fresh.state != "waiting", (fresh.label, fresh.note)
        random.shuffle(made)
        match random.randrange(3):  # a build, a removal, a newer version
            case 0:
                here = sorted({*here, random.choice(ARTICLES)}, key=lambda r: r.article.id)
            case 1 if len(here) > 3:
                here = random.sample(here, len(here) - 1)
            case 2:
                newer = random.choice(NEWER)
                here = [r for r in here if r.article.source != newer.article.source] + [newer]
        sources = Counter(r.article.source for r in here)
        here = [r for r in here if sources[r.article.source] == 1 or r in NEWER]
        assert broken(here, made) == []
    assert set(made) == set(corrections.from_lines(corrections.to_lines(made)))
    fresh = lines(sorted(here, key=lambda r: r.article.source), sorted(made, key=lambda c: c.id))
    assert lines(here, made) == fresh
    assert check(Opened(here, made).store) == ()
    everything = lines(ARTICLES, made)
    assert everything == lines(ARTICLES[::-1], made[::-1])


def test_without_corrections_nothing_is_mended():
    book = Book((), {r.article.id: r.article.source for r in ARTICLES})
    assert all(book.mend(result).result is result for result in ARTICLES)


def test_a_confirmation_changes_what_it_is_about_alone():
    result = ARTICLES[0]
    with merged([result]) as graph:
        statement = next(graph.statements())
    made = corrections.confirm(Opened([result]), statement.id)
    before, after = set(lines([result])), set(lines([result], [made]))
    assert all(f"{statement.id}>" in line and "Unchecked" in line for line in before - after)
    assert all(made.id in line or "isConfirmed" in line for line in after - before)
    assert replace(made, id="") in [
        replace(c, id="") for c in corrections.from_lines(corrections.to_lines([made]))
    ]
