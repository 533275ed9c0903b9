"""Gold annotation of whole articles: draw, show, compile, compare.

The annotator writes a plain working file beside the corpora (it quotes words of the articles, so
it is never committed); ``compile`` turns it into JSON with offsets, ids and fingerprints only,
and that is committed. The text of an article is the raw ``text`` of the corpus line.

Working file::

    # wikinews-2019-004
    E | PERSON | Vinnie DeVita ; DeVita
    F | 3 | driver | was from | West Palm Beach, Florida | asserted |
    F | 7 | vehicle | may have struck | victims lying on the roadway | possible | reports
    Q | 9 | direct | Guardrails can only take so much. | He | Troy Roberts

``E`` is an entity: type, then all its names as they stand (each occurrence counts).
``F`` is a fact: sentence number, subject words, predicate words, object words, status and, for
what somebody claims, who (words of that sentence, or of another with ``@N words``).
``Q`` is a quotation: sentence where it starts, kind, its words without the marks, the speaker's
words as they stand (``-`` if none), the speaker's full name or description (``-`` if unknown).
Words are found in that sentence (``Q``: from that sentence on); ``…`` between two stretches
means everything from the first to the second.

Usage::

    python -m benchmarks.quality.gold draw CORPUS        # CORPUS: a .jsonl.gz, or a folder of ours
    python -m benchmarks.quality.gold show CORPUS ID
    python -m benchmarks.quality.gold compile CORPUS WORKING.txt OUT.json
    python -m benchmarks.quality.gold agree A.json B.json
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

SEED = 20190101
STATUSES = {"asserted", "claimed", "possible", "planned", "hypothetical", "denied"}
_BREAK = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_NO_BREAK = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Rep|Sen|Gov|Prof|Jr|Sr|No|vs|v|U\.S|U\.K|U\.N|[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as one sentence says it; ranges are offsets in the article's text."""

    sentence: tuple[int, int]
    subject: tuple[int, int]
    predicate: tuple[int, int]
    object: tuple[int, int]
    status: str
    attribution: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A quotation's content, the speaker's words, and where the speaker's full name stands."""

    span: tuple[int, int]
    kind: str
    speaker: tuple[int, int] | None
    name: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity's type and every place where one of its names stands."""

    type: str
    names: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """The annotation of one article; ``fingerprint`` is the start of its text's SHA-256."""

    id: str
    fingerprint: str
    entities: tuple[GoldEntity, ...]
    facts: tuple[Fact, ...]
    quotes: tuple[GoldQuote, ...]


def corpus(path: Path) -> dict[str, str]:
    """The texts of ``raw/wikinews_2019.jsonl.gz`` by id, or of a folder of articles by source."""
    if path.is_dir():
        from kg.config import load_config
        from kg.model import Article
        from kg.read import read

        found = read([str(path)], settings=load_config())
        return {article.source: article.text for article in found if isinstance(article, Article)}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: row["text"] for row in map(json.loads, lines)}


def draw(texts: dict[str, str], count: int = 20) -> list[str]:
    """Ids drawn with a fixed seed among articles of 150 to 600 words; the first half is for
    looking, the second only for scoring."""
    fit = sorted(key for key, text in texts.items() if 150 <= len(text.split()) <= 600)
    return random.Random(SEED).sample(fit, count)


def fingerprint(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def sentences(text: str) -> list[tuple[int, int]]:
    """A frozen, simple segmentation, so that annotations can name sentences by number (from 1)."""
    ranges, start = [], 0
    for match in _BREAK.finditer(text):
        piece = text[start : match.start()]
        if "\n" not in match.group() and _NO_BREAK.search(piece):
            continue
        end = match.start() + len(match.group().rstrip())
        if text[start:end].strip():
            ranges.append((start, end))
        start = match.end()
    if text[start:].strip():
        ranges.append((start, len(text)))
    return ranges


def find(text: str, words: str, start: int, end: int) -> tuple[int, int]:
    """The range of ``words`` in ``text[start:end]``; ``a…b`` spans from a to b. ValueError."""
    if "…" in words and words not in text[start:end]:
        first, last = (part.strip() for part in words.split("…", 1))
        low = find(text, first, start, end)[0]
        return low, find(text, last, low, end)[1]
    pattern = re.compile(
        (r"\b" if words[:1].isalnum() else "")
        + r"\s+".join(map(re.escape, words.split()))
        + (r"\b" if words[-1:].isalnum() else "")
    )
    match = pattern.search(text, start, end)
    if not match:
        raise ValueError(f"not found: {words!r} in {text[start:end][:120]!r}")
    return match.span()


def annotated(working: str) -> list[tuple[str, str]]:
    """Of each article of a working file its id and its lines."""
    parts = re.split(r"^# *(?=\S+$)", working, flags=re.M)[1:]
    return [(head.strip(), body) for head, _, body in (part.partition("\n") for part in parts)]


def compile_file(working: str, texts: dict[str, str]) -> tuple[list[GoldArticle], list[str]]:
    """The articles of a working file, and the lines that could not be placed."""
    done, problems = [], []
    for key, body in annotated(working):
        text = texts[key]
        bounds = sentences(text)
        entities, facts, quotes = [], [], []
        for line in filter(None, map(str.strip, body.splitlines())):
            fields = [field.strip() for field in line.split("|")]
            try:
                if fields[0] == "E":
                    spots = sorted(
                        {
                            match.span()
                            for name in fields[2].split(";")
                            for match in re.finditer(
                                r"(?<!\w)" + re.escape(name.strip()) + r"(?!\w)", text
                            )
                        }
                    )
                    spots = [
                        s
                        for s in spots
                        if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spots)
                    ]
                    if not spots:
                        raise ValueError("no name found")
                    entities.append(GoldEntity(fields[1], tuple(spots)))
                elif fields[0] == "F":
                    where = bounds[int(fields[1]) - 1]
                    if fields[5] not in STATUSES:
                        raise ValueError(f"status {fields[5]!r}")
                    who = fields[6] if len(fields) > 6 else ""
                    facts.append(
                        Fact(
                            where,
                            *(find(text, words, *where) for words in fields[2:5]),
                            fields[5],
                            _at(text, who, where, bounds),
                        )
                    )
                elif fields[0] == "Q":
                    begin, stop = bounds[int(fields[1]) - 1]
                    span = find(text, fields[3], begin, len(text))
                    speaker = None
                    if fields[4] not in {"", "-"}:
                        window = (max(0, begin - 600), min(len(text), max(stop, span[1]) + 300))
                        try:
                            speaker = find(text, fields[4], begin, window[1])
                        except ValueError:
                            speaker = find(text, fields[4], *window)
                    name = None if fields[5] in {"", "-"} else find(text, fields[5], 0, len(text))
                    quotes.append(GoldQuote(span, fields[2], speaker, name))
                else:
                    raise ValueError("unknown line")
            except (ValueError, IndexError) as error:
                problems.append(f"{key}: {line}: {error}")
        done.append(
            GoldArticle(key, fingerprint(text), tuple(entities), tuple(facts), tuple(quotes))
        )
    return done, problems


def _at(
    text: str, who: str, where: tuple[int, int], bounds: list[tuple[int, int]]
) -> tuple[int, int] | None:
    if who in {"", "-"}:
        return None
    if who.startswith("@"):
        number, _, who = who[1:].partition(" ")
        where = bounds[int(number) - 1]
    return find(text, who, *where)


def load(path: Path) -> list[GoldArticle]:
    """Articles of a compiled file."""
    pair = lambda value: None if value is None else tuple(value)  # noqa: E731
    return [
        GoldArticle(
            row["id"],
            row["fingerprint"],
            tuple(GoldEntity(e["type"], tuple(map(pair, e["names"]))) for e in row["entities"]),
            tuple(
                Fact(**{k: v if k == "status" else pair(v) for k, v in fact.items()})
                for fact in row["facts"]
            ),
            tuple(
                GoldQuote(**{k: v if k == "kind" else pair(v) for k, v in quote.items()})
                for quote in row["quotes"]
            ),
        )
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def overlap(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    """Whether two ranges share a character."""
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]


def same_fact(a: Fact, b: Fact) -> bool:
    """Two annotators' facts are the same when the three parts overlap pairwise."""
    return (
        overlap(a.subject, b.subject)
        and overlap(a.predicate, b.predicate)
        and overlap(a.object, b.object)
    )


def agreement(first: list[GoldArticle], second: list[GoldArticle]) -> dict[str, float]:
    """F1 between two annotations of facts and quotes, and the agreement on status where both
    have the fact."""
    pairs = [
        (a, next(b for b in second if b.id == a.id))
        for a in first
        if any(b.id == a.id for b in second)
    ]
    in_a = in_b = both_a = both_b = status = same = 0
    qa = qb = qboth = 0
    for a, b in pairs:
        in_a += len(a.facts)
        in_b += len(b.facts)
        for fact in a.facts:
            twins = [other for other in b.facts if same_fact(fact, other)]
            both_a += bool(twins)
            if twins:
                same += 1
                status += any(fact.status == twin.status for twin in twins)
        both_b += sum(any(same_fact(fact, other) for other in a.facts) for fact in b.facts)
        qa += len(a.quotes)
        qb += len(b.quotes)
        qboth += sum(any(overlap(q.span, r.span) for r in b.quotes) for q in a.quotes)
    p, r = both_a / max(in_a, 1), both_b / max(in_b, 1)
    return {
        "articles": len(pairs),
        "facts_first": in_a,
        "facts_second": in_b,
        "facts_f1": 2 * p * r / max(p + r, 1e-9),
        "status_agreement": status / max(same, 1),
        "quotes_f1": 2 * qboth / max(qa + qb, 1),
    }


def main(arguments: list[str]) -> int:
    """Run one of the commands named in the module's docstring."""
    match arguments:
        case ["draw", path]:
            print("\n".join(draw(corpus(Path(path)))))
        case ["show", path, *keys]:
            texts = corpus(Path(path))
            for key in keys:
                print(f"# {key}")
                for number, (start, end) in enumerate(sentences(texts[key]), 1):
                    print(f"[{number}] {texts[key][start:end]}")
        case ["compile", path, working, out]:
            articles, problems = compile_file(
                Path(working).read_text(encoding="utf-8"), corpus(Path(path))
            )
            for problem in problems:
                print(problem, file=sys.stderr)
            Path(out).write_text(
                json.dumps([asdict(article) for article in articles], separators=(",", ":")) + "\n",
                encoding="utf-8",
            )
            print(
                f"{len(articles)} articles, {sum(len(a.facts) for a in articles)} facts, "
                f"{sum(len(a.quotes) for a in articles)} quotes, {len(problems)} problems"
            )
            return 1 if problems else 0
        case ["agree", first, second]:
            print(json.dumps(agreement(load(Path(first)), load(Path(second))), indent=1))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
