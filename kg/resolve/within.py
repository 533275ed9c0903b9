"""Within one article: words to entities.

Mentions come in clusters (coreference). Clusters of one name are joined further where the article
itself shows it: the same full name, the surname of exactly one person of the article, an acronym,
a second name in brackets ("El Eternauta (The Eternaut)") or after "also known as". A claim whose
participant is a pronoun that no name or noun explains is left out; any other phrase without a
name becomes a topic under its normalised label.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.countries import is_country
from kg.model import (
    Argument,
    Article,
    Claim,
    LinkedClaim,
    LinkedQuote,
    LocalEntity,
    Mention,
    Quote,
)
from kg.resolve.bodies import is_shared
from kg.resolve.born import born_as
from kg.resolve.called import DESCRIBED, may_mean, surely_means
from kg.resolve.conflicts import age_after, differ
from kg.resolve.kinds import (
    BODY,
    family,
    hint_after,
    hint_apposition,
    hint_before,
    hint_of,
    kinds,
    long_form_kind,
    name_kind,
    told,
    vote,
    without_style,
)
from kg.resolve.linking import SHARED, Group, Linker, post_of
from kg.resolve.names import (
    acronym,
    alike,
    clean,
    generation,
    initials,
    is_acronym_of,
    is_empty,
    is_short_for,
    is_short_form_of,
    normal,
    person_parts,
    unlettered,
    untitled,
    words,
)
from kg.resolve.national import owned
from kg.resolve.sets import Sets
from kg.resolve.sport import keep_letters_apart, name_teams
from kg.resolve.variants import is_known_letters
from kg.seeds import NO_SEEDS, Seed, Seeds

#: A person's name as `person_parts` gives it.
Person = tuple[str, ...]
_BRACKET = re.compile(r"[\"'”’»]? ?\(([^()\n]{2,60})\)")
#: Families whose names may have a second name in brackets that no mention covers.
_OWNER = re.compile(r"\b([A-Z][\w.-]*(?: [A-Z][\w.-]*)*)['’]s? $")
_LONGEST_OWNER = 60
_RENAMED = frozenset({"made", "event", "law"})
_NAMESAKE = "another generation of the name"
_PLACES = frozenset({"GPE", "LOC"})
#: Labels of names that can begin with "The".
_TITLED = frozenset({"ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """The entities of an article and the claims and quotes that point to them."""

    entities: tuple[LocalEntity, ...]
    claims: tuple[LinkedClaim, ...]
    quotes: tuple[LinkedQuote, ...]


def resolve_within(
    article: Article,
    mentions: Sequence[Mention],
    claims: Iterable[Claim],
    quotes: Iterable[Quote],
    *,
    seeds: Seeds = NO_SEEDS,
    first_person: Mapping[int, Argument] | None = None,
    named: Iterable[Group] | None = None,
) -> Resolved:
    """Entities, linked claims and linked quotes of one article.

    ``first_person`` maps the offset of an "I" or "we" inside a quotation to its speaker. ``seeds``
    give types (and the label) to names they know. ``named`` are the `named_things` of the article,
    where they are known. The result depends on the article only.
    """
    if named is None:
        named = named_things(article, mentions)
    groups = [Group(g.mentions, dict(g.names), g.kind, g.label, g.apart) for g in named]
    by_name = seeds.by_name(normal)
    claims = list(claims)
    said_of = told(claims)
    for group in groups:
        group.kind = _kind(article.text, group, said_of)
        group.label = _label(group)
        _with_body(article.text, group)
    _keep_generations_apart(groups)
    owned(article.text, groups)
    name_teams(article.text, groups, mentions, claims)
    for group in groups:
        if not keep_letters_apart(article.text, group, by_name):
            _apply_seed(group, by_name)
    quotes = list(quotes)
    told_of = [a for c in claims for a in (c.subject, c.object, c.attribution, *c.arguments)]
    saying = (a for quote in quotes for a in (quote.speaker, quote.attribution))
    phrases = [a for a in (*told_of, *saying) if a is not None]
    linker = Linker(article, groups, mentions, first_person or {}, phrases, _posts(claims))
    linked = [done for claim in claims if (done := linker.claim(claim)) is not None]
    spoken = [linker.quote(quote) for quote in quotes]
    return Resolved(linker.entities(), tuple(linked), tuple(spoken))


def named_things(article: Article, mentions: Sequence[Mention]) -> list[Group]:
    """The mentions of each thing that the article names, whatever is stated of it."""
    text = article.text
    return _join(text, _clusters(text, _whole_names(text, mentions)))


def _with_body(text: str, group: Group) -> None:
    """Name a post that was taken for a name by whose it is: "*Peru's* President"."""
    if untitled(group.label) or len(group.names) != 1:
        return
    for mention in group.mentions:
        owner = _OWNER.search(text, max(0, mention.start - _LONGEST_OWNER), mention.start)
        if owner is not None and mention.text == group.label:
            group.label = f"{owner[1]}'s {group.label}"
            group.names = {group.label: next(iter(group.names.values()))}
            return


def _keep_generations_apart(groups: Iterable[Group]) -> None:
    """Of people whom "Jr." or "III" alone tells apart the one that the article names most is whom
    others know by the name; the rest are its own."""
    by_name: defaultdict[Person, list[Group]] = defaultdict(list)
    for group in groups:
        if family(group.kind) == "person":
            by_name[person_parts(group.label)].append(group)
    for namesakes in by_name.values():
        if any(map(generation, (group.label for group in namesakes))):
            for group in sorted(namesakes, key=lambda g: -len(g.mentions))[1:]:
                group.apart = _NAMESAKE


def _posts(claims: Iterable[Claim]) -> dict[str, list[Argument]]:
    """Who is said to have a post, by its name where it has two words or one alone can hold it, or with
    where it is ("president of peru"); a former one by its name with "former". Who leads a country is its
    leader."""
    found: defaultdict[str, list[Argument]] = defaultdict(list)
    for claim in claims:
        if claim.predicate.property == "leads":
            found[post_of("leader", claim.object.label)].append(claim.subject)
        if claim.predicate.property != "hasRole" or claim.object.kind != "topic":
            continue
        once = any(a.role == "time" and a.label == "former" for a in claim.arguments)
        label = f"former {claim.object.label}" if once else claim.object.label
        if " " in label or label.casefold() in words().held_alone:
            found[label.casefold()].append(claim.subject)
        for at in claim.arguments:
            if at.role == "at":
                found[post_of(label, at.label)].append(claim.subject)
    return dict(found)


# --- clusters to groups ------------------------------------------------------------------------


_THE = re.compile(r"(?<![.!?:\n])(?<![.!?][\"'”’]) [\"'“‘«(]?(The )$|[\"'“‘«(](The )$")


_ARTICLE = re.compile(r"(?:^|\W)(?:the|an?) $", re.IGNORECASE)
_GENERATION = re.compile(r",? (?:Jr|Sr)\b\.?")
_NUMBER = re.compile(r"-\d+(?:\.\d+)?(?![\w-])")


def _whole_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with what belongs to a name in it: a capital "The" inside a sentence ("The
    Eternaut"), a number tied to it by a hyphen ("Act-2"); a ship's is no person's ("MV Anna")."""
    out = []
    for mention in map(_untitled, map(_ship, mentions)):
        start, end = mention.start, mention.end
        if mention.kind == "name":
            if is_empty(mention.text):
                continue
            if mention.label in _TITLED and _THE.search(text[max(0, start - 8) : start]):
                start -= 4
            if number := _NUMBER.match(text, end):
                end = number.end()
            elif mention.label == "PERSON" and (told := _GENERATION.match(text, end)):
                end = told.end()  # "Benigno Aquino, *Jr.*"
        if (start, end) != (mention.start, mention.end):
            out.append(replace(mention, start=start, end=end, text=text[start:end]))
        else:
            out.append(mention)
    return out


def _untitled(mention: Mention) -> Mention:
    """A person's name without the post and the letters ("KC") that were taken for parts of it; a post alone
    is a noun."""
    if mention.kind != "name" or mention.label != "PERSON":
        return mention
    name = untitled(mention.text)
    if not name:
        return replace(mention, kind="noun")
    start = mention.end - len(name) if mention.text.endswith(name) else mention.start
    bare = unlettered(mention.text[start - mention.start :])
    return replace(mention, start=start, end=start + len(bare), text=bare)


def _ship(mention: Mention) -> Mention:
    """A ship's name is no person's, though it may be called after one."""
    is_ship = mention.kind == "name" and mention.text.split(" ", 1)[0] in words().vessels
    return replace(mention, label="PRODUCT") if is_ship else mention


def _clusters(text: str, mentions: Sequence[Mention]) -> list[Group]:
    """The clusters that hold a name, in the order of their first mention.

    A cluster can hold names that have nothing in common where coreference went wrong; each set of
    names that belong together becomes a group, and nouns and pronouns stay with the name that
    stands before them.
    """
    clusters: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        clusters[mention.cluster].append(mention)
    groups: list[Group] = []
    others: list[Mention] = []
    branches = _branches(text, mentions)
    ends = sorted(m.end for m in mentions if m.kind == "name" and m.label in DESCRIBED)
    for members in clusters.values():
        if any(m.kind == "name" for m in members):
            parts = _split(members, branches)
            groups.extend(_so_called(text, group, others, ends) for group in parts)
    for noun in others:
        _give(text, noun, groups, ends)
    groups.sort(key=lambda g: (g.mentions[0].start, g.mentions[0].end))
    return groups


def _give(text: str, noun: Mention, groups: Sequence[Group], ends: Sequence[int]) -> None:
    """Give a noun phrase to the only one that the article describes as it does."""
    found = [group for group in groups if surely_means(text, noun, _names(group), ends)]
    if len(found) == 1:
        found[0].mentions = sorted([*found[0].mentions, noun], key=lambda m: (m.start, m.end))


def _names(group: Group) -> list[Mention]:
    return [m for m in group.mentions if m.kind == "name"]


def _so_called(text: str, group: Group, others: list[Mention], ends: Sequence[int]) -> Group:
    """The group without nouns that its name is not called by, which go to ``others``, and the pronouns
    that follow them."""
    names = _names(group)
    kept: list[Mention] = []
    apart = False
    for mention in group.mentions:
        if mention.kind == "name":
            apart = False
        elif mention.kind == "noun":
            nouns = [m for m in kept if m.kind == "noun"]
            apart = not may_mean(text, mention, names, nouns, ends)
            others += [mention] if apart else []
        if not apart:
            kept.append(mention)
    group.mentions = kept
    return group


def _branches(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Names of bodies with the place of a branch before them: "*Lowick* LDU", where the article has "LDU",
    or a name that it gives in brackets, before."""
    names = [m for m in sorted(mentions, key=lambda m: m.start) if m.kind == "name"]
    places = {m.text for m in names if m.label in _PLACES and not is_country(m.text)}
    whole: set[str] = set()
    found: set[str] = set()
    for one in names:
        place, _, rest = one.text.rpartition(" ")
        if place in places and rest in whole:
            found.add(clean(one.text))
        elif " " not in one.text and one.label == "ORG":
            bracketed = (
                text[one.start - 1 : one.start] == "(" and text[one.end : one.end + 1] == ")"
            )
            whole |= {one.text} if bracketed or acronym(one.text) else set()
    return frozenset(found)


def _split(members: list[Mention], branches: Container[str]) -> list[Group]:
    parts: list[_Part] = []
    last: _Part | None = None
    waiting: list[Mention] = []
    for mention in members:
        if mention.kind != "name":
            if last:
                last.add(mention)
            else:
                waiting.append(mention)
            continue
        branch = clean(mention.text) in branches
        home = next((p for p in parts if p.has(mention, branch)), None)
        if home is None:
            home = _Part()
            parts.append(home)
        home.add(mention)
        last = home
    return _named([part.group for part in parts], waiting)


def _named(parts: list[Group], waiting: list[Mention]) -> list[Group]:
    parts[0].mentions = sorted([*waiting, *parts[0].mentions], key=lambda m: (m.start, m.end))
    for part in parts:
        spelled = {letters for name in part.names for letters in initials(name)}
        for name in part.names:
            if acronym(name) in spelled and any(_spells(name, full) for full in part.names):
                part.names[name] = "acronym"
    return parts


def _spells(short: str, full: str) -> bool:
    """Is it an acronym of the name, and of no other that everybody knows by it?"""
    return is_acronym_of(short, full) and not is_known_letters(short, full)


class _Part:
    """The names of a cluster that belong together, and the nouns and pronouns after them."""

    def __init__(self) -> None:
        self.group = Group([])
        self._labels: set[str | None] = set()
        self._words: list[frozenset[str]] = []

    def add(self, mention: Mention) -> None:
        self.group.mentions.append(mention)
        self._labels.add(mention.label)
        if mention.kind == "name" and (name := clean(mention.text)) not in self.group.names:
            self.group.names[name] = "full name"
            self._words.append(frozenset(normal(name).split()))

    def has(self, mention: Mention, branch: bool) -> bool:
        """Could coreference be right that this name is the part's? Words in common, or an acronym.

        Part of a name is another thing where the two are of different kinds: the US, the US Senate. A
        ``branch`` is what is called so alone.
        """
        if branch or clean(mention.text) in self.group.names:
            return clean(mention.text) in self.group.names
        new = frozenset(normal(mention.text).split())
        alike_kind = mention.label in self._labels
        own = {generation(name) for name in self.group.names} - {""}
        if own and (told := generation(mention.text)) and told not in own:
            return False
        if alike_kind and mention.label == "PERSON" and self._is_another(mention.text):
            return False
        for name, old in zip(self.group.names, self._words, strict=True):
            shared = len(new & old)
            if new == old or (alike_kind and shared and shared * 2 >= min(len(new), len(old))):
                return True
            if _spells(mention.text, name) or _spells(name, mention.text):
                return True
        return False

    def _is_another(self, text: str) -> bool:
        """Is it the full name of another person than the part's, of the same surname?"""
        person = person_parts(text)
        return len(person) > 1 and any(differ(person, person_parts(n)) for n in self.group.names)


# --- groups joined -----------------------------------------------------------------------------


class _Joins:
    """Groups that turn out to be one, by union of their indices (the smaller index stays).

    People whose given names or ages differ are never one, whatever else they are called; nor are a
    surname of which the text says "he" and the full name of a woman.
    """

    def __init__(self, text: str, groups: Sequence[Group], families: Sequence[str]) -> None:
        self._sets = Sets[int]()
        self.find = self._sets.find
        self._full: list[list[Person]] = [[] for _ in groups]
        self.ages: list[set[int]] = [set() for _ in groups]
        self._gender = [""] * len(groups)
        self.generations: list[set[str]] = [set() for _ in groups]
        for index, group in enumerate(groups):
            if families[index] == "person":
                parts = {person_parts(name) for name in group.names}
                self._full[index] = sorted(name for name in parts if len(name) > 1)
                self._gender[index] = _gender(group)
                self.generations[index] = {generation(name) for name in group.names} - {""}
                # "Holm 58, 7": a number that stands for no age
                full = (m for m in group.mentions if m.kind == "name" and " " in m.text)
                ends = (m.end for m in full if not m.text[-1].isdigit())
                self.ages[index] = {
                    age for end in ends if (age := age_after(text, end)) is not None
                }

    def union(self, one: int, other: int) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        if low == high or self.apart(low, high):
            return
        self._sets.join(low, high)
        self._full[low] += self._full[high]
        self._gender[low] = self._gender[low] or self._gender[high]
        self.ages[low] |= self.ages[high]
        self.generations[low] |= self.generations[high]

    def apart(self, one: int, other: int) -> str:
        """Why two groups cannot be one person; empty where nothing speaks against it."""
        one, other = self.find(one), self.find(other)
        ages = sorted(self.ages[one]), sorted(self.ages[other])
        if all(ages) and abs(ages[0][0] - ages[1][-1]) > 1 and abs(ages[0][-1] - ages[1][0]) > 1:
            return f"aged {ages[0][0]}, not {ages[1][0]}"
        born = self.generations[one], self.generations[other]
        if all(born) and born[0].isdisjoint(born[1]):
            return f"{min(born[0])}, not {min(born[1])}"
        for full in self._full[one]:
            for name in self._full[other]:
                if differ(full, name):
                    return f"{' '.join(full)}, not {' '.join(name)}"
        return self.other_gender(one, other)

    def other_gender(self, one: int, other: int) -> str:
        """As `apart`, of a surname that stands alone: the text calls one "he", the other "she"."""
        one, other = self.find(one), self.find(other)
        genders = self._gender[one], self._gender[other]
        if not all(genders) or genders[0] == genders[1] or (self._full[one] and self._full[other]):
            return ""
        return "a woman, not a man" if genders[0] == "f" else "a man, not a woman"

    def is_full(self, index: int) -> bool:
        """Has the group the full name of a person?"""
        return bool(self._full[self.find(index)])

    def shared(self) -> frozenset[str]:
        """The surnames that two or more people have in full, who are not one."""
        owners: defaultdict[str, set[Person]] = defaultdict(set)
        for full in self._full:
            for name in full:
                owners[name[-1]].add(name)
        return frozenset(
            surname
            for surname, names in owners.items()
            if any(differ(one, other) for one, other in combinations(sorted(names)[:_SHARING], 2))
        )


#: So many full names of a surname are compared with each other.
_SHARING = 20


def _gender(group: Group) -> str:
    """What the names of a group tell, else its pronouns, where all agree."""
    for kind in ("name", "pronoun"):
        told = {m.gender for m in group.mentions if m.kind == kind and m.gender}
        if told:
            return told.pop() if len(told) == 1 else ""
    return ""


def _join(text: str, groups: list[Group]) -> list[Group]:
    families = [_family(group) for group in groups]
    joins = _Joins(text, groups, families)
    _join_same(text, groups, families, joins)
    _join_people(text, groups, families, joins)
    _join_acronyms(groups, families, joins)
    _join_styled(groups, families, joins)
    _join_written(text, groups, families, joins)
    out: dict[int, Group] = {}
    grown: set[int] = set()
    for index, group in enumerate(groups):
        root = joins.find(index)
        if root not in out:
            out[root] = group
            continue
        home = out[root]
        home.mentions.extend(group.mentions)
        grown.add(root)
        for name, reason in group.names.items():
            if home.names.get(name, "full name") == "full name":
                home.names[name] = reason
    for root in grown:
        out[root].mentions.sort(key=lambda m: (m.start, m.end))
    _mark_shared([group for root, group in out.items() if families[root] == "person"])
    return list(out.values())


def _mark_shared(people: Sequence[Group]) -> None:
    """A name of one word that several people of the article have is no other name of theirs."""
    owners: defaultdict[str, list[tuple[Group, str]]] = defaultdict(list)
    for group in people:
        for name in group.names:
            if " " not in (key := normal(name)):
                owners[key].append((group, name))
    for sharing in owners.values():
        if len({id(group) for group, _ in sharing}) > 1:
            for group, name in sharing:
                group.names[name] = SHARED


def _family(group: Group) -> str:
    return family(vote(_votes(group)))


def _votes(group: Group) -> Counter[str]:
    labels = kinds().labels
    return Counter(labels.get(m.label or "", "Topic") for m in group.mentions if m.kind == "name")


def _join_same(text: str, groups: list[Group], families: list[str], joins: _Joins) -> None:
    """The same name is the same thing within an article, whatever type a mention was given."""
    seen: dict[str, list[int]] = {}
    for index, group in enumerate(groups):
        for name in group.names:
            seen.setdefault(normal(name), []).append(index)
    shared = joins.shared()
    for key, sharing in seen.items():
        first, *others = _without_owners(joins, sharing) if key in shared else sharing
        alike = [
            index
            for index in others
            if families[first] == families[index]
            or "person" not in (families[first], families[index])
            or len(key.split()) > 1
        ]
        if {families[index] for index in (first, *alike)} >= {"organization", "made"}:
            # "Orion Motors unveiled the Orion": the text tells the maker from what it makes
            alike = [
                i for i in alike if _is_thing(text, groups[i]) == _is_thing(text, groups[first])
            ]
        namesakes = [index for index in alike if joins.apart(first, index)]
        if namesakes:
            _keep_apart(groups, joins, key, [first, *alike])
            continue
        for index in alike:
            joins.union(first, index)


def _without_owners(joins: _Joins, sharing: list[int]) -> list[int]:
    """Those of a surname who have no full name: whose they are is another question
    (`_join_people`), and that somebody is called "Miss Brook" once does not answer it."""
    return [index for index in sharing if not joins.is_full(index)] or sharing[:1]


def _is_thing(text: str, group: Group) -> bool:
    """Does an article stand before its name wherever it is named: "the Orion", "a Vega"?"""
    return all(
        _ARTICLE.search(text[max(0, m.start - 5) : m.start])
        for m in group.mentions
        if m.kind == "name"
    )


def _keep_apart(groups: list[Group], joins: _Joins, key: str, sharing: Sequence[int]) -> None:
    """Several people have a name: of a full one, each is another (why is kept); a surname that
    stands alone is nobody's."""
    for index in sharing:
        group = groups[index]
        whole = any(normal(name) == key and " " in key for name in group.names)
        if whole:
            told = (joins.apart(index, other) for other in sharing if other != index)
            group.apart = "kept apart: " + (
                next(filter(None, told), "") or "several people of the article have this name"
            )


def _join_people(text: str, groups: list[Group], families: list[str], joins: _Joins) -> None:
    """A surname (or a name without its middle part) goes to the one person it can be."""
    people = [i for i, kind in enumerate(families) if kind == "person"]
    longest = {
        i: max((person_parts(name) for name in groups[i].names), key=lambda p: (len(p), p))
        for i in people
    }
    fitting = _longer(longest)
    for index in people:
        short = longest[index]
        homes = {joins.find(other) for other in fitting[short]} - {joins.find(index)}
        homes = {home for home in homes if not joins.other_gender(home, index)}
        if joins.generations[index]:  # "Aga Khan V" is no surname of Karim Aga Khan
            homes = {home for home in homes if longest[home] == short or joins.generations[home]}
        if len({longest[home] for home in homes}) > 1:
            if any(_is_titled(text, m) for m in groups[index].mentions):
                homes = set()  # the title would have told whose it is
            else:
                homes = _foremost(text, groups, homes)
            if not homes or len({longest[home] for home in homes}) > 1:
                groups[index].names = dict.fromkeys(groups[index].names, SHARED)
        if len({longest[home] for home in homes}) == 1 and not _are_namesakes(joins, homes):
            for name in groups[index].names:
                groups[index].names[name] = "surname" if len(short) == 1 else "short name"
            joins.union(min(homes), index)
    for index, home in born_as(text, {i: _names(groups[i]) for i in people}, longest):
        groups[index].names = dict.fromkeys(groups[index].names, "name at birth")
        joins.union(home, index)


def _is_titled(text: str, mention: Mention) -> bool:
    """Does a title stand before the name, or at its beginning?"""
    before = text[max(0, mention.start - 20) : mention.start].rsplit(maxsplit=1)
    first = mention.text.split(maxsplit=1)
    titles = words().honorifics
    return any(w.casefold().rstrip(".") in titles for w in (*before[-1:], *first[:-1]))


def _are_namesakes(joins: _Joins, homes: set[int]) -> bool:
    first, *others = sorted(homes)
    return any(joins.apart(first, other) for other in others)


def _longer(people: Mapping[int, Person]) -> Mapping[Person, list[int]]:
    """For each name of a person those who can be meant by it: they have the same name, it is the
    end of theirs (a surname), or `is_short_for` theirs. All with all would be too many to compare.
    """
    lengths = sorted({len(name) for name in people.values()})
    short = set(people.values())
    ends: defaultdict[Person, list[Person]] = defaultdict(list)
    for name in short:
        if len(name) > 1:
            ends[name[0], name[-1]].append(name)
    found: defaultdict[Person, list[int]] = defaultdict(list)
    for index, full in people.items():
        fits = {full, *(full[-length:] for length in lengths if length < len(full))} & short
        if len(full) > 2:
            fits.update(name for name in ends[full[0], full[-1]] if is_short_for(name, full))
        for name in fits:
            found[name].append(index)
    return found


#: So far into an article it tells whom it is about.
_LEAD = 400
_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z\"'“‘])")


def _foremost(text: str, groups: list[Group], homes: set[int]) -> set[int]:
    """Of several people with a surname the one that the article is about: named in full at its
    beginning, sentences before the others, who are named in full once."""
    full = {
        home: [m.start for m in groups[home].mentions if m.kind == "name" and " " in m.text.strip()]
        for home in homes
    }
    first = min(homes, key=lambda home: (min(full[home], default=_LEAD), home))
    others = [places for home, places in full.items() if home != first]
    start, next_one = (
        min(full[first], default=_LEAD),
        min(map(min, filter(None, others)), default=0),
    )
    apart = _SENTENCE.search(text, start, next_one) is not None
    return {first} if start < _LEAD and apart and max(map(len, others)) <= 1 else homes


def _join_acronyms(groups: list[Group], families: list[str], joins: _Joins) -> None:
    """Capital initials go to the one longer name of the article that they spell."""
    spelled: defaultdict[str, set[int]] = defaultdict(set)
    for index, group in enumerate(groups):
        if families[index] != "person":
            for letters in (letters for name in group.names for letters in initials(name)):
                spelled[letters].add(index)
    for index, group in enumerate(groups):
        for name in list(group.names):
            letters = "" if " " in name or families[index] == "person" else acronym(name)
            if not letters:
                continue
            homes = {
                joins.find(other)
                for other in spelled.get(letters, ())
                if other != index
                and not any(is_known_letters(name, n) for n in groups[other].names)
            }
            if len(homes) == 1:
                group.names[name] = "acronym"
                joins.union(homes.pop(), index)


def _join_styled(groups: list[Group], families: list[str], joins: _Joins) -> None:
    """The bare name of a storm or ship goes to the one that says so: "Haiyan", "Typhoon Haiyan"."""
    bare: defaultdict[str, set[int]] = defaultdict(set)
    for index, group in enumerate(groups):
        for rest in filter(None, (without_style(name) for name in group.names)):
            bare[normal(rest)].add(index)
    for index, group in enumerate(groups):
        for name in list(group.names):
            homes = {joins.find(i) for i in bare.get(normal(name), ()) if i != index}
            if len(homes) == 1 and families[index] != "person":
                group.names[name] = "short name"
                joins.union(homes.pop(), index)


def _join_written(text: str, groups: list[Group], families: list[str], joins: _Joins) -> None:
    """Second names in brackets or after "also known as"."""
    starts = {m.start: i for i, g in enumerate(groups) for m in g.mentions if m.kind == "name"}
    for index, group in enumerate(groups):
        for mention in list(group.mentions):
            if mention.kind != "name":
                continue
            bracket = _BRACKET.match(text, mention.end)
            if bracket:
                _bracket(text, bracket, index, groups, families, joins, starts)
            _known_as(text, mention, index, groups, families, joins, starts)


def _bracket(
    text: str,
    bracket: re.Match[str],
    index: int,
    groups: list[Group],
    families: list[str],
    joins: _Joins,
    starts: Mapping[int, int],
) -> None:
    inner, name = bracket.group(1), clean(bracket.group(1))
    if not name or not name[0].isalnum():
        return
    own = max(groups[index].names, key=len)
    offset = bracket.start(1) + (len(inner) - len(inner.lstrip("\"'“‘«")))
    other = starts.get(offset)
    if _spells(name, own) or _spells(own, name):
        reason = "acronym"
    elif _is_title(name) and alike(name, own):
        reason = "bracket"
    elif families[index] == "organization" and " " in own and _is_short_form(name, own):
        reason = "acronym"
        if other is not None and families[other] in ("person", "place"):
            return
    elif families[index] in _RENAMED and _is_title(name):
        reason = "bracket"
        if other is not None and families[other] in ("person", "place"):
            return
    else:
        return
    if other is not None and other != index:
        if groups[other].names.get(name):
            groups[other].names[name] = reason
        joins.union(other, index)
    else:
        groups[index].names.setdefault(name, reason)


def _is_short_form(name: str, own: str) -> bool:
    return name[0].isupper() and is_short_form_of(name, own)


def _is_title(name: str) -> bool:
    """Does it look like a name: capitals at both ends, no digits, at most six words?"""
    parts = name.split()
    return (
        0 < len(parts) <= 6
        and parts[0][0].isupper()
        and parts[-1][0].isupper()
        and not any(c.isdigit() for c in name)
    )


def _known_as(
    text: str,
    mention: Mention,
    index: int,
    groups: list[Group],
    families: list[str],
    joins: _Joins,
    starts: Mapping[int, int],
) -> None:
    after = text[mention.end : mention.end + 40]
    lowered = after.casefold()
    if len(lowered) != len(after) or not lowered.startswith(words().also_known):
        return
    for link in words().also_known:
        if not lowered.startswith(link):
            continue
        at = mention.end + len(link)
        while text[at : at + 1] in ('"', "“", "‘", "'"):
            at += 1
        other = starts.get(at) if at in starts else starts.get(at + 4)
        if other is None or other == index or families[other] != families[index]:
            return
        told = groups[other].mentions[0].start < mention.start
        if not (
            told and link in words().now_called
        ):  # "Bell (now Orbex)", told of before: its owner
            for name in groups[other].names:
                groups[other].names[name] = "apposition"
            joins.union(other, index)
        return


# --- what a group is ---------------------------------------------------------------------------


def _kind(text: str, group: Group, said_of: Mapping[int, Sequence[str]]) -> str:
    """The class: the mentions' vote, refined by the nouns that stand around the names, by the
    names' own words and by what claims tell (`told`)."""
    votes = _votes(group)
    voted = vote(votes)
    names = [m for m in group.mentions if m.kind == "name"]
    for mention in names:
        known = name_kind(clean(mention.text), voted)
        known = known or long_form_kind(text, mention.start, mention.end)
        if known is not None:
            return known
    hints: Counter[str] = Counter()
    for mention in names:
        near = hint_before(text, mention.start)
        if near == "AIModel" and family(voted) == "person":
            near = None  # "the model Jane Roe"
        if near and (family(near) == family(voted) or near not in ("Person", "Place")):
            hints[near] += 2
        said = [k for at in range(mention.start, mention.end) for k in said_of.get(at, ())]
        is_made = any(voted in kinds().made.get(k, ()) for k in said)
        if is_made:
            hints["Product"] += 3
        nouns = [k for k in said if k not in kinds().made]
        hints += _across(text, mention, nouns, voted)
        # "a German airline": the people's name says nothing of what the airline is
        after = None if mention.label == "NORP" else hint_after(text, mention.end)
        for found in (*nouns, after, hint_apposition(text, mention.end)):
            if found and family(found) in (family(voted), "made" if is_made else ""):
                hints[found] += 1
    if not hints:
        return voted
    best = vote(hints)
    if best == "Product":  # any other class of made things says more
        made = {k: n for k, n in hints.items() if family(k) == family(best) and k != best}
        best = vote(made) if made else best
    if family(best) == family(voted):
        return best
    # A noun before the name of another family ("the series X" where X was taken for a person)
    # counts like a mention; it must outweigh the votes.
    weight = sum(n for name, n in hints.items() if family(name) == family(best))
    return (
        best if weight >= sum(n for k, n in votes.items() if family(k) == family(voted)) else voted
    )


def _across(text: str, mention: Mention, nouns: Sequence[str], voted: str) -> Counter[str]:
    """What is so sure that it counts against mentions of another family."""
    found: Counter[str] = Counter()
    if hint_of(text, mention.start):  # "the district of Groom"
        found["Place"] = 2
    if BODY in nouns and family(voted) in ("made", "person"):
        found["Organization"] = 2  # "Orvell chairman Ada Venn"
    if "Person" in nouns and voted in ("Place", "Event", "Topic") and " " in mention.text:
        found["Person"] = 2  # "Ada Holm was her co-pilot"
    return found


def _label(group: Group) -> str:
    """The most complete name of a person; else the most frequent name, the first of equals. A body is
    not called by the end of its name alone ("Rovers", of "Ashby Rovers"), however often that stands there,
    but for what many have ("Senate") and where only its country stands before."""
    counts = Counter(clean(m.text) for m in group.mentions if m.kind == "name")
    order = {name: position for position, name in enumerate(counts)}
    full = [n for n in counts if group.names.get(n) == "full name"] or list(counts)
    if family(group.kind) == "person":
        full = [name for name in full if not _is_stretched(name, counts)]
        return min(full, key=lambda n: (-len(person_parts(n)), -counts[n], order[n]))
    if family(group.kind) == "organization":
        ends = {end for name in full for end in _ends(name) if end != normal(name)}
        full = [n for n in full if is_shared(normal(n)) or normal(n) not in ends] or full
    return min(full, key=lambda n: (-counts[n], order[n]))


def _is_stretched(name: str, counts: Mapping[str, int]) -> bool:
    """Whether a headline's verb was taken for the end of a name: "Ada Venn Cruises", of somebody who is called
    "Ada Venn" and "Venn" elsewhere."""
    rest, _, last = name.rpartition(" ")
    alone = counts[name] == 1 and not generation(name) and last.endswith("s")
    return alone and " " in rest and rest in counts and rest.rsplit(" ", 1)[-1] in counts


def _ends(name: str) -> Iterator[str]:
    """What is left of a name without its first words ("fc porth", "porth") that are no country."""
    words = name.split()
    for start in range(1, len(words)):
        if not is_country(" ".join(words[:start])):
            yield normal(" ".join(words[start:]))


def _apply_seed(group: Group, index: Mapping[str, Sequence[Seed]]) -> None:
    """A seed of that name settles the class, unless two seeds claim the name."""
    found = {
        seed.id: seed
        for name, reason in group.names.items()
        if reason in ("full name", "short name")
        for seed in index.get(normal(name), ())
    }
    if len(found) != 1:
        return
    (seed,) = found.values()
    group.kind = seed.type
