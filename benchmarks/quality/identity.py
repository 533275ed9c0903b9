"""Whether names of several articles are one thing where two readers say so: B-cubed.

    python -m benchmarks.quality.identity ../shared/corpora [--part looking|scoring] [--show] [--pin]
    python -m benchmarks.quality.identity ../shared/corpora --gather A.jsonl B.jsonl
    python -m benchmarks.quality.identity ../shared/corpora --gum

``gold/identities.jsonl`` has the names of sixty articles of the raw news, as two readers marked them,
each alone: offsets, and for each reader the number of the thing (null: the reader marked no name there).
No text. Half of the articles are for looking, half only for scoring. A half is built and merged by
itself with default settings, as a user would. A name counts in the first thing of the graph that has
a mention of it; a name that nobody found is a thing by itself. Figures are the mean of those against
either reader: precision and recall of B-cubed over all names of all articles (*across*), and over
those of one article each (*within*); *agreement* is one reader against the other. ``--gather`` makes
the gold of what two readers wrote, a name a line. ``--gum``: the news and lives of GUM (its training part, for looking), whose
names carry the Wikipedia page of what they mean; many of them stand inside longer names, which no graph tells.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality import gate
from kg.model import Article, ArticleResult, Block, LocalEntity

GOLD = Path(__file__).parent / "gold" / "identities.jsonl"
SETS = ("wikinews_2019", "wikinews_2020_half", "current_events")
PARTS = ("looking", "scoring")

Span = tuple[int, int]
#: A name: article, start, end.
Name = tuple[str, int, int]
#: Which thing each name is.
Things = dict[Name, Hashable]


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with the names that readers found: span -> thing, for each reader."""

    article: Article
    readers: tuple[Mapping[Span, str], ...]


def articles(corpora: Path) -> dict[str, Article]:
    """The raw news by id and by address: title and text, a paragraph a block."""
    made = {}
    for name in SETS:
        data = gzip.decompress((corpora / f"raw/{name}.jsonl.gz").read_bytes()).decode("utf-8")
        for row in map(json.loads, data.splitlines()):
            title = row.get("title", "")
            text = f"{title}\n\n{row['text']}" if title else row["text"]
            blocks, start = [], 0
            for part in text.split("\n\n"):
                kind = "headline" if title and not start else "paragraph"
                blocks.append(Block(kind, start, start + len(part)))  # type: ignore[arg-type]
                start += len(part) + 2
            article = Article(
                fingerprint(row["id"]), row["id"], text, title=title or None, date=row["date"],
                blocks=tuple(blocks),
            )  # fmt: skip
            made[row["id"]] = article
            if "url" in row:
                made[row["url"]] = article
    return made


def marked(corpora: Path, part: str) -> list[Marked]:
    """The articles of a half. A text that is not the one that was read is a ValueError."""
    known, found = articles(corpora), []
    for line in GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["part"] != part:
            continue
        article = known[row["id"]]
        if fingerprint(article.text) != row["fingerprint"]:
            raise ValueError(f"{row['id']}: the text has changed since it was read")
        readers = tuple(
            {(m[0], m[1]): str(m[2 + n]) for m in row["names"] if m[2 + n] is not None}
            for n in (0, 1)
        )
        found.append(Marked(article, readers))
    return found


def fingerprint(text: str) -> str:
    """What a text is known by in the gold."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def gather(corpora: Path, passes: Sequence[Path]) -> list[str]:
    """The lines of the gold, of what two readers wrote."""
    known = articles(corpora)
    names: defaultdict[str, defaultdict[Span, list[int | None]]]
    names = defaultdict(lambda: defaultdict(lambda: [None, None]))
    for number, path in enumerate(passes):
        things: dict[str, int] = {}
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            article, span = known[row["article"]], (row["start"], row["end"])
            thing = things.setdefault(row["entity"], len(things))
            names[article.source][span][number] = thing
    order = sorted(names, key=lambda key: hashlib.sha256(key.encode()).hexdigest())
    lines = []
    for key in sorted(names):
        part = PARTS[order.index(key) % 2]
        row = {
            "id": key, "part": part, "fingerprint": fingerprint(known[key].text),
            "names": [[*span, *found] for span, found in sorted(names[key].items())],
        }  # fmt: skip
        lines.append(json.dumps(row, separators=(",", ":")))
    return lines


def b_cubed(system: Things, gold: Things) -> tuple[float, float]:
    """Precision and recall over the names of the gold; a name that the system lacks is alone."""
    own: Things = {name: system.get(name, name) for name in gold}
    both = Counter((own[name], gold[name]) for name in gold)
    ours, theirs = Counter(own.values()), Counter(gold.values())
    right = [both[own[name], gold[name]] for name in gold]
    count = max(1, len(gold))
    precision = sum(n / ours[own[x]] for n, x in zip(right, gold, strict=True)) / count
    recall = sum(n / theirs[gold[x]] for n, x in zip(right, gold, strict=True)) / count
    return precision, recall


def results(found: Iterable[Marked]) -> list[ArticleResult]:
    """What the pipeline makes of the articles, with all that is read told."""
    from benchmarks.quality.settings import everything
    from kg.nlp.load import load_pipeline
    from kg.pipeline import process

    nlp, settings = load_pipeline(), everything()
    return [process(one.article, nlp, settings) for one in found]


def things(found: Sequence[Marked], made: Sequence[ArticleResult]) -> Things:
    """Which entity of the graph each marked name is."""
    from kg.merge import merge

    named: Things = {}
    with merge(lambda: made) as graph:
        rows = graph.db.execute(
            "SELECT l.article, l.key, g.entity FROM local l JOIN grp g ON g.id = l.grp"
        )
        iris = {(article, key): iri for article, key, iri in rows}
    for one, result in zip(found, made, strict=True):
        for span in {span for reader in one.readers for span in reader}:
            entity = _of(span, result.entities)
            if entity is not None:
                named[one.article.id, *span] = iris[one.article.id, entity.key]
    return named


def gum(corpora: Path) -> dict[str, float]:
    """The figures on GUM."""
    from corpora.conllu import docs_from_conllu
    from corpora.gum import gold_mentions

    found = []
    for path in sorted((corpora / "gum/train").glob("*.conllu.gz")):
        if path.name.startswith(("GUM_news_", "GUM_bio_")):
            for doc in docs_from_conllu(path):
                pages = {
                    (m.heads[0], m.heads[0] + 1): m.page
                    for m in gold_mentions(doc)
                    if m.kind == "name" and m.page
                }
                block = Block("paragraph", 0, len(doc.text))
                article = Article(fingerprint(path.name), path.name, doc.text, blocks=(block,))
                found.append(Marked(article, (pages, pages)))
    return scores(found, things(found, results(found)))


def _of(span: Span, entities: Iterable[LocalEntity]) -> LocalEntity | None:
    """The entity with the mention that has most in common with a span, and more than half of it; of a
    head, its first letter, the shortest that has it."""
    best: tuple[float, LocalEntity] | None = None
    is_head = span[1] - span[0] == 1
    for entity in entities:
        for start, end in entity.mentions:
            both = min(end, span[1]) - max(start, span[0])
            part = both / (max(end, span[1]) - min(start, span[0]))
            if (part > 0.5 or (is_head and both > 0)) and (best is None or part > best[0]):
                best = part, entity
    return best[1] if best else None


def gold_of(found: Iterable[Marked], reader: int, article: str | None = None) -> Things:
    """Which thing each name is, to one of the readers."""
    return {
        (one.article.id, *span): thing
        for one in found
        if article in (None, one.article.id)
        for span, thing in one.readers[reader].items()
    }


def scores(found: Sequence[Marked], named: Things) -> dict[str, float]:
    """All figures."""
    table: defaultdict[str, float] = defaultdict(float)
    for reader in (0, 1):
        gold = gold_of(found, reader)
        precision, recall = b_cubed(named, gold)
        table["across precision"] += precision / 2
        table["across recall"] += recall / 2
        table["names found"] += sum(name in named for name in gold) / len(gold) / 2
        for one in found:
            inside = gold_of(found, reader, one.article.id)
            precision, recall = b_cubed(named, inside)
            weight = len(inside) / len(gold) / 2
            table["within precision"] += weight * precision
            table["within recall"] += weight * recall
    return dict(table)


def agreement(found: Sequence[Marked]) -> dict[str, float]:
    """One reader against the other: names that both marked, and what they say these are."""
    one, other = gold_of(found, 0), gold_of(found, 1)
    both = one.keys() & other.keys()
    precision, recall = b_cubed(
        {name: one[name] for name in both}, {name: other[name] for name in both}
    )
    return {
        "same names": 2 * len(both) / (len(one) + len(other)),
        "same things": 2 * precision * recall / (precision + recall),
    }


def show(found: Sequence[Marked], named: Things) -> Iterable[str]:
    """What is apart and should be one, and what is one and should be apart, most names first."""
    texts = {marked.article.id: marked.article.text for marked in found}
    one, other = gold_of(found, 0), gold_of(found, 1)
    gold = {name: (one[name], other[name]) for name in one.keys() & other.keys()}
    sides: tuple[tuple[str, Things, Things], ...] = (
        ("apart", dict(gold), {name: named.get(name, "(not found)") for name in gold}),
        ("one", {name: named[name] for name in gold if name in named}, dict(gold)),
    )
    for what, whole, parts in sides:
        groups: defaultdict[Hashable, defaultdict[Hashable, Counter[str]]]
        groups = defaultdict(lambda: defaultdict(Counter))
        for name, thing in whole.items():
            groups[thing][parts[name]][texts[name[0]][name[1] : name[2]]] += 1
        wrong = {thing: told for thing, told in groups.items() if len(told) > 1}
        size = {t: sum(c.total() for c in told.values()) for t, told in wrong.items()}
        for thing in sorted(wrong, key=lambda t: (-size[t], str(t))):
            yield f"{what}: " + " || ".join(
                f"{str(key).rpartition('/')[2]}: "
                + ", ".join(f"{text!r} {n}" for text, n in counts.most_common())
                for key, counts in wrong[thing].items()
            )


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 if a floor is missed."""
    p = gate.options(__doc__)
    p.add_argument("--part", default="scoring", choices=PARTS)
    p.add_argument("--show", action="store_true", help="list what is wrong: of the looking half")
    p.add_argument("--gum", action="store_true", help="the figures on GUM")
    p.add_argument("--gather", nargs=2, type=Path, help="make the gold of two readers' files")
    a = gate.given(p, arguments)
    if a.gum:
        print("\n".join(f"{key:28} {value:9.4f}" for key, value in gum(a.corpora).items()))
        return 0
    if a.gather:
        GOLD.write_text("\n".join(gather(a.corpora, a.gather)) + "\n", "utf-8")
        return 0
    found = marked(a.corpora, a.part)
    named = things(found, results(found))
    table = scores(found, named) | agreement(found)
    return gate.settle_half("identities", table, GOLD, a, show(found, named))


if __name__ == "__main__":
    raise SystemExit(main())
