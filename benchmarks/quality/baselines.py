"""Ours beside what a spaCy user would write today, and with each extractor switched off.

The baseline is the plain subject–verb–object and direct-quotation extraction that textacy
publishes (``textacy.extract.triples``), put in our own words and into Universal Dependencies, on
the *same* parses: for each verb, its nominal subjects and its objects (or the nominal object of an
open complement), each with its coordinated phrases; for each pair of quotation marks in a
paragraph, a cue verb ("say" and thirty others) outside the marks in the same or an adjacent
sentence, and its subject as speaker. No coreference, no status: every statement is asserted.

Usage: ``python -m benchmarks.quality.baselines [CORPORA]``
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from benchmarks.quality.articles import HERE, own_articles, wikinews
from benchmarks.quality.facts import Scores, score
from benchmarks.quality.gold import GoldArticle, corpus, draw, load
from benchmarks.quality.settings import everything
from kg.model import (
    Argument,
    Article,
    ArticleResult,
    Claim,
    LinkedClaim,
    LinkedQuote,
    Predicate,
    Quote,
)
from kg.nlp.load import load_pipeline
from kg.pipeline import parse, process

_CUES = frozenset(
    "according accuse acknowledge add admit agree allege announce argue ask assert believe blame "
    "charge cite claim complain concede conclude confirm contend criticize declare decline deny "
    "describe disagree disclose estimate explain fear hope insist maintain mention note observe "
    "order predict promise recall recommend reply report say state stress suggest tell testify "
    "think urge warn worry write".split()
)
_MARKS = {'"': '"', "“": "”"}


def plain_triples(doc: Doc) -> Iterator[tuple[Token, Token, Token]]:
    """Subject, verb and object tokens as the baseline finds them."""
    for verb in doc:
        if verb.pos_ != "VERB":
            continue
        subjects = [t for t in verb.children if t.dep_ in ("nsubj", "nsubj:pass")]
        objects = [t for t in verb.children if t.dep_ in ("obj", "iobj", "obl:agent")]
        for complement in verb.children:
            if complement.dep_ == "xcomp" and complement.pos_ == "VERB":
                objects += [t for t in complement.children if t.dep_ == "obj"]
        for subject in _with_conjuncts(subjects):
            for target in _with_conjuncts(objects):
                yield subject, verb, target


def _with_conjuncts(tokens: list[Token]) -> list[Token]:
    return [*tokens, *(t for token in tokens for t in token.conjuncts if t.head in tokens)]


def plain_quotes(doc: Doc) -> Iterator[tuple[int, int, Token]]:
    """Content range and speaker of direct quotations as the baseline finds them."""
    start = None
    for token in doc:
        if start is None:
            if token.text in _MARKS:
                start = token
        elif token.text == _MARKS[start.text]:
            speaker = _speaker(doc, start, token)
            if speaker is not None and token.i - start.i > 4:
                yield start.idx + 1, token.idx, speaker
            start = None


def _speaker(doc: Doc, first: Token, last: Token) -> Token | None:
    near = [*doc[first.sent.start : first.i], *doc[last.i + 1 : last.sent.end]]
    if last.sent.end < len(doc):
        near += list(doc[last.sent.end].sent)
    for token in near:
        if token.lemma_ in _CUES and token.pos_ == "VERB":
            for child in token.children:
                if child.dep_ == "nsubj" and not first.i <= child.i <= last.i:
                    return child
    return None


def baseline(article: Article, nlp: Language) -> ArticleResult:
    """The baseline's statements in the shape that the scorer reads."""
    doc = parse(article, nlp)
    claims = []
    for number, (subject, verb, target) in enumerate(plain_triples(doc)):
        ends = [_argument(subject, "subject"), _argument(target, "object")]
        predicate = Predicate(verb.lemma_, verb.text, verb.idx, verb.idx + len(verb.text))
        sent = verb.sent
        claims.append(
            LinkedClaim(
                Claim(
                    str(number), ends[0], predicate, ends[1], sent.start_char, sent.end_char, "svo"
                ),
                "", None, None, (),
            )
        )  # fmt: skip
    quotes = [
        LinkedQuote(
            Quote(
                str(start), article.text[start:end], start, end, ((start, end),), "direct",
                _argument(speaker, "speaker"), None, start, end,
            ),
            None,
        )
        for start, end, speaker in plain_quotes(doc)
    ]  # fmt: skip
    return ArticleResult(article, (), tuple(claims), tuple(quotes))


def _argument(token: Token, role: str) -> Argument:
    left, right = token.left_edge, token.right_edge
    return Argument(
        role, "topic", left.idx, right.idx + len(right.text), token.idx,
        token.idx + len(token.text), token.text,
    )  # fmt: skip


def rows(gold: list[GoldArticle], texts: dict[str, Article]) -> Iterator[tuple[str, Scores]]:
    """The table's rows: ours, ours without each extractor, ours with those alone whose kind of
    statement the baseline makes too (no posts, ages, memberships), the baseline."""
    nlp, settings = load_pipeline(), everything()
    names = settings.pipeline.extractors

    def run(make: Callable[[Article], ArticleResult]) -> Scores:
        total = Scores()
        for item in gold:
            score(item, make(texts[item.id]), total)
        return total

    yield "kg", run(lambda article: process(article, nlp, settings))
    fewer = {f"  without {name}": [n for n in names if n != name] for name in names}
    fewer["  the baseline's kinds"] = [n for n in names if n not in ("attributes", "roles")]
    for title, chosen in fewer.items():
        less = replace(settings, pipeline=replace(settings.pipeline, extractors=tuple(chosen)))
        yield title, run(lambda article, less=less: process(article, nlp, less))  # type: ignore[misc]
    yield "plain SVO and quotes", run(lambda article: baseline(article, nlp))


def main(arguments: list[str]) -> int:
    """Print the table for our own articles and, with the corpora, for the scoring half."""
    exams = [("our own articles", load(HERE / "gold" / "articles.json"), own_articles())]
    if arguments:
        path = Path(arguments[0]) / "raw" / "wikinews_2019.jsonl.gz"
        gold = load(HERE / "gold" / "wikinews.json")
        looking = set(draw(corpus(path))[: len(gold) // 2])
        exams.append(
            ("Wikinews, scoring half", [g for g in gold if g.id not in looking], wikinews(path))
        )
    for title, gold, texts in exams:
        print(f"\n{title}\n{'':26s}facts found  claims  matched  quotes right of gold, of ours")
        for name, scores in rows(gold, texts):
            matched = scores.found / max(scores.claims, 1)
            print(
                f"{name:26s}{scores.recall:11.3f}{scores.claims:8d}{matched:9.3f}"
                f"{scores.quote_recall:21.3f}{scores.quote_precision:9.3f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
