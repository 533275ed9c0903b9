"""How processor time and memory grow with the length of an article, hostile ones included.

    python -m benchmarks.speed.growth [KIND ...] [--all] [--from 16] [--doublings 2] [--limit 60]

Texts of our own making, at sizes (in thousand characters) that double; each size in a process of
its own. Printed are processor seconds in all and of the slowest stages, the growth of each doubling
(2.0 is linear), the peak of resident memory, and the exponent between the first and the last size.
An article that takes more than ``--limit`` processor seconds is stopped. Without a name the kinds
of `USUAL` are measured. The exit code is 1 when an exponent is over `STEEPEST`; what takes less
than a second at its largest is told by chance more than by growth, and never steep.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

#: The steepest growth that counts as linear: what is cut at another place makes some difference.
STEEPEST = 1.15

#: What is measured when nothing is named.
USUAL = ("report", "strangers", "list of names", "commas", "nested quotes", "html: attributes")

_GIVEN = "Ada Bram Cleo Dario Edda Femi Greta Hugo Ines Jonas Kira Lars Mona Nils Olga Piet".split()
_ENDS = "ard bach dal er feld gren holm ing kov lund mann nes ova quist sen ström ton vik".split()
_STARTS = "Al Bor Cal Dun Es Fal Gar Hel Is Jor Kal Lin Mor Nor Os Pel Ros Sun Tor Val".split()
_BODIES = "Ministry Council Union Institute Bank Agency Commission Museum Harbour Railway".split()
_DONE = "bought sold criticised praised visited founded sued joined left closed".split()
_SAID = "said told reporters|said|argued|warned|announced|denied".split("|")
_THINGS = (
    "the new bridge over the river|a report on the ferry trade|the plan for the old station|"
    "three cranes at the northern quay|a film about the flood of 1953|a contract worth $4 million"
).split("|")
_POSTS = "chairman|director|spokeswoman|mayor|chief executive|minister|member".split("|")
_SENTENCES = (
    "{p}, the {post} of the {b}, {done} {thing} on {day}.",
    '"We have never seen {thing} like this," {s} of {q} {said}.',
    "{q} {said} that {s} had {done} {thing} because the {b} would not pay for it.",
    "The {b} and the {c} {done} {thing} in March {year}, but it was not enough.",
    "According to the {b}, {percent} per cent of its members may leave by {year}.",
    "He will meet {q}, who {done} the {c} last year, to speak about {thing}.",
    "Critics such as {p} call {thing} “a mistake that will cost us dearly”.",
    "{s} was named {post} of the {c} in {year}; she had worked there since she was 23.",
    "If the {b} agrees, {p} plans to sell {thing} to the {c} for {percent} million euros.",
    "It did not rain, and the {post} did not say whether the {c} had been told.",
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday".split()


def _name(dice: random.Random) -> tuple[str, str]:
    surname = dice.choice(_STARTS) + dice.choice(_ENDS) + dice.choice(("", "", "er", "sen", "ski"))
    return dice.choice(_GIVEN), surname


def _fresh(number: int) -> str:
    """A name that no other number has."""
    letters, rest = "", number
    while rest or not letters:
        letters += "bdfgklmnprstv"[rest % 13] + "aeiou"[rest // 13 % 5]
        rest //= 65
    return f"{_GIVEN[number % len(_GIVEN)]} {letters.capitalize()}"


def report() -> Iterator[str]:
    """Paragraphs of an invented report: a cast of some dozens, sentences of all common kinds."""
    dice = random.Random(7)  # the text is part of the exam: the same each time
    cast = [_name(dice) for _ in range(60)]
    bodies = [f"{dice.choice(_STARTS)}{dice.choice(_ENDS)} {b}" for b in _BODIES for _ in range(4)]
    while True:
        sentences = []
        for _ in range(dice.randint(2, 6)):
            p, q = dice.choice(cast), dice.choice(cast)
            sentences.append(
                dice.choice(_SENTENCES).format(
                    p=" ".join(p), q=" ".join(q), s=q[1], post=dice.choice(_POSTS),
                    b=dice.choice(bodies), c=dice.choice(bodies), done=dice.choice(_DONE),
                    thing=dice.choice(_THINGS), day=dice.choice(_DAYS), said=dice.choice(_SAID),
                    year=dice.randint(1990, 2025), percent=dice.randint(2, 98),
                )
            )  # fmt: skip
        yield " ".join(sentences) + "\n\n"


def _strangers() -> Iterator[str]:
    for number in range(10**9):
        yield f"{_fresh(2 * number)} met {_fresh(2 * number + 1)} in Berlin. "


def _posts() -> Iterator[str]:
    for number in range(10**9):
        yield f"{_fresh(number)}, {_POSTS[number % 7]} of the {_fresh(number + 5)[4:]} Bank, left. "


def _bodies() -> Iterator[str]:
    for number in range(10**9):
        word = _fresh(number).split()[1]
        yield f"The {word} Company ({word[0]}C) sued the {word} Bank Group of {word}ia. "


def _list() -> Iterator[str]:
    yield "The prize went to "
    for number in range(10**9):
        yield f"{_fresh(number)}, "


def _speech() -> Iterator[str]:
    for number in range(10**9):
        yield f'"We will go on with it," {_fresh(number % 50)} said. '


def _again(piece: str) -> Callable[[], Iterator[str]]:
    def forever() -> Iterator[str]:
        while True:
            yield piece

    return forever


#: What the texts are made of, by name.
KINDS: dict[str, Callable[[], Iterator[str]]] = {
    "report": report,
    "strangers": _strangers,  # each sentence names two people that no other names
    "posts": _posts,
    "bodies": _bodies,
    "speech": _speech,
    "list of names": _list,
    "one sentence": _again("and then the old man saw that a boat came to the harbour "),
    "no stop": _again("harbour "),
    "commas": _again(","),
    "commas, spaced": _again(", "),
    "open brackets": _again("("),
    "open brackets, spaced": _again("( "),
    "brackets": _again("(a) "),
    "opening quotes": _again("“"),
    "opening quotes, spaced": _again(" “a"),
    "straight quotes": _again('"'),
    "straight quotes, spaced": _again('"a" '),
    "nested quotes": _again("“a 'b "),
    "single quotes": _again(" 'a"),
    "apostrophes": _again("'"),
    "one word": _again("a"),
    "one number": _again("7"),
    "numbers": _again("7 "),
    "dates": _again("May 3, "),
    "hyphens": _again("a-"),
    "slashes": _again("a/"),
    "dots": _again("."),
    "dotted": _again("a."),
    "address": _again("http://a.b/"),
    "mail": _again("a@"),
    "lines": _again("a\n"),
    "paragraphs": _again("He left.\n\n"),
    "spaces": _again(" "),
    "titles": _again("Mr. "),
    "pronouns": _again("He saw her. "),
    "said": _again("said "),
    "of": _again("of the house "),
    "who": _again("who said that "),
    "one name": _again("Berlin "),
    "capitals": _again("A "),
    "emoji": _again("🙂"),
    "accents": _again("e\u0301\u0301"),
}  # fmt: skip

_SHELL = "<html><body><article><h1>A title</h1><p>The mayor left the town on Friday.</p>{}"
#: Pages of HTML, by name: they are read, not parsed.
PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "html: attributes": lambda: _counted(_SHELL.format("<p"), ' a{}="b"'),
    "html: signs in attributes": lambda: _counted(_SHELL.format("<p"), ' a{}="<>"'),
    "html: one attribute": lambda: _counted(_SHELL.format("<p a='"), "b "),
    "html: elements": lambda: _counted(_SHELL.format(""), '<p class="b{}">The boat left.</p>'),
    "html: nested": lambda: _counted(_SHELL.format(""), "<div>"),
    "html: nested inline": lambda: _counted(_SHELL.format("<p>"), "<b>a"),
    "html: comments": lambda: _counted(_SHELL.format(""), "<!-- a -->"),
    "html: open tags": lambda: _counted(_SHELL.format(""), "<"),
    "html: entities": lambda: _counted(_SHELL.format("<p>"), "&amp;"),
    "html: links": lambda: _counted(_SHELL.format("<p>"), '<a href="/{}">more</a> '),
    "html: data": lambda: _counted(_SHELL.format("<p>The boat left.</p>"), "<p data-a{}='{{'>b"),
    "html: head": lambda: _counted("<html><head>", '<meta name="a{}" content="b">'),
}


def _counted(start: str, piece: str) -> Iterator[str]:
    yield start
    for number in range(10**9):
        yield piece.format(number)


def text_of(kind: str, size: int) -> str:
    """A text (or page) of this kind of at least ``size`` characters."""
    parts: list[str] = []
    length = 0
    for part in {**KINDS, **PAGES}[kind]():
        if length >= size:
            break
        parts.append(part)
        length += len(part)
    if kind in ("html: attributes", "html: signs in attributes"):
        parts.append(">The boat left the town on Sunday.</p>")
    return "".join(parts).rstrip(" ") if kind != "spaces" else "".join(parts) + "end"


# --- one measurement, in a process of its own --------------------------------------------------


def _stages(text: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """The way of `kg.pipeline.process`, cut into its stages."""
    from kg import registry
    from kg.analysis import Analysis, forget, keep
    from kg.config import load_config
    from kg.errors import ReadError
    from kg.extract.grammar.repair import mend
    from kg.extract.speech.direct import pieces_of
    from kg.extract.statements.abstain import abstentions
    from kg.extract.statements.confidence import sure
    from kg.extract.statements.deduplicate import distinct
    from kg.extract.statements.quotes import first_person_links
    from kg.model import Article, Quote
    from kg.nlp.load import load_pipeline
    from kg.pipeline import process
    from kg.read.article import article as cleaned
    from kg.resolve.within import resolve_within

    nlp, settings = load_pipeline(), load_config()
    process(cleaned("The mayor left the town.", "warm.txt"), nlp, settings)
    article = Article("long", "long.txt", text)
    doc = nlp.make_doc("")

    def clean() -> None:
        nonlocal article
        with contextlib.suppress(ReadError):
            made = cleaned(text, "long.txt")
            if len(made.text) > 0.8 * len(text):
                article = made  # else cleaning took the attack away; it is tried without

    yield "clean", clean

    def tokenise() -> None:
        nonlocal doc
        doc = nlp.make_doc(article.text)
        keep(Analysis(doc, article.text))

    yield "tokenise", tokenise
    for name, part in nlp.pipeline:
        yield name, lambda part=part: part(doc)
    yield "mend", lambda: (forget(doc), mend(doc))
    yield "mark", lambda: pieces_of(doc)
    found: list[object] = []
    for name in settings.pipeline.extractors:
        extractor = registry.get("extractors", name)
        yield name, lambda extractor=extractor: found.extend(extractor(doc, article))
    claims, quotes = [], []

    def certain() -> None:
        nonlocal claims, quotes
        quotes = [q for q in found if isinstance(q, Quote)]
        claims, _ = sure(
            doc,
            distinct(c for c in found if not isinstance(c, Quote)),
            settings.pipeline.confidence,
        )

    yield "confidence", certain
    yield (
        "resolve",
        lambda: resolve_within(
            article, doc._.kg_mentions, claims, quotes, first_person=first_person_links(doc, quotes)
        ),
    )
    yield "abstain", lambda: list(abstentions(doc, article, claims, quotes))


def _reading(page: str) -> Iterator[tuple[str, Callable[[], object]]]:
    import tempfile
    from pathlib import Path

    from kg.config import load_config
    from kg.read import read

    settings = load_config()
    folder = tempfile.TemporaryDirectory()
    warm, path = Path(folder.name) / "warm.html", Path(folder.name) / "page.html"
    warm.write_text(_SHELL.format(""), encoding="utf-8")
    list(read([warm], settings=settings))
    path.write_text(page, encoding="utf-8")
    yield "read", lambda: list(read([path], settings=settings))
    yield "end", folder.cleanup


def measure(kind: str, size: int, limit: int) -> None:
    """Print a line of JSON a stage, so that what was done is known when time runs out."""
    import faulthandler

    faulthandler.enable()
    text = text_of(kind, size)
    print(json.dumps({"words": len(text.split()), "characters": len(text)}), flush=True)
    spent = 0.0
    for name, stage in _stages(text) if kind in KINDS else _reading(text):
        print(json.dumps({"begun": name}), flush=True)
        start = time.process_time()
        if not spent:
            end = int(start) + limit
            resource.setrlimit(resource.RLIMIT_CPU, (end, end + 1))
        stage()
        seconds = time.process_time() - start
        spent += seconds
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"stage": name, "seconds": seconds, "peak": peak}), flush=True)


# --- all of them -------------------------------------------------------------------------------


def measured(kind: str, size: int, limit: int) -> tuple[dict[str, float], float, str]:
    """Seconds of each stage, the peak in MB, and the stage that the limit stopped ("" if none)."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.speed.growth",
        "--one",
        kind,
        str(size),
        str(limit),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    stages: dict[str, float] = {}
    peak, begun = 0.0, "start"
    for line in map(json.loads, done.stdout.splitlines()):
        begun = line.get("begun", begun)
        if "stage" in line:
            stages[line["stage"]] = line["seconds"]
            peak, begun = line["peak"], ""
    if done.returncode and "Traceback" in done.stderr:
        print(done.stderr[-1500:], file=sys.stderr)
    return stages, peak, begun if done.returncode else ""


def grown(kind: str, sizes: list[int], limit: int) -> float | None:
    """Print a line a size; the exponent of growth, or None where the limit came first."""
    times: list[tuple[int, float]] = []
    for size in sizes:
        stages, peak, stopped = measured(kind, size, limit)
        total = sum(stages.values())
        ratio = f"x{total / times[-1][1]:5.2f}" if times and times[-1][1] else "      "
        slow = sorted(stages.items(), key=lambda s: -s[1])[:4]
        told = f"over {limit} s in {stopped}" if stopped else f"{total:8.2f} s {ratio}"
        most = ", ".join(f"{name} {seconds:.2f}" for name, seconds in slow)
        print(f"{kind:24} {size // 1000:5} k {told} {peak:6.0f} MB  {most}", flush=True)
        if stopped:
            return None
        times.append((size, total))
    (first, low), (last, high) = times[0], times[-1]
    if high < 1 or last == first:
        return 1.0
    return math.log(high / max(low, 1e-3)) / math.log(last / first)


def main() -> int:
    """Measure the kinds that are named, or all; 1 if one of them grows faster than its text."""
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join({**KINDS, **PAGES}))
    parser.add_argument("--all", action="store_true", help="every kind")
    parser.add_argument("--from", dest="first", type=int, default=16, help="thousand characters")
    parser.add_argument("--doublings", type=int, default=2)
    parser.add_argument("--limit", type=int, default=60, help="processor seconds for one size")
    options = parser.parse_args()
    sizes = [options.first * 1000 * 2**n for n in range(options.doublings + 1)]
    steep = []
    for kind in options.kinds or ({**KINDS, **PAGES} if options.all else USUAL):
        exponent = grown(kind, sizes, options.limit)
        print(f"{kind:24} exponent {'-' if exponent is None else f'{exponent:.2f}'}", flush=True)
        if exponent is None or exponent > STEEPEST:
            steep.append(kind)
    print(f"Steeper than {STEEPEST}: {', '.join(steep) or 'none'}.")
    return 1 if steep else 0


if __name__ == "__main__":
    raise SystemExit(main())
