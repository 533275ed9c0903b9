"""Names of one thing: surnames, first names, titles, short forms, acronyms, brackets, aliases.

Only what the article itself (or general knowledge about countries) supports is joined; a name that
could be two things stays alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from spacy.tokens import Doc, Token

from kg.nlp.coreference.lexicon import given_names, labels_of, lexicon, plain
from kg.nlp.mentions import Candidate, Gender, words_of

Key = tuple[str, ...]
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
#: How a noun that says who somebody is hangs on the name.
_DESCRIBES = frozenset({"appos", "compound", "nmod:desc"})
_SMALL = frozenset({"of", "and", "the", "for", "in", "on", "de", "la", "del", "to", "a", "an", "&"})


@dataclass(slots=True, eq=False)
class Name:
    """The occurrences of one form of a name. ``key`` is its words without titles and endings."""

    key: Key
    raw: str
    person: bool
    mentions: list[Candidate] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    gender: Gender = ""
    parent: Name | None = None
    titles: frozenset[str] = frozenset()
    age: int | None = None
    made: bool = False  # by whoever has the same name
    alone: bool = False  # it could be either of two namesakes: nobody's

    def root(self) -> Name:
        """The name that stands for all joined ones."""
        at = self
        while at.parent is not None:
            if at.parent.parent is not None:
                at.parent = at.parent.parent  # so that no chain grows long
            at = at.parent
        return at


def _stripped(words: Key, person: bool) -> tuple[Key, Gender]:
    known = lexicon()
    gender: Gender = ""
    while len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    if person:
        while len(words) > 1 and words[0] in known.titles:
            gender = gender or known.titles[words[0]]
            words = words[1:]
        while len(words) > 2 and words[-1] in _SUFFIXES:  # "Royd Jr" is the son of the Royd before
            words = words[:-1]
    else:
        while len(words) > 1 and words[-1] in known.legal:
            words = words[:-1]
    return tuple(map(plain, words)), gender


def _title_gender(mention: Candidate) -> Gender:
    """The gender told by a title or a noun that stands before the name or in apposition to it."""
    known = lexicon()
    doc = mention.head.doc
    gender: Gender = ""
    for i in range(max(0, mention.start - 2), mention.start):
        word = doc[i].lower_
        gender = known.titles.get(word) or known.gender.get(word) or gender
    for child in mention.head.children:
        if child.dep_ in _DESCRIBES and child.pos_ == "NOUN":
            gender = gender or known.gender.get(child.lemma_.lower(), "")
    return gender


def titles_of(mention: Candidate) -> frozenset[str]:
    """The titles right before a name, its own first words and nouns in apposition or before it.

    "Mr." and the like are none: they tell a sex, `_title_gender`.
    """
    known = lexicon().titles
    doc = mention.head.doc
    first = mention.start
    while first and mention.start - first < 3 and doc[first - 1].lower_ in known:
        first -= 1
    words = {doc[i].lower_.rstrip(".") for i in range(first, mention.end) if doc[i].lower_ in known}
    words |= {word for word in _post_of_place(doc, first) if word in known}
    if words & _SECOND:
        words = set()  # a vice president is no president
    head = mention.head
    beside = [c for c in head.children if c.dep_ in _DESCRIBES and c.pos_ == "NOUN"]
    if head.dep_ == "appos" and head.head.pos_ == "NOUN":
        beside.append(head.head)
    words |= {noun.lemma_.lower() for noun in beside if not is_second(noun)}
    return frozenset(words) - _POLITE


def once_titles_of(mention: Candidate) -> frozenset[str]:
    """Of `titles_of` those that somebody had once: "*former President* Ada Venn", "Ada Venn, the *former
    mayor*"."""
    head, doc = mention.head, mention.head.doc
    before = doc[max(mention.start - 3, 0) : mention.start]
    words = [t.lower_ for t in before]
    past = set(words[words.index("former") + 1 :]) if "former" in words else set()
    nouns = (c for c in head.children if c.dep_ in _DESCRIBES and c.pos_ == "NOUN")
    past |= {noun.lemma_.lower() for noun in nouns if any(c.lower_ == "former" for c in noun.lefts)}
    return titles_of(mention) & past


def _post_of_place(doc: Doc, at: int) -> list[str]:
    """The words of a post right before a name, that of a place: "Prime Minister of Fiji Ana Rabe"."""
    if at == 0 or doc[at - 1].ent_type_ != "GPE" or (at < len(doc) and doc[at].ent_iob_ == "I"):
        return []
    start = at - 1  # by its tokens: `doc.ents` is made anew at each look
    while doc[start].ent_iob_ == "I":
        start -= 1
    if start < 2 or doc[start - 1].lower_ != "of":
        return []
    return [t.lower_ for t in doc[max(0, start - 3) : start - 1] if t.text[0].isupper()]


#: Whose is the second in a post.
_SECOND = frozenset({"vice", "deputy", "assistant"})


def is_second(noun: Token) -> bool:
    """ "The deputy mayor", "the vice president"."""
    return any(c.lower_ in _SECOND for c in noun.lefts)


#: Titles that anybody has, and what says when somebody had one.
_POLITE = frozenset(
    {"mr", "mrs", "ms", "miss", "mister", "dr", "former", "vice", "deputy", "chief"}
)
_AGE = re.compile(
    r"(?:, (?:aged |age )?(\d{1,3})(?=[,.;)]| and\b| or\b)| \((?:aged )?(\d{1,3})\)|, aged (\d{1,3})\b)"
)


def age_of(mention: Candidate) -> int | None:
    """How old the text says somebody is, right after the name: "Eric Mohn, 70, ..."."""
    doc = mention.head.doc
    if mention.end >= len(doc):
        return None
    last = doc[mention.end - 1]
    after = doc[mention.end : mention.end + 6].text
    told = _AGE.match(last.whitespace_ + after)
    age = int(next(filter(None, told.groups()))) if told else 0
    return age if 0 < age < 120 else None


def link_names(doc: Doc, found: Sequence[Candidate]) -> list[list[Candidate]]:
    """Candidates of kind name, grouped by what they name, in the order of first mention."""
    names = _forms(found)
    persons = [n for n in names if n.person]
    _merge_full_names(persons)
    _merge_short_names(names, persons)
    _merge_endings([n for n in names if not n.person])
    _merge_parts([n for n in names if not n.person])
    _merge_generic(doc, names)
    _merge_aliases(names)
    _merge_expanded([n for n in names if not n.person])
    _merge_acronyms(names)
    _merge_adjacent(doc, names)
    groups: dict[int, list[Candidate]] = defaultdict(list)
    for name in names:
        root = name.root()
        for mention in name.mentions:
            groups[id(mention if is_adjective(mention) else root)].append(mention)
            if name.gender and not mention.gender:
                mention.gender = name.gender
    result = [sorted(g, key=lambda c: c.start) for g in groups.values()]
    for name in names:
        _spread_gender(name)
    result.sort(key=lambda g: g[0].start)
    return result


def is_adjective(mention: Candidate) -> bool:
    """ "Spanish art" and "Spanish wine": a quality of both, and nobody that either speaks of."""
    return mention.label == "NORP" and mention.head.pos_ == "ADJ" and mention.head.dep_ == "amod"


def _spread_gender(name: Name) -> None:
    root = name.root()
    if name.person and not root.gender:
        root.gender = name.gender


def _forms(found: Sequence[Candidate]) -> list[Name]:
    named = [m for m in found if m.kind == "name" and words_of(m.lemma)]
    reading = _Reading(named)
    apart = _Apart(found, (key for key, person in reading.typed if person))
    forms: dict[tuple[Key, bool, _Sign], Name] = {}
    for mention in named:
        key, gender, person = reading.of(mention)
        sign = apart.sign(key, mention) if person else apart.product(key, mention)
        form = forms.get((key, person, sign))
        if form is None:
            form = forms[key, person, sign] = Name(key, mention.lemma, person)
            form.made = sign == "made"
            if len(key) > 1 and key in apart.namesakes:
                form.age = age_of(mention)
                form.alone = form.age is None
        form.mentions.append(mention)
        if mention.label:
            form.labels[mention.label] += 1
        if person:
            form.gender = form.gender or gender or _title_gender(mention)
            form.titles |= titles_of(mention)
    for form in forms.values():
        if form.person and not form.gender and len(form.key) > 1:
            form.gender = given_names().get(form.key[0], "")
    return list(forms.values())


class _Reading:
    """Whether a name is a person's: one reading of it in an article, the more frequent one."""

    def __init__(self, named: Sequence[Candidate]) -> None:
        #: How often the form of a name is labelled as a person's, and as something else's.
        self.typed: Counter[tuple[Key, bool]] = Counter()
        for mention in named:
            if mention.label:
                person = mention.label == "PERSON"
                self.typed[_stripped(words_of(mention.lemma), person)[0], person] += 1
        self._surnames = {
            key[-1] for (key, person), _ in self.typed.items() if person and len(key) > 1
        }

    def of(self, mention: Candidate) -> tuple[Key, Gender, bool]:
        """The form of the name, the sex that its title tells, and whether it is a person's; a thing
        that is labelled a person is labelled anew."""
        words = words_of(mention.lemma)
        called = _is_called(mention)
        if mention.label == "PERSON" and (called or _is_vessel(mention, words)):
            mention.label = "PRODUCT"
        if mention.label is None:
            key, _ = _stripped(words, False)
            person = self._is_unlabelled_person(key, mention)
            return *_stripped(words, person), person
        key, gender = _stripped(words, mention.label == "PERSON")
        return key, gender, not called and self._is_person(key, mention.label)

    def _is_unlabelled_person(self, key: Key, mention: Candidate) -> bool:
        persons, others = self.typed.get((key, True), 0), self.typed.get((key, False), 0)
        titled = mention.head.doc[mention.end - 1].is_title
        return persons > others or (key[-1] in self._surnames and not others and titled)

    def _is_person(self, key: Key, label: str) -> bool:
        person = label == "PERSON"
        if len(key) == 1 and key[0] in self._surnames:
            return person or label not in ("GPE", "LOC", "NORP")
        if self.typed.get((key, not person), 0) and label != "NORP":
            return self.typed[key, True] > self.typed[key, False]
        return person


_Sign = tuple[frozenset[str], Gender] | int | str | None


class _Apart:
    """What tells occurrences of one form of a name apart: title and sex, where several people have
    the surname ("Mayor Brook", "Mr. Brook"), and age, where two have the full name."""

    def __init__(self, found: Sequence[Candidate], keys: Iterable[Key]) -> None:
        first_names: defaultdict[str, set[str]] = defaultdict(set)
        for key in keys:
            if len(key) > 1:
                first_names[key[-1]].add(key[0])
        self._shared = {surname for surname, names in first_names.items() if len(names) > 1}
        ends = lexicon().tails | lexicon().legal
        wholes = (words_of(m.lemma) for m in found if m.kind == "name" and m.label != "PERSON")
        self._makers = {key[:1] for key in wholes if len(key) > 1 and ends.issuperset(key[1:])}
        ages: defaultdict[Key, set[int]] = defaultdict(set)
        for mention in found:
            if mention.label == "PERSON" and (age := age_of(mention)) is not None:
                ages[_stripped(words_of(mention.lemma), True)[0]].add(age)
        self.namesakes = {
            key for key, told in ages.items() if len(key) > 1 and max(told) - min(told) > 1
        }

    def product(self, key: Key, mention: Candidate) -> _Sign:
        """ "the Orion" of Orion Motors, which the text calls Orion: what it makes."""
        if key not in self._makers or mention.label == "PERSON":
            return None
        before = mention.head.doc[mention.start - 1].lower_ if mention.start else ""
        if before not in ("the", "a", "an") or mention.head.dep_ in ("compound", "nmod:poss"):
            return None
        mention.label = "PRODUCT"
        return "made"

    def sign(self, key: Key, mention: Candidate) -> _Sign:
        """What the form of a name is to be kept apart by; None where nobody else has it."""
        if len(key) > 1:
            return age_of(mention) if key in self.namesakes else None
        if key[0] not in self._shared:
            return None
        _, gender = _stripped(words_of(mention.lemma), True)
        return titles_of(mention), gender or _title_gender(mention)


def _is_vessel(mention: Candidate, words: Key) -> bool:
    """ "MV Alan Kurdi", "the USS Jason Dunham"."""
    known = lexicon().vessels
    before = mention.head.doc[mention.start - 1] if mention.start else None
    first = mention.head.doc[mention.start]
    return (words[0] in known and first.is_upper and len(words) > 1) or (
        before is not None and before.is_upper and before.lower_ in known
    )


def _is_called(mention: Candidate) -> bool:
    """ "a drink called *Brook*", "a storm known as *Brook*": a thing, whoever else bears the name."""
    doc, at = mention.head.doc, mention.start - 1
    while at > 0 and (doc[at].lower_ in ("the", "as") or doc[at].is_quote):
        at -= 1
    verb, known = doc[max(at, 0)], lexicon()
    if verb.lower_ not in known.calling or not verb.dep_.startswith("acl"):
        return False
    noun = verb.head.lemma_.lower()
    labels = known.nouns.get(noun, frozenset())
    person = "PERSON" in labels or noun in known.gender or noun in known.posts
    sure = bool(labels) or mention.label != "PERSON"  # "a stallholder called Brook"
    return verb.head.pos_ == "NOUN" and not verb.head.ent_type_ and sure and not person


def _join(a: Name, b: Name) -> None:
    a, b = a.root(), b.root()
    if a is b:
        return
    first, second = sorted((a, b), key=lambda n: (-len(n.key), n.mentions[0].start))
    if first.gender and second.gender and first.gender != second.gender and first.person:
        return
    if first.alone or second.alone:
        return
    if None not in (first.age, second.age) and first.age != second.age:
        return
    second.parent = first
    first.gender = first.gender or second.gender


def _same_person(a: Key, b: Key) -> bool:
    short, long = sorted((a, b), key=len)
    if len(short) < 2:
        return False
    if long[: len(short)] == short:
        return True
    if short[-1] != long[-1]:
        return False
    one, other = short[0].rstrip("."), long[0].rstrip(".")
    first = one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
    middle = [w.rstrip(".") for w in short[1:-1]]
    return first and all(any(w[0] == x[0] for x in long[1:-1]) for w in middle)


def _merge_full_names(persons: Sequence[Name]) -> None:
    full = [n for n in persons if len(n.key) > 1]
    index: dict[tuple[str, Key], list[int]] = defaultdict(list)
    for number, name in enumerate(full):
        near = {at for key in _asked(name.key) for at in index.get(key, ())[:_NAMESAKES]}
        for at in sorted(near, key=lambda at: (full[at].key[-1] != name.key[-1], at)):
            if _same_person(full[at].key, name.key):
                _join(full[at], name)
        for key in _shown(name.key):
            index[key].append(number)


#: A name is compared with so many earlier ones that have the same ends or the same beginning.
_NAMESAKES = 50


def _ends(key: Key) -> tuple[str, str]:
    return key[0].rstrip("."), key[-1]


def _shown(key: Key) -> Iterator[tuple[str, Key]]:
    """Under what a name is found by those that can be the same (`_same_person`)."""
    first, last = _ends(key)
    yield "whole", key
    for length in range(2, len(key)):
        yield "start", key[:length]
    yield "ends", (first, last)
    yield "letter", (first[:1], last)
    if len(first) == 1:
        yield "initial", (first, last)


def _asked(key: Key) -> Iterator[tuple[str, Key]]:
    """Where a name looks for those that can be the same."""
    first, last = _ends(key)
    for length in range(2, len(key) + 1):
        yield "whole", key[:length]
    yield "start", key
    yield "ends", (first, last)
    yield ("letter" if len(first) == 1 else "initial"), (first[:1], last)


def _merge_short_names(names: Sequence[Name], persons: Sequence[Name]) -> None:
    full = [n for n in persons if len(n.key) > 1]
    by_part: dict[str, list[Name]] = defaultdict(list)
    for name in full:
        for at, part in enumerate(name.key):
            by_part[part].append(name)
            if at and "." not in part and len(name.key) - at > 1:
                by_part[" ".join(name.key[at:])].append(name)
    for name in names:
        text = " ".join(name.key)
        if len(name.key) > 1 and not (name.person and text in by_part):
            continue
        if not name.person:
            continue
        bearers = [n for n in by_part.get(text, ()) if n is not name]
        holders = _distinct(bearers)
        last = _distinct(n for n in holders if n.key[-len(name.key) :] == name.key)
        pool = last or holders
        if name.gender:
            pool = [n for n in pool if n.root().gender in ("", name.gender)]
        if len(pool) > 1 and len(name.key) == 1 and name.titles:
            pool = _titled(name, pool, bearers)
            if len(pool) > 1:
                continue
        if len(pool) == 1:
            _join(pool[0], name)
        elif len(pool) > 1:
            _split(name, pool, bearers)


def _titled(name: Name, pool: Sequence[Name], bearers: Sequence[Name]) -> list[Name]:
    """Those whom a surname with a title means ("Mayor Brook"). One who is still to come is not meant
    where just one other bearer of the name was told of: "Karl Brook left. Brook, the chairman, ..."."""
    titled = [n for n in pool if name.titles & n.titles]
    first = name.mentions[0].start
    known = _distinct(n for n in bearers if n.root() in pool and n.mentions[0].start < first)
    return known if len(known) == 1 and known[0] not in titled else titled


def _distinct(names: object) -> list[Name]:
    return list({id(n.root()): n.root() for n in names}.values())  # type: ignore[attr-defined]


def _split(name: Name, pool: Sequence[Name], bearers: Sequence[Name]) -> None:
    """A surname that several persons bear: each occurrence goes to the last full name before it in its
    paragraph when no other bearer stands near, nor one of whom it is not known who that is. In another
    paragraph it is the last one's only where nobody else was named: "... tweeted Mayor Ann Brook. ¶ Brook
    was convicted" may well go on about Karl Brook. What stays open means the one who is mostly called so
    (`_usual`)."""
    kept: list[Candidate] = []
    full = sorted(
        ((m, o.root()) for o in bearers if o.root() in pool for m in o.mentions),
        key=lambda one: one[0].start,
    )
    seen: dict[int, tuple[Candidate, Name | None]] = {}  # the owners met so far, the latest last
    called: Counter[int] = Counter()  # how often each was called so
    at = 0
    for mention in name.mentions:
        while at < len(full) and full[at][0].start < mention.start:
            told, owner = full[at]
            seen.pop(id(owner), None)
            seen[id(owner)] = told, owner
            at += 1
        latest = list(islice(reversed(seen.values()), 2))
        meant = latest[0][1] if latest else None
        if len(latest) > 1 and not _is_alone(mention, latest[0][0], latest[1][0]):
            meant = _usual(mention, seen.values(), called)
        (kept if meant is None else meant.mentions).append(mention)
        called[id(meant)] += meant is not None
        seen.pop(id(meant), None)
        seen[id(meant)] = mention, meant
    name.mentions[:] = kept
    for owner in pool:
        owner.mentions.sort(key=lambda m: m.start)


#: A bearer of the name as many sentences before is far; a paragraph has no more words.
_FAR = 3
_PARAGRAPH = 400


#: So often one is called by the surname alone, and so many times as often as all others, who is
#: called so throughout an article.
_CALLED = 3


def _usual(
    mention: Candidate, seen: Iterable[tuple[Candidate, Name | None]], called: Counter[int]
) -> Name | None:
    """The bearer of a surname who is called so throughout, where the paragraph has named no other one
    right before: "Anna Brook spoke, too." three sentences before "Brook accepted the post"."""
    (usual, often), *_ = called.most_common(1) or [(0, 0)]
    if often < _CALLED or often < _CALLED * (called.total() - often):
        return None
    others = [told for told, owner in seen if owner is not None and id(owner) != usual]
    if any(_is_near(mention, told) for told in others):
        return None
    return next((owner for _, owner in seen if id(owner) == usual), None)


def _is_near(mention: Candidate, told: Candidate) -> bool:
    return mention.sentence - told.sentence < _FAR and _in_paragraph(mention, told)


def _is_alone(mention: Candidate, latest: Candidate, before: Candidate) -> bool:
    """Is the latest bearer of a name in the paragraph of the mention, and the one before far?"""
    return latest.sentence - before.sentence >= _FAR and _in_paragraph(mention, latest)


def _in_paragraph(mention: Candidate, told: Candidate) -> bool:
    near = mention.start - told.start <= _PARAGRAPH
    return near and "\n\n" not in mention.head.doc[told.start : mention.start].text


def _merge_endings(names: Sequence[Name]) -> None:
    known = lexicon()
    by_key = {n.key: n for n in names if not n.made}
    for name in names:
        if len(name.key) < 2:
            continue
        for cut in range(len(name.key) - 1, 0, -1):
            rest = name.key[cut:]
            short = by_key.get(name.key[:cut])
            if short is None:
                continue
            labels = set(name.labels) | set(short.labels)
            company = all(w in known.tails | known.legal for w in rest)
            called = all(w in known.tail_nouns for w in rest)
            if (company and labels <= {"ORG", "PRODUCT"}) or (
                called and not labels & {"GPE", "LOC"}
            ):
                _join(name, short)
    for name in names:
        head, colon, _ = name.raw.partition(":")
        short = by_key.get(_stripped(words_of(head), False)[0]) if colon else None
        if short is not None and "WORK_OF_ART" in short.labels + name.labels:
            _join(name, short)


#: What a short form leaves out after the first words: "the General Assembly of the United Nations".
_WHOSE = frozenset({"of", "for"})
#: "The Republic of Albania" is Albania.
_REALMS = frozenset({"republic", "kingdom", "city", "town", "commonwealth"})
#: Too plain a word to be short for a name that ends in it: the White House is not "the House".
_PLAIN = frozenset({"house", "home", "group", "office", "centre", "center"})


def _merge_parts(names: Sequence[Name]) -> None:
    """The Boston Red Sox and the Red Sox, the Foundation for Art and the Foundation, the Republic of
    Albania and Albania: a short form that only one longer name of the article has."""
    owners: dict[tuple[str, Key], list[Name]] = defaultdict(list)
    for name in names:
        for label, short in _parts(name):
            owners[label, short].append(name)
    for name in names:
        label = _one_label(name)
        pool = _distinct(owners.get((label, name.key), ()))
        if len(pool) == 1 and pool[0] is not name.root():
            _join(pool[0], name)


def _one_label(name: Name) -> str:
    labels = set(name.labels)
    return labels.pop() if len(labels) == 1 else ""


def _parts(name: Name) -> Iterator[tuple[str, Key]]:
    """The short forms of a name that stand for it, each with the label it must have."""
    key, label = name.key, _one_label(name)
    if label == "ORG":
        for at in range(1, len(key)):
            if key[at] in _WHOSE and at > 1:
                yield label, key[:at]
            elif not _SMALL & set(key[1:]) and key[at] not in _PLAIN:  # no "to Defeat ISIS"
                yield label, key[at:]
    elif label in ("GPE", "LOC") and len(key) > 2 and key[0] in _REALMS and key[1] == "of":
        yield label, key[3:] if key[2] == "the" else key[2:]


def _merge_generic(doc: Doc, names: Sequence[Name]) -> None:
    """ "the Ministry", "the House": the one body of the article that is called so in full."""
    full = [n for n in names if len(n.key) > 1 and not n.person and "ORG" in n.labels]
    for name in names:
        if len(name.key) != 1 or name.person or "ORG" not in labels_of(name.key[0]):
            continue
        if not all(
            m.start and "the" in (doc[m.start - 1].lower_, doc[m.start].lower_)
            for m in name.mentions
        ):
            continue
        word = name.key[0]
        pool = _distinct(
            n for n in full if n.key[-1] == word or (n.key[0] == word and n.key[1] == "of")
        )
        if len(pool) == 1:
            _join(pool[0], name)


def _merge_aliases(names: Sequence[Name]) -> None:
    aliases = lexicon().aliases
    owners: dict[str, Name] = {}
    for name in names:
        if name.person or "NORP" in name.labels:
            continue
        text = " ".join(name.key)
        means = aliases.get(text)
        if means is None:
            continue
        if text == "who" or (text in ("us", "un", "america") and not name.labels):
            continue
        if means in owners:
            _join(owners[means], name)
        else:
            owners[means] = name


def _merge_expanded(names: Sequence[Name]) -> None:
    """ "The U.S. Congress" and "the United States Congress"."""
    by_key = {name.key: name for name in names}
    for name in names:
        means = lexicon().aliases.get(name.key[0]) if len(name.key) > 1 else None
        other = by_key.get((*means.split(), *name.key[1:])) if means else None
        if other is not None:
            _join(other, name)


def initials(key: Key) -> set[str]:
    """The acronyms that a name of several words can have, with and without its small words; none that
    is one of them: "US" in "US Senate"."""
    big = "".join(w[0] for w in key if w not in _SMALL)
    every = "".join(w[0] for w in key)
    return {a for a in (big, every) if len(a) > 1} - set(key)


def _merge_acronyms(names: Sequence[Name]) -> None:
    long: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        if len(name.key) > 1 and not name.person:
            for short in sorted(initials(name.key)):
                long[short].append(name)
    for name in names:
        text = (
            name.mentions[0].head.doc[name.mentions[0].start : name.mentions[0].end].text
            if name.mentions
            else ""
        )
        plain = text.replace(".", "")
        if len(name.key) == 1 and plain.isupper() and 2 <= len(plain) <= 8 and plain.isalpha():
            pool = _distinct(long.get(plain.lower(), []))
            if len(pool) == 1 and not (name.labels and set(name.labels) <= {"PERSON", "NORP"}):
                _join(pool[0], name)


def _merge_adjacent(doc: Doc, names: Sequence[Name]) -> None:
    """ "X (Y)" and "X, also known as Y"."""
    by_start = {m.start: (n, m) for n in names for m in n.mentions}
    also = lexicon().also
    for name in names:
        for mention in name.mentions:
            end = mention.end
            while end < len(doc) and doc[end].text in ('"', "”", "'", "’"):
                end += 1
            if end + 1 < len(doc) and doc[end].text == "(":
                at = end + 1
                while at < len(doc) and doc[at].text in ('"', "“", "'", "‘"):
                    at += 1
                if at not in by_start and at < len(doc) and doc[at].text in ("The", "A", "An"):
                    at += 1
                other = by_start.get(at)
                if other and _closes(doc, other[1].end) and _translates(doc, name, mention, *other):
                    _join(name, other[0])
                continue
            gap = doc[mention.end : mention.end + 7].text
            match = also.match(gap)
            if match:
                start = doc[mention.end].idx + match.end()
                target = next(
                    (by_start[i] for i in range(mention.end, min(mention.end + 8, len(doc)))
                     if doc[i].idx >= start and i in by_start and doc[i].idx - start <= 1),
                    None,
                )  # fmt: skip
                if target and target[0].person == name.person:
                    _join(name, target[0])


def _closes(doc: Doc, at: int) -> bool:
    while at < len(doc) and doc[at].text in ('"', "”", "'", "’"):
        at += 1
    return at < len(doc) and doc[at].text == ")"


def _translates(doc: Doc, name: Name, mention: Candidate, other: Name, there: Candidate) -> bool:
    """An acronym of the name, or the name of a work in another language."""
    short = doc[there.start : there.end].text.replace(".", "").replace("-", "")
    letters = "".join(c for c in short if c.isalpha())
    if len(letters) >= 2 and sum(c.isupper() for c in letters) >= len(letters) * 0.6:
        text = "".join(w[0] for w in name.key)
        loose = "".join(name.key)
        upper = "".join(c for c in letters if c.isupper()).lower()
        if upper[0] == text[0] and _in_order(upper, text) and len(name.key) > 1:
            return True
        if len(name.key) == 1 and _in_order(letters.lower(), loose) and letters.isupper():
            return loose[0] == letters[0].lower()
    both = {mention.label, there.label}
    if mention.label in ("WORK_OF_ART", "PRODUCT") or there.label == "WORK_OF_ART":
        return not both & {"PERSON", "GPE", "LOC", "NORP", "ORG"} and there.head.pos_ != "NUM"
    if there.head.dep_ == "appos" and not both & {"PERSON", "GPE", "LOC", "NORP", None}:
        return mention.start <= there.head.head.i < mention.end
    if is_work(doc, mention) and there.head.pos_ != "NUM":
        # quoted, or called a series: a title in two languages, whatever label its words got
        return there.label not in ("GPE", "LOC", "NORP") and len(there.lemma.split()) > 1
    return False


def is_work(doc: Doc, mention: Candidate) -> bool:
    """In quotation marks, or beside a noun for a work ("the series El Eternauta")."""
    marks = ('"', "“", "”", "'", "‘", "’")
    before = doc[mention.start - 1].text if mention.start else ""
    after = doc[mention.end].text if mention.end < len(doc) else ""
    if before in marks and after in marks:
        return mention.label not in ("LAW", "EVENT")
    beside = [c for c in mention.head.children if c.dep_ in _DESCRIBES]
    marked = any(c.dep_ == "case" for c in mention.head.children)  # "a report *by* Acme"
    known = mention.label in ("PERSON", "ORG", "GPE")  # "the Berg film" is by Berg
    kinds = ("appos", "flat", "nmod") if known else ("appos", "compound", "flat", "nmod")
    if mention.head.dep_ in kinds and not marked:
        beside.append(mention.head.head)
    nouns = {c.lemma_.lower() for c in beside if c.pos_ == "NOUN"}
    return any(labels_of(noun) == {"WORK_OF_ART"} for noun in nouns)


def _in_order(short: str, long: str) -> bool:
    at = iter(long)
    return all(c in at for c in short)
