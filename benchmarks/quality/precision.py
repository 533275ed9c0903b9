"""Precision, judged by reading: statements drawn with a fixed seed, one verdict each.

``draw`` takes half of its statements from Wikinews articles outside the gold and half from the
stories of the current-events portal (each story an article with its own date). Articles come in a
seeded order; each gives at most two claims and one quotation, ranked by a seeded hash of their
content, so that no long article fills the sample and a statement that a later version still makes
keeps its place. Every eighth statement is a quotation. Figures are therefore means over articles
rather than over all statements.

The working file quotes the articles and is not committed. ``V:`` lines take the verdict, one of

- ``right``: an editor would sign subject, predicate, object, status and every argument, as the
  entities they are linked to, from this text alone;
- ``slip CAUSE``: who did what to whom is right, but the status, a further argument, an entity's
  class or the form of its label is not (forgiven by the lenient figure);
- ``wrong CAUSE``: anything else, and statements too empty to sign.

Causes: ``parse`` (heads or attachment), ``boundary`` (a phrase cut or stretched), ``coreference``
(pronoun or noun linked to the wrong one or left unresolved where that empties it, names merged
wrongly), ``type`` (class of an entity), ``predicate`` (wrong sense of the lexicon), ``direction``
(roles turned around), ``coordination``, ``status``, ``argument`` (a further argument: time,
place...), ``vacuous`` (too little to be a statement), ``span`` (of a quotation), ``speaker``,
``other``. A statement with several faults has the cause that comes first in its making.

What is kept has ids, offsets, content keys, verdicts and causes: no text. ``shown`` is a hash of
the statement as it was printed: with ``--with OLD.json`` a statement that is still the same word
for word takes its old verdict, so that after a change only what changed is read again. ``--round``
takes other articles (rounds 1 to 3 share none): what was read to improve the rules says little
about the next article.

Usage::

    python -m benchmarks.quality.precision draw CORPORA N [--round R] [--with OLD.json] > working.txt
    python -m benchmarks.quality.precision all FILES... [--with OLD.json] > working.txt
    python -m benchmarks.quality.precision keep working.txt OUT.json
    python -m benchmarks.quality.precision report OUT.json...
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b
from math import sqrt
from pathlib import Path

from benchmarks.quality.gold import corpus, sentences
from benchmarks.quality.gold import draw as gold_draw
from kg.model import (
    Argument,
    Article,
    ArticleResult,
    Block,
    Claim,
    LinkedClaim,
    LinkedQuote,
    Quote,
)

SEED = 20191231
EVERY = 8
CLAIMS_AN_ARTICLE = 2
ARTICLES_A_ROUND = 50
VERDICTS = ("right", "slip", "wrong")
CAUSES = (
    "parse",
    "boundary",
    "coreference",
    "type",
    "predicate",
    "direction",
    "coordination",
    "status",
    "argument",
    "vacuous",
    "span",
    "speaker",
    "other",
)
_HEAD = re.compile(
    r"^## \d+ (?P<article>\S+) (?P<key>\S+) (?P<start>\d+)-(?P<end>\d+) "
    r"(?P<kind>claim|quote) (?P<status>\w+) (?P<extractor>\w+)$"
)

Linked = LinkedClaim | LinkedQuote


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judged statement. ``start``/``end`` are its sentence, or sentences, in the article."""

    article: str
    start: int
    end: int
    key: str
    kind: str
    status: str
    extractor: str
    verdict: str
    cause: str | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A statement to be judged, with all that it is judged by."""

    result: ArticleResult
    linked: Linked

    @property
    def key(self) -> str:
        """The content key of the claim or quote."""
        return content(self.linked).key

    @property
    def sentence(self) -> tuple[int, int]:
        """The range from the first to the last sentence that the statement's evidence touches."""
        start, end = evidence(self.linked)
        touched = [
            bounds
            for bounds in sentences(self.result.article.text)
            if bounds[0] < end and start < bounds[1]
        ]
        return (touched[0][0], touched[-1][1]) if touched else (start, end)


def content(linked: Linked) -> Claim | Quote:
    """The claim or the quote itself."""
    return linked.claim if isinstance(linked, LinkedClaim) else linked.quote


def evidence(linked: Linked) -> tuple[int, int]:
    """The words that say it."""
    if isinstance(linked, LinkedClaim):
        return linked.claim.start, linked.claim.end
    return linked.quote.evidence_start, linked.quote.evidence_end


def ranked(result: ArticleResult) -> tuple[list[Drawn], list[Drawn]]:
    """The article's claims and quotations, each in the order of a seeded hash of their keys."""

    def rank(drawn: Drawn) -> bytes:
        return blake2b(f"{SEED} {result.article.id} {drawn.key}".encode()).digest()

    return (
        sorted((Drawn(result, linked) for linked in result.claims), key=rank),
        sorted((Drawn(result, linked) for linked in result.quotes), key=rank),
    )


def sample(results: Iterable[ArticleResult], count: int) -> list[Drawn]:
    """``count`` statements from the first articles that give enough: one in `EVERY` a quotation.

    Fewer when the articles run out. ``results`` is consumed no further than needed.
    """
    quotes_wanted = count // EVERY
    claims: list[Drawn] = []
    quotes: list[Drawn] = []
    for result in results:
        if len(claims) >= count - quotes_wanted and len(quotes) >= quotes_wanted:
            break
        ours, said = ranked(result)
        claims += ours[:CLAIMS_AN_ARTICLE]
        quotes += said[:1]
    return claims[: count - quotes_wanted] + quotes[:quotes_wanted]


def shuffled(articles: dict[str, Article], round_: int = 1) -> Iterator[Article]:
    """The articles of a round, in an order that depends on their ids and the seed only."""
    order = random.Random(SEED).sample(sorted(articles), len(articles))
    first = (round_ - 1) * ARTICLES_A_ROUND
    for key in order[first : first + ARTICLES_A_ROUND]:
        yield articles[key]


def unseen_wikinews(path: Path) -> dict[str, Article]:
    """The Wikinews articles that are not in the gold, with their own dates."""
    gold = set(gold_draw(corpus(path)))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["id"]: plain_article(row) for row in rows if row["id"] not in gold}


def stories(path: Path) -> dict[str, Article]:
    """The stories of the current-events portal."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: plain_article(row) for row in map(json.loads, lines)}


def plain_article(row: dict[str, str]) -> Article:
    """A corpus line as an article, its paragraphs as blocks, untouched by any cleaning."""
    blocks, start = [], 0
    for part in row["text"].split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(part)))
        start += len(part) + 2
    return Article(row["id"], row["id"], row["text"], date=row.get("date"), blocks=tuple(blocks))


def processed(articles: Iterable[Article]) -> Iterator[ArticleResult]:
    """What the default pipeline makes of each, one at a time."""
    from kg.config import load_config
    from kg.nlp.load import load_pipeline
    from kg.pipeline import process

    nlp, settings = load_pipeline(), load_config()
    for article in articles:
        yield process(article, nlp, settings)


def show(number: int, drawn: Drawn) -> str:
    """One entry of the working file."""
    text, linked = drawn.result.article.text, drawn.linked
    names = {entity.key: f"{entity.label}/{entity.type}" for entity in drawn.result.entities}
    start, end = drawn.sentence
    status, extractor = content(linked).status, content(linked).extractor

    def words(argument: Argument, key: str | None) -> str:
        stands = " ".join(text[argument.start : argument.end].split())
        if argument.literal is not None:
            return f"{argument.literal.value} ({argument.literal.datatype}) «{stands}»"
        return f"{names.get(key or '', argument.kind)} «{stands}»"

    kind = "claim" if isinstance(linked, LinkedClaim) else "quote"
    lines = [
        f"## {number} {drawn.result.article.id} {drawn.key} {start}-{end} "
        f"{kind} {status} {extractor}",
        f"before: {' '.join(text[max(0, start - 200) : start].split())}",
        f"S: {' '.join(text[start:end].split())}",
    ]
    if isinstance(linked, LinkedClaim):
        claim = linked.claim
        negative = "" if claim.polarity == "positive" else " negative"
        who = f" BY {words(claim.attribution, linked.attribution)}" if claim.attribution else ""
        lines.append(
            f"C: {words(claim.subject, linked.subject)} | "
            f"{claim.predicate.property or '~' + claim.predicate.label} «{claim.predicate.text}» | "
            f"{words(claim.object, linked.object)} | {status}{negative}{who}"
        )
        for argument, key in zip(claim.arguments, linked.arguments, strict=True):
            lines.append(f"   + {argument.role}: {words(argument, key)}")
    else:
        quote = linked.quote
        speaker = words(quote.speaker, linked.speaker) if quote.speaker else "unknown"
        lines.append(f"Q: {quote.speech} {speaker} | {quote.cue} | {quote.text} | {status}")
    return "\n".join([*lines, "V: ", ""])


def keep(working: str) -> tuple[list[Verdict], list[str]]:
    """The verdicts of a working file, and what is wrong with it."""
    found, problems = [], []
    for part in re.split(r"^(?=## )", working, flags=re.M):
        if not part.startswith("## "):
            continue
        first = part.partition("\n")[0]
        head = _HEAD.match(first)
        given = re.search(r"^V:[ \t]*(\w+)?[ \t]*(\w+)?", part, flags=re.M)
        verdict, cause = given.groups() if given else (None, None)
        if head is None or verdict not in VERDICTS or (cause not in CAUSES) != (verdict == "right"):
            problems.append(f"{first}: {verdict} {cause}")
            continue
        values = head.groupdict()
        found.append(
            Verdict(
                article=values["article"],
                start=int(values["start"]),
                end=int(values["end"]),
                key=values["key"],
                kind=values["kind"],
                status=values["status"],
                extractor=values["extractor"],
                verdict=verdict,
                cause=cause if verdict != "right" else None,
                shown=digest(part),
            )
        )
    return found, problems


def digest(entry: str) -> str:
    """A hash of what an entry states, every part of it."""
    lines = [line for line in entry.splitlines() if line.startswith(("C: ", "Q: ", "   + "))]
    return blake2b("\n".join(lines).encode(), digest_size=6).hexdigest()


def carry_over(working: str, old: Iterable[Verdict]) -> str:
    """The working file with the old verdicts of statements that read the same as then."""
    known = {(v.article, v.key, v.shown): f"{v.verdict} {v.cause or ''}".strip() for v in old}
    parts = re.split(r"^(?=## )", working, flags=re.M)
    for place, part in enumerate(parts):
        head = _HEAD.match(part.partition("\n")[0])
        given = head and known.get((head["article"], head["key"], digest(part)))
        if given:
            parts[place] = re.sub(r"^V:.*$", f"V: {given}", part, flags=re.M)
    return "".join(parts)


def load(path: Path) -> list[Verdict]:
    """The verdicts of a kept file."""
    return [Verdict(**row) for row in json.loads(path.read_text(encoding="utf-8"))]


def figures(verdicts: list[Verdict]) -> dict[str, float]:
    """The figures of `report`.

    ``strict`` and ``lenient`` precision; ``wrongly_asserted``: of the claims with status
    ``asserted``, those whose content the text does not assert (a fault of status);
    ``asserted_not_right``: of the same, all that an editor would not sign.
    """
    total = max(len(verdicts), 1)
    asserted = [v for v in verdicts if v.status == "asserted" and v.kind == "claim"]
    return {
        "statements": len(verdicts),
        "strict": sum(v.verdict == "right" for v in verdicts) / total,
        "lenient": sum(v.verdict != "wrong" for v in verdicts) / total,
        "wrongly_asserted": sum(v.cause == "status" for v in asserted) / max(len(asserted), 1),
        "asserted_not_right": sum(v.verdict == "wrong" for v in asserted) / max(len(asserted), 1),
    }


def interval(share: float, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not count:
        return 0.0, 1.0
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return middle - half, middle + half


def report(verdicts: list[Verdict]) -> str:
    """Precision by kind, corpus and extractor, and the causes sorted."""
    groups: dict[str, list[Verdict]] = {"all": verdicts}
    for verdict in verdicts:
        groups.setdefault(f"  {verdict.kind}s", []).append(verdict)
    for verdict in sorted(verdicts, key=lambda v: v.article):
        groups.setdefault(f"  from {verdict.article.split('-')[0]}", []).append(verdict)
    for verdict in sorted(verdicts, key=lambda v: v.extractor):
        groups.setdefault(f"  by {verdict.extractor}", []).append(verdict)
    lines = [f"{'':24s} {'n':>4s}  strict (95 %)        lenient  wrongly asserted"]
    for name, group in groups.items():
        got = figures(group)
        low, high = interval(got["strict"], len(group))
        lines.append(
            f"{name:24s} {len(group):4d}  {got['strict']:.3f} ({low:.2f}-{high:.2f})"
            f"    {got['lenient']:.3f}    {got['wrongly_asserted']:.3f}"
        )
    causes = Counter(v.cause for v in verdicts if v.cause)
    slips = Counter(v.cause for v in verdicts if v.verdict == "slip")
    lines.append("causes (of these slips)")
    lines += [
        f"  {cause:22s} {number:4d}  ({slips[cause]})"
        for cause, number in sorted(causes.items(), key=lambda item: (-item[1], str(item[0])))
    ]
    return "\n".join(lines)


def working_file(drawn: list[Drawn], old: Iterable[Verdict] = ()) -> str:
    """The file to be judged, with what is known already filled in."""
    shown = "\n".join(show(number, one) for number, one in enumerate(drawn, 1))
    return carry_over(shown, old)


def _options(arguments: list[str]) -> tuple[list[str], dict[str, str]]:
    plain, options = [], {}
    rest = iter(arguments)
    for argument in rest:
        if argument.startswith("--"):
            options[argument] = next(rest, "")
        else:
            plain.append(argument)
    return plain, options


def main(arguments: list[str]) -> int:
    """Run one of the commands named in the module's docstring."""
    arguments, options = _options(arguments)
    old = load(Path(options["--with"])) if "--with" in options else []
    match arguments:
        case ["draw", corpora, count]:
            raw, half = Path(corpora) / "raw", int(count) // 2
            round_ = int(options.get("--round", "1"))
            news = shuffled(unseen_wikinews(raw / "wikinews_2019.jsonl.gz"), round_)
            short = shuffled(stories(raw / "current_events.jsonl.gz"), round_)
            drawn = sample(processed(news), half) + sample(processed(short), int(count) - half)
            print(working_file(drawn, old))
        case ["all", *files] if files:
            from kg.config import load_config
            from kg.read import read

            articles = [a for a in read(files, settings=load_config()) if isinstance(a, Article)]
            drawn = []
            for result in processed(articles):
                found: list[Linked] = [*result.claims, *result.quotes]
                drawn += [Drawn(result, linked) for linked in sorted(found, key=evidence)]
            print(working_file(drawn, old))
        case ["keep", working, out]:
            verdicts, problems = keep(Path(working).read_text(encoding="utf-8"))
            print("\n".join(problems), file=sys.stderr)
            rows = ",\n".join(json.dumps(asdict(verdict)) for verdict in verdicts)
            Path(out).write_text(f"[\n{rows}\n]\n", encoding="utf-8")
            print(f"{len(verdicts)} verdicts kept, {len(problems)} without a valid one")
            return 1 if problems else 0
        case ["report", *files] if files:
            print(report([verdict for file in files for verdict in load(Path(file))]))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
