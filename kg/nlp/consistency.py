"""The component ``kg_entity_consistency``: one name, one type within an article.

The network sees a sentence or two at a time; an article says its names often. Corrections, in
this order:

1. A name that was cut at its "of", "in" or "for" is whole again ("Gulf of" + "Mexico"), and has the type of the
   part that heads it; so is a ruler's behind a style ("King" + "Charles III"), a person's behind an
   honour, a firm's with the land that it works in before a post, a body's before a hyphen. An honour
   alone ("Datuk") is nobody's name. A country whose name has an "and" is one ("Trinidad and Tobago"), and a
   body for several things ("Trade, Tourism and Transport Ministry"), a firm of two surnames ("Holm & Quell"), and its branch in a land ("the group Orvo in Peru"); others that "and" joins are two where
   the verb or another place tells ("*Disney* and *Universal* have sued"). One that ends with
   such a word and nothing after it loses that word, a place's name the post it begins with ("Prime
   Minister of" + "Belarus"). A "'s" that marks no owner belongs to the name ("Moody's said", "at
   Sardi's"), and so do its number ("Alpha-9", "Interstate 80") and the word behind its "@"
   ("Skywatch @ home"), what a firm is by law ("Holm (Peru) Ltd"), the people whose letter its initials begin
   with ("Norse Sea Trust (NST)"). An address of electronic mail, a post ("Minister") or a time zone is no name.
2. A span that ends with a word for a kind of body ("AI firm", "Netflix series") is no name but a
   description; a name before that word stays ("Netflix").
3. Spans with the same words take the type that most of them have (the first type where two are
   level; all kinds of places vote together); a longer name votes for nothing but itself. One whom the text
   calls what only a person can be ("her *counterpart*, Vicente Fox"), or by an honour ("Datuk"), is one;
   letters that stand for a place ("L. A.") are one; what a firm, a surname alone or a ship can be is weighed
   (`kg.nlp.weighing`); a name in quotation marks behind the word for a work ("the film “Australia”") is its title. The acronym
   in brackets after a name ("Housing Authority of New Orleans (HANO)") has the name's type wherever it stands.
4. A proper noun that is exactly a name found elsewhere in the article is that name too, and so is a subject
   that opens its sentence alone ("*Harbour* is winning customers").
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Container, Iterator
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kg.countries import is_nation
from kg.nlp.coreference.lexicon import given_names, labels_of
from kg.nlp.weighing import bodies_and_people, is_vessel
from kg.places import joined_countries, place_word

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_KINDS: Final = frozenset(_WORDS["kinds"])
#: Words that head a name with "of" and are none alone.
_HEADS: Final = frozenset(_WORDS["heads"])
_STYLES: Final = frozenset(_WORDS["styles"])
_NO_NAMES: Final = frozenset(_WORDS["no_names"])
#: Types that the vote may exchange: a date or a number is never outvoted.
_VOTED: Final = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"}
)
#: Names that can have a number, and how it hangs on them.
_COUNTED: Final = _VOTED - {"GPE", "NORP"}
_NUMBERING: Final = frozenset({"nummod", "flat", "compound", "appos", "dep", "nmod:unmarked"})
#: How a part of a name hangs on the rest of it.
_TIED: Final = frozenset({"compound", "flat"})
_HYPHENS: Final = frozenset("-–—")
_UNITS: Final = frozenset(_WORDS["units"])
_OF: Final = ("of",)
#: Bodies that say what they are there to do, and small words in that.
_UNIONS: Final = tuple(_WORDS["unions"])
_CHAMBERS: Final = frozenset(_WORDS["chambers"])
_SIDES: Final = frozenset(_WORDS["sides"])
_FOR_WHAT: Final = frozenset(_WORDS["for_what"])
_AIMING: Final = frozenset(_WORDS["aiming"])
_IN_AIMS: Final = frozenset({"the", "of", "and", "in", "for"})
#: With which no name ends.
_LINKS: Final = ("of", "in", "for")
_FOR: Final = ("for", "on")
_COMMON: Final = frozenset(_WORDS["common"])
_NATIONAL: Final = frozenset(_WORDS["national"])
_CONTINENTS: Final = frozenset(_WORDS["continents"])
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
#: People of whose land there are two, and its halves.
_HALVED: Final = frozenset(_WORDS["halved"])
_HALVES: Final = frozenset(_WORDS["halves"])
#: What a person's name is taken for.
_MISTAKEN: Final = frozenset({"ORG", "GPE", "PRODUCT", "WORK_OF_ART"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass"})
#: Tags of verbs after one thing.
_SINGULAR: Final = frozenset({"VBZ", "VBD", "VBG", "VBN"})
#: Letters that stand for a place, also with blanks: "L. A.".
_LETTERS: Final = frozenset(_WORDS["letters"])
_HONOURS: Final = tuple(_WORDS["honours"])
#: Honours that stand alone where a name was cut, and what may stand between them and the name.
_HONOURED: Final = frozenset(honour.strip() for honour in _HONOURS) | frozenset(_WORDS["honoured"])
_POLITE: Final = frozenset(_WORDS["polite"])
#: What the title of a work is taken for.
_TITLES: Final = frozenset({"PERSON", "GPE", "LOC", "FAC", "ORG", "NORP", "EVENT", "PRODUCT"})
_WORKS: Final = frozenset(_WORDS["works"])
_OPENING: Final = frozenset("\"“‘'") | {"``"}
#: What people of one belief are taken for.
_NO_PEOPLE: Final = frozenset({"GPE", "LOC", "FAC", "EVENT", "PRODUCT"})
_BELIEVERS: Final = frozenset(_WORDS["believers"])
#: With which the names of firms end, and such of two names.
_TAILS: Final = frozenset(_WORDS["tails"])
_FIRMS: Final = frozenset(_WORDS["firms"])
_FORMS: Final = frozenset(_WORDS["forms"])
#: What has branches, each named with its place: "the group Orvo in Peru".
_BRANCHING: Final = frozenset(_WORDS["branching"])
_HOUSES: Final = frozenset({"PERSON", "ORG", "FAC", "LOC", "GPE"})


@Language.component("kg_entity_consistency", assigns=["doc.ents"], requires=["token.pos"])
def entity_consistency(doc: Doc) -> Doc:
    """Correct ``doc.ents`` from all the article says; the same Doc comes back."""
    ents, countries = _with_joined_countries(doc)
    spans = [trimmed for span in _joined(doc, ents) if (trimmed := _trim(span)) is not None]
    names = frozenset(span.text for span in spans)
    spans = [_without_epithet(span, names) for span in spans]
    votes: dict[str, Counter[str]] = {}
    for span in spans:
        if span.label_ in _VOTED:
            votes.setdefault(span.text, Counter())[span.label_] += 1
    best = {text: _winner(counts) for text, counts in votes.items()}
    best |= {span.text: "PERSON" for span in spans if _is_called_a_person(span)}
    best |= {span.text: "GPE" for span in spans if span.text.replace(" ", "") in _LETTERS}
    best |= {span.text: "NORP" for span in spans if _is_a_following(span)}
    best |= _capital_surnames(spans) | _firms(spans)
    best |= bodies_and_people(spans, best)
    best |= {span.text: "PRODUCT" for span in spans if is_vessel(span)}
    best |= _acronyms(doc, spans, best) | dict.fromkeys(countries, "GPE")
    spans = [
        _typed(span, "WORK_OF_ART" if _is_a_title(span) else best.get(span.text, span.label_))
        for span in spans
    ]
    doc.ents = tuple(filter_spans([*spans, *_missed(doc, spans, best)]))
    return doc


def _without_epithet(span: Span, names: Container[str]) -> Span:
    """A name without what it is called before it, where the article has the name alone, too: "Software darling
    *Orvell*"."""
    for place in range(len(span) - 1, 0, -1):
        before, rest = span[place - 1], span.doc[span.start + place : span.end]
        if before.is_lower and before.pos_ == "NOUN" and rest.text in names:
            return Span(span.doc, rest.start, rest.end, span.label_)
    return span


def _with_joined_countries(doc: Doc) -> tuple[list[Span], list[str]]:
    """The names of the network, those of a country with an "and" made one ("*Saint Vincent and the
    Grenadines*"), and the names of such countries."""
    known = joined_countries()
    found = []
    for token in doc:
        if token.lower_ != "and" or token.i < 1 or not _is_capital(token.nbor(-1)):
            continue
        for words in known:
            start = token.i - words.index("and")
            run = doc[max(start, 0) : start + len(words)]
            if tuple(place_word(t.text) for t in run) == words:
                found.append(Span(doc, run.start, run.end, "GPE"))
    longer = [e for e in doc.ents if any(_holds(e, run) for run in found)]
    kept = [run for run in found if not any(_holds(e, run) for e in longer)]
    return filter_spans([*longer, *kept, *doc.ents]), [run.text for run in kept]


def _holds(span: Span, run: Span) -> bool:
    """Whether a name is longer than the one within it."""
    inside = span.start <= run.start and run.end <= span.end
    return inside and len(span) > len(run)


def _is_a_following(span: Span) -> bool:
    """Whether it is people of one belief, by its last word, and no place ("the *Maoists*", "Maronite
    *Christians*"), or of one origin that two words tell and no body ("the first *Pacific Islander*")."""
    last = span[-1].text
    if span.label_ == "ORG":
        return len(span) > 1 and is_nation(span.text.removesuffix("s"))
    return span.label_ in _NO_PEOPLE and (last.endswith("ists") or last in _BELIEVERS)


def _joined(doc: Doc, ents: list[Span]) -> list[Span]:
    """The spans with those made one that a small word parts or was cut from."""
    out: list[Span] = []
    texts = frozenset(ent.text for ent in ents if ent.label_ == "ORG")
    names = frozenset(ent.text for ent in ents)
    surnames = frozenset(e[-1].text for e in ents if e.label_ == "PERSON" and len(e) > 1)
    branches = frozenset(map(_letters, _branches(ents)))
    for ent in (part for whole in ents for part in _parted(whole, names)):
        if any(token.like_email for token in ent) or ent.text in _NO_NAMES:
            continue
        found = _without_matter(_without_title(_behind_post(doc, ent)))
        found = _with_matter(_with_aim(found))
        span = _with_form(_of_north_or_south(_with_s(doc, found)))
        before = out[-1] if out else None
        if before is not None and _goes_around(doc, before, span):
            out[-1] = Span(doc, before.start, span.end, before.label_)
            continue
        if before is not None and before.label_ in _VOTED and span.label_ in _VOTED:
            between = [token.lower_ for token in doc[before.end : span.start]]
            cut = before.end == span.start and before[-1].lower_ in _LINKS
            styled = not between and before.text in _STYLES and before.label_ == span.label_
            apart = between in (["of"], ["of", "the"]) and before.text in _HEADS
            honoured = before.text in _HONOURED and span.label_ == "PERSON"
            if honoured and set(between) <= _POLITE:
                out[-1] = Span(doc, before.start, span.end, "PERSON")
                continue
            apart = apart or (between == ["in"] and _is_of_a_continent(before, span))
            if cut or apart or styled:
                whole = Span(doc, before.start, span.end)
                head = before if whole.root.i < before.end else span
                out[-1] = Span(doc, before.start, span.end, head.label_)
                continue
            if not between and is_nation(f"{before.text} {span.text}"):
                out[-1] = Span(doc, before.start, span.end, "NORP")
                continue
            tied = _is_hyphened(doc, before, span) or _is_a_peoples(before, span)
            tied = tied or _is_spelled_out(before, span)
            formed = span[-1].text in _FORMS and before.label_ == "ORG"
            tied = tied or (formed and not between and before.end == span.start)
            tied = tied or _is_cut_at_and(before, span) or _is_cut_at_comma(before, span)
            branch = between[:1] == ["in"] and _letters(doc[before.start : span.end]) in branches
            tied = tied or (between == ["&"] and _is_partnership(before, span, surnames))
            if tied or branch or _is_one_name(before, span, texts):
                out[-1] = Span(doc, before.start, span.end, "ORG")
                continue
        out.append(span)
    named = (span for span in out if span.text not in _HONOURED)
    return [_numbered(_with_at(end)) for span in named if (end := _without_of(span)) is not None]


def _parted(span: Span, named: Container[str]) -> tuple[Span, ...]:
    """The two names of "*Orvell* and *Norr* have sued", taken for one body's: a plural verb tells, or
    that one of them is ``named`` alone; but not those of a firm ("Holm and Sons")."""
    ands = [token.i for token in span if token.lower_ == "and"]
    if span.label_ != "ORG" or len(ands) != 1 or not span.start < ands[0] < span.end - 1:
        return (span,)
    doc, place = span.doc, ands[0]
    parts = (
        Span(doc, span.start, place, span.label_),
        Span(doc, place + 1, span.end, span.label_),
    )
    one, other = (part.root for part in parts)
    joined = other.dep_ == "conj" and other.head == one and span.root == one
    if not joined or any(t.pos_ != "PROPN" for part in parts for t in part):
        return (span,)
    if parts[0].text == parts[1].text or other.text in _TAILS or span.text in _FIRMS:
        return (span,)
    number = _number(one)
    alone = number != "Sing" and any(part.text in named for part in parts)
    return parts if number == "Plur" or alone else (span,)


def _number(subject: Token) -> str | None:
    """Whether the verb of a subject shows that it is one or several."""
    if not subject.dep_.startswith("nsubj"):
        return None
    group = (subject.head, *(t for t in subject.head.children if t.dep_[:3] in ("aux", "cop")))
    tags = {token.tag_ for token in group}
    if "VBZ" in tags or any(token.lower_ == "was" for token in group):
        return "Sing"
    return "Plur" if "VBP" in tags or any(t.lower_ == "were" for t in group) else None


def _is_one_name(before: Span, span: Span, texts: Container[str]) -> bool:
    """Whether a body's name was cut in two: "*Orbit* + *Norway* chief executive", where both are
    right before a post, "*Genoa* + *Traders' Union*", or what is one name elsewhere in the article."""
    labels = (before.label_, span.label_)
    if before.end != span.start or "ORG" not in labels or not _PLACES.union({"ORG"}) >= {*labels}:
        return False
    if f"{before.text} {span.text}" in texts:
        return True
    first, last = before.root, span.root
    tied = first.dep_ in _TIED and first.head.i in range(span.start, span.end)
    post = last.head
    beside = last.dep_ == first.dep_ == "compound" and (tied or first.head == post)
    return (tied and span.label_ == "ORG" and len(span) > 1) or (
        beside and before.label_ == "ORG" and post.i >= span.end and not post.ent_type_
    )


def _is_partnership(before: Span, span: Span, taken: Container[str]) -> bool:
    """Whether two surnames with an "&" are those of a firm: "*Holm & Venn*"; not "*Ada & Orv*", nor
    where somebody of one of them is named."""
    surnames = (before.text, span.text)
    if len(before) != 1 or len(span) != 1 or {before.label_, span.label_} != {"PERSON"}:
        return False
    given = span.text.lower() in given_names()
    return not given and not any(one.isupper() or one in taken for one in surnames)


def _is_cut_at_and(before: Span, span: Span) -> bool:
    """Whether a body's name was cut behind its "and": "Bank for North Africa and" the "Levant"."""
    between = [token.lower_ for token in span.doc[before.end : span.start]]
    joined = span.root.dep_ == "conj" and before.start <= span.root.head.i < before.end
    return (
        joined
        and before.label_ == "ORG"
        and before[-1].lower_ == "and"
        and between in ([], ["the"])
    )


def _is_cut_at_comma(before: Span, span: Span) -> bool:
    """Whether the name of a body for several things was cut behind the first: "*Trade*, *Tourism and
    Transport Ministry*"."""
    if span.doc[before.end : span.start].text != "," or span.label_ != "ORG":
        return False
    first = before.root
    matters = first.dep_ == "compound" and first.head == span.root == span[-1]
    return matters and any(t.dep_ == "conj" and t.head == first for t in span)


def _branches(ents: list[Span]) -> Iterator[Span]:
    """Bodies of which the text says by its grammar that a place belongs to the name: "the *Orvo in Peru*
    fighters", "the group *Orvo in Peru*"."""
    for before, span in pairwise(ents):
        doc, whole = span.doc, span.doc[before.start : span.end]
        between = [token.lower_ for token in doc[before.end : span.start]]
        joined = span.root.dep_ == "nmod" and span.root.head in before and span.label_ in _PLACES
        if before.label_ != "ORG" or between not in (["in"], ["in", "the"]) or not joined:
            continue
        first = before.root
        if (
            first.dep_ == "compound" and first.head.i == span.end and first.head.pos_ == "NOUN"
        ) or (first.dep_ in ("appos", "flat") and doc[before.start - 1].lower_ in _BRANCHING):
            yield whole


def _letters(span: Span) -> str:
    return "".join(c for c in span.text.lower() if c.isalnum())


def _is_of_a_continent(before: Span, span: Span) -> bool:
    """Whether the name of a body for something ends with where: "Conference on Trade in *Asia*"."""
    matter = any(token.lower_ in _FOR for token in before)
    return before.label_ in ("ORG", "EVENT") and matter and span.text in _CONTINENTS


def _is_hyphened(doc: Doc, before: Span, span: Span) -> bool:
    """Whether a body's name begins before a hyphen: "*Swedish*-*Finnish Teachers' Union*"."""
    if before.label_ != "NORP" or span.label_ != "ORG" or len(span) < 3:
        return False
    tied = doc[before.end].text in _HYPHENS and span.start == before.end + 1
    return tied and not doc[before.end - 1].whitespace_ and not doc[before.end].whitespace_


def _is_a_peoples(before: Span, span: Span) -> bool:
    """Whether a body's name is none without the people before it: "*Korean* Central News Agency", "the
    *Danish* Smiths & Founders Guild"."""
    if before.label_ != "NORP" or span.label_ != "ORG" or before.end != span.start:
        return False
    if len(span) < 2 or not is_nation(before.text):
        return False
    led = before.start > 0 and span.doc[before.start - 1].lower_ == "the"
    return {t.text for t in span} <= _COMMON or (led and span[-1].text in _NATIONAL)


def _is_spelled_out(before: Span, span: Span) -> bool:
    """Whether the letters in brackets behind a body's name count the people before it, though perhaps not
    its last word: "*Norse* Sea Trust (NST)", "*Danish* Ferry Lines Ltd (DFL)"."""
    doc, end = span.doc, span.end
    if not is_nation(before.text) or span.label_ != "ORG" or before.end != span.start:
        return False
    if end + 2 >= len(doc) or doc[end].text != "(" or doc[end + 2].text != ")":
        return False
    words = doc[before.start : end].text.replace("-", " ").split()
    short, whole = doc[end + 1].text.upper(), [w for w in words if w not in _FORMS]
    letters = "".join(w[0] for w in whole if w[0].isupper())
    return len(short) > 1 and short in (letters, letters[:-1])


def _with_form(span: Span) -> Span:
    """A firm's name with what it is by law, and the land before that: "Ada Venn *(Peru) Ltd*"."""
    doc, end = span.doc, span.end
    if span.label_ not in _HOUSES:
        return span
    if [t.text for t in doc[end : end + 3]][::2] == ["(", ")"] and _is_capital(doc[end + 1]):
        end += 3
    while end < len(doc) and doc[end].text in _FORMS:
        end += 1
    if doc[end - 1].text not in _FORMS:
        return span
    start = span.start
    while start and doc[start - 1].is_upper and not doc[start - 1].ent_type_:
        start -= 1  # "*ZK* Holm Ltd"
    return Span(doc, start, end, "ORG")


def _firms(spans: list[Span]) -> dict[str, str]:
    """The names of firms without what they are by law, where nobody is called by the last word of one: the
    "Ada Venn" of "Ada Venn (Peru) Ltd" is no person."""
    names = {span.text for span in spans}
    full = (s for s in spans if s.label_ == "ORG" and s[-1].text in _FORMS)
    short = (list(takewhile(lambda t: t.text not in _FORMS and t.text != "(", s)) for s in full)
    found = sorted({one[0].doc[one[0].i : one[-1].i + 1].text for one in short if one})
    return {name: "ORG" for name in found if name in names and name.split()[-1] not in names}


def _with_at(span: Span) -> Span:
    """The span with the small word behind its "@": "Skywatch @ *home*" is not Skywatch. A person
    is only told to be somewhere ("Ada Venn @ home")."""
    after = span.doc[span.end : span.end + 2]
    if span.label_ not in _COUNTED or span.label_ == "PERSON" or len(after) < 2:
        return span
    written = after[0].text == "@" and after[1].is_alpha and after[1].is_lower
    return Span(span.doc, span.start, span.end + 2, span.label_) if written else span


def _goes_around(doc: Doc, before: Span, span: Span) -> bool:
    """Whether two parts of a person's name are parted by a by-name: "Adam" + "Pacman) Jones"."""
    if before.label_ != "PERSON" or span.label_ != "PERSON" or span.start - before.end != 1:
        return False
    return doc[before.end].text == "(" and ")" in span.text and "(" not in span.text


def _of_north_or_south(span: Span) -> Span:
    """The span with the half of a land that it is of: "*South* Korean"."""
    first = span.start - 1
    if span.text not in _HALVED or first < 0 or span.doc[first].text not in _HALVES:
        return span
    return Span(span.doc, first, span.end, span.label_)


def _numbered(span: Span) -> Span:
    """The span with the number that belongs to it: "Alpha-*9*", "Interstate *80*"; a maker's name
    with a long one is a thing it made ("Boeing *737*")."""
    doc, end = span.doc, span.end
    if span.label_ not in _COUNTED or end >= len(doc):
        return span
    tied = doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_
    place = end + tied
    if place >= len(doc) or not doc[place].text.isdigit() or len(doc[place]) > 4:
        return span
    number = doc[place]
    whole = Span(doc, span.start, place + 1, span.label_)
    if tied:
        after = doc[place + 1].text if place + 1 < len(doc) else ""
        return span if after in _HYPHENS and not number.whitespace_ else whole
    if not (span.start <= number.head.i < end) or number.dep_ not in _NUMBERING:
        return span
    made = span.label_ == "ORG" and len(number) > 2 and span[-1].text not in _UNITS
    return Span(doc, span.start, place + 1, "PRODUCT") if made else whole


def _winner(counts: Counter[str]) -> str:
    """The type of most votes; places are told apart only after they have won together."""
    places = Counter({label: n for label, n in counts.items() if label in _PLACES})
    others = Counter({label: n for label, n in counts.items() if label not in _PLACES})
    first = next(iter(counts))
    most = max(others.values(), default=0)
    wins = places.total() > most or (places.total() == most and first in _PLACES)
    return (places if wins else others).most_common(1)[0][0]


def _with_s(doc: Doc, span: Span) -> Span:
    """The span with the "'s" after it where that marks no owner: a house called after somebody."""
    if span.end >= len(doc) or span.label_ not in _HOUSES or not span.root.has_head():
        return span
    mark, root = doc[span.end], span.root
    if mark.text not in ("'s", "’s") or mark.dep_ not in ("case", "aux"):
        return span
    # "Moody's said": neither "is" nor "has" stands before a past tense
    acts = root.dep_ in ("nsubj", "nsubj:pass") and root.head.tag_ == "VBD"
    cases = {child.lower_ for child in root.children if child.dep_ == "case"} - {mark.lower_}
    place = bool(cases) and cases <= {"at", "by", "near"} and root.dep_ != "nmod:poss"
    if not (acts or place):
        return span
    return Span(doc, span.start, span.end + 1, "ORG" if span.label_ == "PERSON" else span.label_)


def _behind_post(doc: Doc, span: Span) -> Span:
    """What a post is of, where a place's name holds the post: "Prime Minister of *Belarus*"."""
    place = next((t.i for t in span if t.lower_ in _OF), span.start)
    if span.label_ not in _PLACES or doc[span.start : place].text not in _NO_NAMES:
        return span
    start = place + 1 + (doc[min(place + 1, span.end - 1)].lower_ == "the")
    return Span(doc, start, span.end, span.label_) if start < span.end else span


def _with_aim(span: Span) -> Span:
    """A body's name with what it is there to do: "Committee *to Help North Korean Refugees*"."""
    doc, end = span.doc, span.end
    if span.label_ != "ORG":
        return span
    aim = next((t.i for t in span if t.lower_ == "to" and t.i > span.start), end)
    if doc[aim - 1].text not in _AIMING or aim + 1 >= len(doc) or doc[aim].text != "to":
        return span
    if not doc[aim + 1].text[0].isupper() or _is_headline(span):
        return span
    for token in doc[aim + 1 : aim + 12]:
        small = token.lower_ in _IN_AIMS or token.text in _HYPHENS or _is_tied(token)
        if token.text[0].isupper():
            end = max(end, token.i + 1)
        elif not small:
            break
    return Span(doc, span.start, end, span.label_)


def _with_matter(span: Span) -> Span:
    """A body's name with what it is for: "Movement *for the Emancipation of Orve*"."""
    doc, end = span.doc, span.end
    if span.label_ != "ORG" or span[-1].text not in _FOR_WHAT or len(span) > 1:
        return span
    if end >= len(doc) or doc[end].text != "for" or not any(map(_is_capital, doc[end : end + 3])):
        return span
    for token in doc[span.end : span.end + 12]:
        if _is_capital(token) and token.ent_type_ not in ("DATE", "PERSON"):
            end = token.i + 1
        elif token.text not in _IN_AIMS:
            break
    return Span(doc, span.start, end, span.label_)


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper()


def _is_headline(span: Span) -> bool:
    """Whether no full stop ends what it stands in: "Commission to Fine Orvell"."""
    last = [t for t in span.sent if not t.is_space][-1]
    return not (last.is_punct or last.is_quote)


def _is_tied(token: Token) -> bool:
    """ "Re-*elect*"."""
    return token.i > 0 and token.nbor(-1).text in _HYPHENS


def _without_title(span: Span) -> Span:
    """A body's name without the post of the person named behind it: "*U.N.* Secretary-General Kofi Annan"."""
    doc, end = span.doc, span.end
    if span.label_ != "ORG" or end >= len(doc) or doc[end].ent_type_ != "PERSON":
        return span
    for place in range(span.start + 1, end):
        if doc[place:end].text in _NO_NAMES and doc[place - 1].pos_ == "PROPN":
            return Span(doc, span.start, place, span.label_)
    return span


def _without_matter(span: Span) -> Span:
    """A union without what its commissioner is for: "*EU* Trade Commissioner"; a chamber without the side of
    it that somebody leads: "*Senate* Majority Whip"."""
    if len(span) == 2 and span[0].text in _CHAMBERS and span[1].text in _SIDES:
        return Span(span.doc, span.start, span.start + 1, span.label_)
    own = next((one for one in _UNIONS if span.text.startswith(f"{one} ")), "")
    after = span.doc[span.end].text if span.end < len(span.doc) else ""
    if not own or after not in _NO_NAMES or "ORG" in labels_of(span[-1].lower_):
        return span
    return span.doc.char_span(span.start_char, span.start_char + len(own), span.label_) or span


def _without_of(span: Span) -> Span | None:
    end = span.end
    while end > span.start and span.doc[end - 1].lower_ in _LINKS and span.label_ in _VOTED:
        end -= 1
    if end == span.end:
        return span
    return Span(span.doc, span.start, end, span.label_) if end > span.start else None


def _is_called_a_person(span: Span) -> bool:
    """Whether the words before a name say that it is a person's: "her *counterpart*, Vicente Fox"."""
    if span.label_ not in _MISTAKEN:
        return False
    if span.text.startswith(_HONOURS):
        return True
    root, noun = span.root, span.root.head
    if root.dep_ not in ("appos", "flat") or noun.i >= span.start or noun.tag_ != "NN":
        return False
    between = {token.text for token in span.doc[noun.i + 1 : span.start]}
    return between <= {","} and labels_of(noun.lemma_.lower()) == {"PERSON"}


def _is_a_title(span: Span) -> bool:
    """Whether a name in quotation marks is that of a work: "the film “*Australia*”"."""
    doc, start = span.doc, span.start
    if span.label_ not in _TITLES or start < 2 or doc[start - 1].text not in _OPENING:
        return False
    return doc[start - 2].lower_ in _WORKS


def _capital_surnames(spans: list[Span]) -> dict[str, str]:
    """Names in capitals with which a person's name of several words ends: "Daniel arap *MOI*"."""
    ends = {span[-1].text for span in spans if span.label_ == "PERSON" and len(span) > 1}
    long = (name for name in ends if name.isupper() and len(name) > 2)
    return dict.fromkeys(sorted(long), "PERSON")


def _acronyms(doc: Doc, spans: list[Span], best: dict[str, str]) -> dict[str, str]:
    """The acronyms that stand in brackets right after the name they are short for."""
    found: dict[str, str] = {}
    for span in spans:
        end = span.end
        if span.label_ not in _VOTED or end + 2 >= len(doc) or doc[end].text != "(":
            continue
        short = doc[end + 1].text
        if doc[end + 2].text != ")" or not short.isupper() or len(short) < 2:
            continue
        words = [token.text for token in span if token.text[0].isalpha()]
        large = "".join(word[0] for word in words if word[0].isupper())
        if short in (large, "".join(word[0].upper() for word in words)):
            found.setdefault(short, best.get(span.text, span.label_))
    return found


def _typed(span: Span, label: str) -> Span:
    return span if span.label_ == label else Span(span.doc, span.start, span.end, label)


def _trim(span: Span) -> Span | None:
    end = span.end
    while (
        end > span.start and span.doc[end - 1].pos_ == "NOUN" and span.doc[end - 1].text in _KINDS
    ):
        end -= 1
    if end == span.end:
        return span
    if not any(token.pos_ == "PROPN" for token in span.doc[span.start : end]):
        return None
    return Span(span.doc, span.start, end, span.label_)


def _missed(doc: Doc, spans: list[Span], best: dict[str, str]) -> list[Span]:
    """Places where a name of the article stands without being one, as proper nouns."""
    taken = {token.i for span in spans for token in span}
    shapes: dict[str, dict[int, dict[tuple[str, ...], str]]] = {}  # by first word and length
    for text, span in {span.text: span for span in reversed(spans) if span.text in best}.items():
        words = tuple(token.text for token in span)
        of_length = shapes.setdefault(words[0], {}).setdefault(len(words), {})
        of_length.setdefault(words, best[text])
    small = {token.text for token in doc if token.is_lower}
    found = []
    for token in doc:
        if token.i in taken or not _may_name(token, small):
            continue
        for length, known in shapes.get(token.text, {}).items():
            end = token.i + length
            run = doc[token.i : end]
            label = known.get(tuple(word.text for word in run))
            if label is None or any(w.i in taken for w in run):
                continue
            if label != "ORG" and _is_large(token):
                continue  # "Web sites"
            after = doc[end] if end < len(doc) else None
            if after is not None and after.pos_ == "PROPN" and after.head.i < end:
                continue  # a longer name: "Apple" in "Apple Records"
            found.append(Span(doc, token.i, end, label))
    return found


def _may_name(token: Token, small: Container[str]) -> bool:
    return token.pos_ == "PROPN" or _begins_as_name(token, small) or _is_large(token)


def _is_large(token: Token) -> bool:
    """Whether a noun before another is written with a capital inside a sentence: "…," *Harbour* spokesman
    Ada Venn said."""
    if token.tag_ != "NN" or token.dep_ != "compound" or token.i < 2 or not token.is_title:
        return False
    before, after = token.nbor(-1), token.head
    begins = token.is_sent_start and token.nbor(-2).text != ","
    opens = before.text == ":" or (before.is_punct and not before.whitespace_)
    return not (begins or opens) and after.text.islower() and after.i == token.i + 1


def _begins_as_name(token: Token, small: Container[str]) -> bool:
    """Whether it opens its sentence, as the subject, alone and in the singular, as only a name does, and
    the article has no such word ("*Harbour* is winning customers")."""
    if token.tag_ != "NN" or not token.is_sent_start or token.lower_ in small:
        return False
    return token.dep_ in _SUBJECTS and token.head.tag_ in _SINGULAR and not any(token.lefts)
