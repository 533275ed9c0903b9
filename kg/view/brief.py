"""The brief: what the articles say, in a few plain sentences, each a statement of the graph."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log2
from pathlib import Path
from textwrap import shorten

from kg.model import Evidence, Literal, Node, Quotation, Statement
from kg.view.first import is_attribute
from kg.view.stories import Story

_MOST = 8
#: Where fewer sentences can be made, what somebody said follows.
_LEAST = 5
_LONGEST = 170  # letters of a sentence
#: News tells what matters first: what stands so many letters down counts half as much more.
_DOWN = 500.0
#: A headline tells what the story is: so much more counts each word that a sentence shares with it.
_HEADLINE = 0.4


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the brief: ``story`` is its number, ``statement`` the IRI."""

    story: int
    statement: str
    text: str


def brief(found: Sequence[Story], statements: Sequence[Statement]) -> tuple[Line, ...]:
    """Up to eight sentences, story by story: of each of the most reported stories what tells most,
    first in its articles; of a few stories several sentences each. Where that gives fewer than five,
    what was said in them follows, speaker by speaker."""
    story_of = {article: i for i, story in enumerate(found) for article in story.articles}
    heads = [_stems(story.title) for story in found]
    ranked: dict[int, list[tuple[float, str, int]]] = {}  # minus the weight, IRI, place
    spoken: list[tuple[float, str, int, str, int]] = []  # the same, the speaker, the story
    for place, s in enumerate(statements):
        story = min((story_of[e.article] for e in s.evidence if e.article in story_of), default=-1)
        if story < 0:
            continue
        if isinstance(s.object, Quotation) and s.subject.label[:1].isupper():
            spoken.append((-_weight(s), s.id, place, s.subject.id, story))
        if (text := sentence(s)) is not None:
            weight = _weight(s) * (1 + _HEADLINE * min(3, len(_stems(text) & heads[story])))
            ranked.setdefault(story, []).append((-weight, s.id, place))
    for best in ranked.values():
        best.sort(reverse=True)  # the best one last
    lines: list[Line] = []
    told: set[object] = set()
    while len(lines) < _MOST and any(ranked.values()):
        for number in sorted(ranked):
            if len(lines) < _MOST and (found_line := _fresh(ranked[number], statements, told)):
                lines.append(Line(number, *found_line))
    for *_, place, _, story in _one_each(spoken, _LEAST - len(lines)):
        s = statements[place]
        assert isinstance(s.object, Quotation)
        lines.append(Line(story, s.id, _said(s.subject.label, s.object)))
    return tuple(sorted(lines, key=lambda line: line.story))


def _fresh(
    best: list[tuple[float, str, int]], statements: Sequence[Statement], told: set[object]
) -> tuple[str, str] | None:
    """The best statement that tells nothing of what was ``told``, and its sentence; they and those before
    it leave the list."""
    while best:
        s = statements[best.pop()[2]]
        text = sentence(s) or ""
        about = {frozenset({s.subject.id, getattr(s.object, "id", text)}), *_places(s), text}
        if not about & told:
            told |= about
            return s.id, text
    return None


def _one_each(
    spoken: list[tuple[float, str, int, str, int]], most: int
) -> list[tuple[float, str, int, str, int]]:
    """So many quotations at most: one of each speaker before the second of any."""
    turns: dict[str, int] = {}
    ranked = []
    for said in sorted(spoken):
        speaker = said[3]
        turns[speaker] = turns.get(speaker, 0) + 1
        ranked.append((turns[speaker], said))
    return [said for _, said in sorted(ranked)[: max(0, most)]]


def _said(speaker: str, quotation: Quotation) -> str:
    """A quotation as a line: 'Ada Demir said: “It was done …”'."""
    words = shorten(quotation.text, _LONGEST - 20, placeholder=" …")
    cue = quotation.cue or ""
    cue = (
        cue if cue.isalpha() and cue.islower() else "said"
    )  # "according to", the mark of an interview
    return f"{speaker} {cue}: " + (f"“{words}”" if quotation.speech == "direct" else words)


def _stems(text: str) -> set[str]:
    """The beginnings of its longer words: "annuls" and "annulled" are one."""
    return {word[:5] for word in re.findall(r"\w{4,}", text.casefold())}


def _places(s: Statement) -> set[object]:
    return {(e.article, e.start) for e in s.evidence}


def _weight(s: Statement) -> float:
    down = min((e.start for e in s.evidence), default=0)
    weight = s.salience * (1 + log2(s.source_count)) * (0.5 + exp(-down / _DOWN))
    weight *= {"asserted": 1.0, "hypothetical": 0.3}.get(s.status, 0.8)
    if s.attributed_to is not None and s.attributed_to.id == s.subject.id:
        weight *= 0.6
    state = s.predicate.id.rsplit("#", 1)[-1] in _plain()  # how things are, not what happened
    if not s.subject.label[:1].isupper():
        weight *= 0.6
    return weight * (0.2 if is_attribute(s) else 0.45 if state else 1.0)


@cache
def _plain() -> dict[str, str]:
    """Relations whose label is no verb, with words that make a sentence of it."""
    path = Path(__file__).with_name("brief.toml")
    plain: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["plain"]
    return plain


def sentence(s: Statement) -> str | None:
    """The statement as a sentence in the words of a passage, names in full; None where no passage's
    words make one ("her", a clause, a quotation, words in another order). The fullest one counts."""
    if isinstance(s.object, str | Quotation):
        return None
    made = [text for e in s.evidence[:6] if (text := _sentence(s, s.object, e))]
    return max(made, key=len, default=None)


def _sentence(s: Statement, target: Node | Literal, e: Evidence) -> str | None:
    subject = _name(s.subject, e.subject_text)
    thing = target.label if isinstance(target, Literal) else _name(target, e.object_text)
    if is_attribute(s):
        before = _article(e, thing)
        bare = not before and thing[:1].islower() and not thing.endswith("s")
        if bare and s.predicate.id.endswith("#isA"):
            return None  # "is startup"
        if s.subject.type == "Person" and not before and _PLURAL.search(thing):
            return None  # "is officers"
        thing = before + thing
    middle = _middle(s, e)
    if not subject or not thing or not middle or subject == thing:
        return None
    parts = [subject, middle, thing]
    if middle.endswith(" by") and _order(e, "object_text", "predicate_text", "subject_text"):
        parts = [thing, middle, subject]
    text = " ".join([*parts, *_rest(s, e, " ".join(parts))]) + _source(s)
    return f"{text[0].upper()}{text[1:]}." if len(text) < _LONGEST else None


def _article(e: Evidence, thing: str) -> str:
    """The article that the passage has before these words: "is a city"; of a name, or where it has
    none ("is president"), nothing."""
    found = _BEFORE.search(e.text[: max(0, e.text.find(e.object_text))]) if e.object_text else None
    return f"{found[1].lower()} " if found and thing[:1].islower() else ""


#: The post of several: a plain noun in the plural.
_PLURAL = re.compile(r"^[a-z].*[^su]s$")
_BEFORE = re.compile(r"\b(an?|the)\s+$", re.IGNORECASE)


def _source(s: Statement) -> str:
    if s.attributed_to is not None:
        own = s.attributed_to.id == s.subject.id
        return ", by their own account" if own else f", says {s.attributed_to.label}"
    if s.sourcing:
        known = s.sourcing.startswith("according")
        return f", {s.sourcing}" if known else f", according to {s.sourcing}"
    return ""


def _name(node: Node, words: str) -> str:
    """What to call it: its name, with "the" where the article has it; the article's words for what
    has none, if they name it."""
    plain = " ".join(words.split())
    if node.label[:1].isupper() and not (plain[:1].islower() and plain in node.aliases):
        whole = plain.casefold() == f"the {node.label.casefold()}"
        return f"the {node.label}" if whole else node.label
    return (
        plain
        if node.label.split()[-1].casefold() in plain.casefold() or plain in node.aliases
        else ""
    )


def _order(e: Evidence, *names: str) -> bool:
    """Whether these words stand in this order in the passage."""
    at = 0
    for name in names:
        words = getattr(e, name)
        found = e.text.find(words, at) if words else -1
        if found < 0:
            return False
        at = found + len(words)
    return True


def _middle(s: Statement, e: Evidence) -> str:
    """The words between subject and object; "" where the passage has none to use."""
    name = s.predicate.id.rsplit("#", 1)[-1]
    straight = _order(e, "subject_text", "predicate_text", "object_text")
    passive = e.predicate_text.endswith(" by") and _order(
        e, "object_text", "predicate_text", "subject_text"
    )
    if name in _plain():
        return _plain()[name] if s.status in ("asserted", "claimed") else ""
    if straight or passive:
        words = e.predicate_text.split()
        if words and words[0].istitle():  # a headline: "Uses"
            words = [word.lower() if word.istitle() else word for word in words]
        return "" if _disagrees(words, s, e) else " ".join(words)
    known = "#" in s.predicate.id and s.status in ("asserted", "claimed")
    return s.predicate.label if known and s.polarity == "positive" else ""


def _disagrees(words: Sequence[str], s: Statement, e: Evidence) -> bool:
    """Whether the verb would not go with a name: "I spend" of one person, "banding chicks", "elect"
    of "hopes to elect"; nor does "have" of several ("Runway, Alder and Beacon have released")."""
    verb = words[0]
    if verb.endswith("ing") or (
        s.subject.type != "Group" and verb in ("am", "have", "are", "were")
    ):
        return True
    if s.status not in ("asserted", "claimed"):
        return verb not in _FINITE and "to" not in words[1:]
    known = "#" in s.predicate.id  # its label is inflected ("won"), that of an open one is not
    same = verb == s.predicate.label.split()[0]
    bare = same and not known and not verb.endswith("s") and s.subject.type != "Group"
    past = verb.endswith("ed") or verb in _FINITE or same == known
    return bare or (e.subject_text.casefold() in ("i", "we", "you", "they") and not past)


_FINITE = frozenset(
    "will would may might could can cannot should must did does has had is was never".split()
)


def _rest(s: Statement, e: Evidence, said: str) -> list[str]:
    """Further participants, as they stand after a preposition: "to Castell Marine", "in June"."""
    after = max(e.text.find(e.predicate_text), 0)
    found: list[tuple[int, str]] = []
    for argument in s.arguments:
        at = e.text.find(argument.label, after)
        if at < 0 or argument.label in said:
            continue
        before = e.text[:at].split()
        role = before[-1] if argument.role == "time" and before else argument.role
        if argument.role == "time":
            words = f"{role} {argument.label}" if role in _WHEN else argument.label
        elif f"{role} " in e.text:
            words = f"{role} {argument.label}"
        else:
            continue
        found.append((at, words))
    return [words for _, words in sorted(found)[:2]]


_WHEN = frozenset({"in", "on", "since", "until", "by", "from", "during", "before", "after"})
