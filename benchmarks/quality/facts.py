"""Recall of facts, status, quotations and entities on whole annotated articles.

What counts as found, for a gold fact and a claim of ours from the same article:

- *subject* and *object*: our argument's head words overlap the gold words, or the phrases share
  half their words (F1 of word positions), or both stand for the same entity (one of our entity's mentions overlaps a gold name of the entity
  that the gold words name);
- *predicate*: our predicate's words overlap the gold predicate's words;
- a claim may turn subject and object around: passives are normalised ("was led by Hay");
- a relative pronoun in the gold is matched by an argument that ends at most 60 characters before it
  (its antecedent);
- the gold object may be a further argument of our claim: "joined the club [from: Puerto Claro]".

A literal or clause object counts by its words. *Status* is scored on the facts that were found:
macro F1 over the statuses that occur. A *quotation* is found when the F1 of the word positions
of our content (a part of it, or all from its first to its last word, "he said" between parts
included) and the gold content is at least 0.9; its speaker is right when our speaker's
entity has a mention that overlaps the gold speaker's full name (or description), or, without a
name, when our speaker's words overlap the gold's words.

*Wrongly asserted*: of our claims with status ``asserted`` that match a gold fact, the share whose
gold status is another one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.quality.gold import Fact, GoldArticle, GoldQuote, overlap
from kg.model import Argument, ArticleResult, LinkedClaim, LinkedQuote, LocalEntity

Range = tuple[int, int]
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})


@dataclass
class Scores:
    """Counts that add up over articles; the properties are the published figures."""

    facts: int = 0
    found: int = 0
    claims: int = 0
    status_pairs: list[tuple[str, str]] = field(default_factory=list)
    quotes: int = 0
    quotes_span: int = 0
    quotes_full: int = 0
    our_quotes: int = 0
    our_quotes_right: int = 0
    missed: list[tuple[str, Fact]] = field(default_factory=list)
    missed_quotes: list[tuple[str, GoldQuote, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of gold facts found."""
        return self.found / max(self.facts, 1)

    @property
    def quote_recall(self) -> float:
        """Share of gold quotations found with the right speaker."""
        return self.quotes_full / max(self.quotes, 1)

    @property
    def quote_precision(self) -> float:
        """Share of our quotations that are a gold one with the right speaker."""
        return self.our_quotes_right / max(self.our_quotes, 1)

    @property
    def status_f1(self) -> float:
        """Macro F1 of the statuses, over the facts that were found."""
        return macro_f1(self.status_pairs)

    @property
    def wrongly_asserted(self) -> float:
        """Of our asserted claims that match a gold fact: the share the text does not assert."""
        asserted = [gold for gold, ours in self.status_pairs if ours == "asserted"]
        return sum(gold != "asserted" for gold in asserted) / max(len(asserted), 1)


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """Macro F1 over the labels that occur in the gold (first) place of the pairs."""
    pairs = list(pairs)
    scores = []
    for label in sorted({gold for gold, _ in pairs}):
        both = sum(gold == ours == label for gold, ours in pairs)
        gold_count = sum(gold == label for gold, _ in pairs)
        our_count = sum(ours == label for _, ours in pairs)
        scores.append(2 * both / (gold_count + our_count))
    return sum(scores) / max(len(scores), 1)


def score(gold: GoldArticle, result: ArticleResult, into: Scores) -> None:
    """Add one article to ``into``."""
    text = result.article.text
    entities = {entity.key: entity for entity in result.entities}
    names = [set(entity.names) for entity in gold.entities]

    def same(part: Range, argument: Argument, key: str | None) -> bool:
        return _same(text, part, argument, key, entities, names)

    def fits(fact: Fact, linked: LinkedClaim) -> bool:
        claim = linked.claim
        if not overlap((claim.predicate.start, claim.predicate.end), fact.predicate):
            return False
        ends = [(claim.subject, linked.subject), (claim.object, linked.object)]
        rest = list(zip(claim.arguments, linked.arguments, strict=True))
        return any(
            same(fact.subject, *one) and same(fact.object, *other)
            for one in ends
            for other in [*ends, *rest]
            if one is not other
        )

    into.facts += len(gold.facts)
    into.claims += len(result.claims)
    for fact in gold.facts:
        statuses = [linked.claim.status for linked in result.claims if fits(fact, linked)]
        if statuses:
            into.found += 1
            best = fact.status if fact.status in statuses else statuses[0]
            into.status_pairs.append((fact.status, best))
        else:
            into.missed.append((gold.id, fact))
    _score_quotes(gold, result, entities, into)


def _same(
    text: str,
    gold: Range,
    argument: Argument,
    key: str | None,
    entities: dict[str, LocalEntity],
    names: list[set[Range]],
) -> bool:
    if overlap((argument.head_start, argument.head_end), gold):
        return True
    if span_f1(text, gold, (argument.start, argument.end)) >= 0.5:
        return True
    if text[slice(*gold)].casefold() in _RELATIVE and 0 <= gold[0] - argument.end <= 60:
        return True
    entity = entities.get(key or "")
    if entity is None:
        return False
    meant = [spots for spots in names if any(overlap(spot, gold) for spot in spots)]
    return any(
        overlap(mention, spot) for spots in meant for spot in spots for mention in entity.mentions
    )


def _score_quotes(
    gold: GoldArticle, result: ArticleResult, entities: dict[str, LocalEntity], into: Scores
) -> None:
    text = result.article.text
    into.quotes += len(gold.quotes)
    into.our_quotes += len(result.quotes)
    right: set[str] = set()
    for quote in gold.quotes:
        best, who = 0.0, None
        for ours in result.quotes:
            for part in {*ours.quote.parts, (ours.quote.start, ours.quote.end)}:
                value = span_f1(text, quote.span, part)
                if value > best:
                    best, who = value, ours
        if best < 0.9 or who is None:
            into.missed_quotes.append((gold.id, quote, f"span {best:.2f}"))
            continue
        into.quotes_span += 1
        if right_speaker(quote, who, entities):
            into.quotes_full += 1
            right.add(who.quote.key)
        else:
            into.missed_quotes.append((gold.id, quote, "speaker"))
    into.our_quotes_right += len(right)


def right_speaker(gold: GoldQuote, ours: LinkedQuote, entities: dict[str, LocalEntity]) -> bool:
    """Whether our speaker is the gold one (see the module's docstring)."""
    speaker = ours.quote.speaker
    if gold.speaker is None and gold.name is None:
        return speaker is None
    if speaker is None:
        return False
    entity = entities.get(ours.speaker or "")
    if entity and gold.name and any(overlap(m, gold.name) for m in entity.mentions):
        return True
    words = (speaker.start, speaker.end)
    unresolved = gold.name is None or overlap(gold.name, gold.speaker)
    return overlap(words, gold.name) or (unresolved and overlap(words, gold.speaker))


def span_f1(text: str, gold: Range, ours: Range) -> float:
    """F1 of the word positions that two ranges cover."""

    def words(span: Range) -> set[int]:
        found, inside = set(), False
        for place in range(*span):
            letter = text[place].isalnum()
            if letter and not inside:
                found.add(place)
            inside = letter
        return found

    a, b = words(gold), words(ours)
    return 2 * len(a & b) / max(len(a) + len(b), 1)


def table(scores: Scores) -> str:
    """The published figures, a line each."""
    confusion: dict[str, Counter[str]] = defaultdict(Counter)
    for gold, ours in scores.status_pairs:
        confusion[gold][ours] += 1
    lines = [
        f"facts                 {scores.facts:5d}   found {scores.found} ({scores.recall:.3f})",
        f"claims of ours        {scores.claims:5d}",
        f"status macro F1       {scores.status_f1:.3f}",
        f"wrongly asserted      {scores.wrongly_asserted:.3f}",
        f"quotations            {scores.quotes:5d}   span {scores.quotes_span}, "
        f"with speaker {scores.quotes_full} ({scores.quote_recall:.3f})",
        f"quotations of ours    {scores.our_quotes:5d}   right {scores.quote_precision:.3f}",
    ]
    lines += [f"  {gold:12s} {dict(confusion[gold].most_common())}" for gold in sorted(confusion)]
    return "\n".join(lines)
