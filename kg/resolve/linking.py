"""Claims and quotes of an article linked to its entities: whose words stand where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.countries import country
from kg.model import (
    Argument,
    Article,
    Claim,
    LinkedClaim,
    LinkedQuote,
    LocalEntity,
    Mention,
    Name,
    Quote,
)
from kg.resolve.definite import Definites, Named
from kg.resolve.kinds import family, noun_kind, topic_kind
from kg.resolve.names import clean, is_empty, normal, untitled, words
from kg.resolve.particular import Particulars, is_counted
from kg.resolve.variants import known_as

#: The role of whoever has the turn in an interview: without a name, somebody of this article only.
_TURN = "turn"
#: What kin are to each other.
_KIN = frozenset({"spouse", "childOf", "siblingOf"})
#: What a director makes, and does not lead.
_WORKS = ("Book", "CreativeWork", "Film", "Song")
#: Why a surname is left to itself.
SHARED = "surname of several people"
#: Before what is one of several that might be: "*a* united Peru".
_ONE = ("a ", "an ")
#: Words of the longest name of a people: "*North Korean* leader".
_LONGEST_PEOPLE = 3
#: Whose something is, by a noun: "the country's crop".
_OWNED = re.compile(r"(?:the|this|that) ([a-z]+)(['’]s? )", re.IGNORECASE)


@dataclass(slots=True)
class Group:
    """Mentions of one thing on their way to an entity. ``names``: name as it stands -> why it is one;
    ``apart``: why it is another one than its namesake."""

    mentions: list[Mention]
    names: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    label: str = ""
    apart: str = ""


class Linker:
    """Finds the entity behind the words of a claim; collects the topics that claims use.

    ``groups`` are the named things of the article with their mentions; ``first_person`` maps the
    offset of an "I" inside a quotation to its speaker.
    """

    def __init__(
        self,
        article: Article,
        groups: Sequence[Group],
        mentions: Sequence[Mention],
        first_person: Mapping[int, Argument],
        phrases: Iterable[Argument] = (),
        posts: Mapping[str, Sequence[Argument]] | None = None,
    ) -> None:
        self._article = article
        self._groups = groups
        self._key = {id(group): f"e{number}" for number, group in enumerate(groups, 1)}
        self._kinds = {self._key[id(group)]: group.kind for group in groups}
        self._labels = {self._key[id(group)]: group.label for group in groups}
        self._first_person = first_person
        self._named: list[tuple[Mention, str]] = sorted(
            ((m, self._key[id(g)]) for g in groups for m in g.mentions),
            key=lambda pair: (pair[0].start, pair[0].end),
        )
        self._starts = [m.start for m, _ in self._named]
        self._longest = max((m.end - m.start for m, _ in self._named), default=0)
        self._names = [pair for pair in self._named if pair[0].kind == "name"]
        self._name_starts = [m.start for m, _ in self._names]
        taken = {(m.start, m.end) for m, _ in self._named}
        self._unnamed: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if (mention.start, mention.end) not in taken:
                self._unnamed[mention.cluster].append(mention)
        self._by_name = {
            clean(name): self._key[id(group)]
            for group in reversed(groups)
            for name in sorted(group.names)
            if family(group.kind) != "person" and any(c.isupper() for c in name)
        }
        self._nouns = _Nouns(self._unnamed.values())
        self._topics: dict[str, tuple[str, str, str]] = {}  # label, class, why it is one
        self._spans: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)  # of topics
        self._phrases: defaultdict[int, list[Argument]] = defaultdict(list)  # by where heads end
        phrases = tuple(phrases)
        self._posts = posts or {}
        self._definites = Definites(article.text, phrases, self._where_named())
        self._particulars = Particulars(article.text, phrases)
        for one in phrases:
            head = article.text[one.head_start : one.head_end]
            if one.kind in ("mention", "topic") and not _is_pronoun(head, one):
                self._phrases[one.head_end].append(one)

    def entities(self) -> tuple[LocalEntity, ...]:
        """All named entities, then the topics that a claim or quote uses, by key."""
        named = []
        for group in self._groups:
            names = {clean(name): reason for name, reason in group.names.items() if clean(name)}
            label = group.label or next(iter(names), "")
            first = SHARED if names.get(label) == SHARED else "full name"
            rest = sorted((n, r) for n, r in names.items() if n != label)
            named.append(
                LocalEntity(
                    key=self._key[id(group)],
                    label=label,
                    type=group.kind,
                    names=tuple(Name(n, r) for n, r in [(label, first), *rest]),
                    mentions=tuple((m.start, m.end) for m in group.mentions),
                    apart=group.apart,
                )
            )
        topics = (
            LocalEntity(
                key=key,
                label=label,
                type=kind,
                names=(Name(label, reason),),
                mentions=tuple(sorted(self._spans[key])),
                named=False,
            )
            for key, (label, kind, reason) in sorted(self._topics.items())
        )
        return (*named, *topics)

    def claim(self, claim: Claim) -> LinkedClaim | None:
        """The claim with its entities; None where a participant stands for nobody known."""
        subject = self._entity(claim.subject)
        if subject is None:
            return None
        value = claim.object.kind in ("literal", "clause")
        target = None if value else self._entity(claim.object, subject)
        told = claim.predicate.property in ("hasRole", "isA") and claim.object.kind == "topic"
        if told:  # what it is, not who: "Netflix's co-CEO" is a mention of the person, too
            thing = claim.object
            # "senator": no group, though senators are
            role = claim.predicate.property == "hasRole" or thing.type == "Person"
            target = self._topic(thing.label, thing.type, (thing.start, thing.end), role=role)
        if target == subject or (target is None and not value):
            return None
        if claim.predicate.property in _KIN and not self._are_two(subject, target):
            return None
        if not told and self._is_speakers(claim, subject):
            return None
        if claim.extractor == "roles" and not told and self._is_own(claim.object, target, subject):
            return None
        further = [
            (a, None if a.kind in ("literal", "clause") else self._entity(a, subject))
            for a in claim.arguments
        ]
        further = [(a, key) for a, key in further if key is not None or not self._is_nobody(a)]
        # "identified *the driver* as Ada Venn": one and the same
        further = [(a, key) for a, key in further if a.role != "as" or key is None or key != target]
        if claim.predicate.property == "hasRole":
            further = [(a, key) for a, key in further if not self._is_own(a, key, subject)]
        if len(further) < len(claim.arguments):
            claim = replace(claim, arguments=tuple(a for a, _ in further))
        return LinkedClaim(
            claim=claim,
            subject=subject,
            object=target,
            attribution=self._entity(claim.attribution) if claim.attribution else None,
            arguments=tuple(key for _, key in further),
        )

    def _are_two(self, one: str, other: str | None) -> bool:
        """Whether both are people with names, and not one who is called by his first name once: who is
        "the president's" child is told of nobody, and "his brother Anil" is not Anil Rao's."""
        keys = (one, other or "")
        if any(family(self._kinds.get(key, "")) != "person" for key in keys):
            return False
        names = sorted((self._labels[key].split() for key in keys), key=len)
        return names[0] != names[1][:1]

    def _is_nobody(self, argument: Argument) -> bool:
        """Whether the argument is no more than a pronoun: "behind *her*"."""
        head = self._article.text[argument.head_start : argument.head_end]
        return argument.kind not in ("literal", "clause") and _is_pronoun(head, argument)

    def _is_speakers(self, claim: Claim, subject: str) -> bool:
        """Whether the object is taken for something of the man who only says so: "Lund added that Peru
        seeks *his* release"."""
        said, what = claim.attribution, claim.object
        if said is None or what.kind != "topic" or self._first_person.get(what.start) is not None:
            return False
        owner = self._owner(what)
        if owner is None or owner == subject or owner != self._entity(said):
            return False
        return family(self._kinds[owner]) == "person"

    def _is_own(self, argument: Argument, key: str | None, subject: str) -> bool:
        """Whether a post would be at a person or a thing: "*its* president", where the article is
        taken to mean her by "its", or a film; nobody leads what he is the director of, if it is one."""
        if argument.role not in ("at", "object"):
            return False
        of = family(self._kinds.get(key or "", ""))
        said = self._article.text[argument.head_start : argument.head_end].casefold()
        its = said in words().possessive
        work = argument.role == "object" and self._kinds.get(key or "") in _WORKS
        return key == subject or of == "person" or work or (its and (key is None or of == "made"))

    def quote(self, quote: Quote) -> LinkedQuote:
        """The quote with its speaker (None: unknown) and the names in it."""
        speaker = self._entity(quote.speaker) if quote.speaker else None
        places = {
            place
            for start, end in quote.parts
            for place in range(bisect_left(self._starts, start), bisect_right(self._starts, end))
            if self._named[place][0].end <= end
        }
        about = {
            key: None
            for mention, key in map(self._named.__getitem__, sorted(places))
            if mention.kind != "pronoun" and key != speaker
        }
        return LinkedQuote(
            quote=quote,
            speaker=speaker,
            addressee=self._entity(quote.addressee) if quote.addressee else None,
            about=tuple(about),
            attribution=self._entity(quote.attribution) if quote.attribution else None,
        )

    def _entity(
        self, argument: Argument, subject: str | None = None, *, depth: int = 0
    ) -> str | None:
        """The entity's key; None for a clause, a literal, a pronoun that nothing explains.

        ``subject`` is who does it, where the argument is not that.
        """
        if argument.kind in ("clause", "literal"):
            return None
        if argument.role == _TURN and argument.kind == "topic":
            span = (argument.start, argument.end)
            return self._topic(argument.label, argument.type, span, definite=True)
        speaker = self._first_person.get(argument.head_start)
        if speaker is not None and depth == 0:
            return self._entity(speaker, depth=1)
        text = self._article.text
        head = text[argument.head_start : argument.head_end]
        meant = argument.kind == "topic" and argument.type == "Place"
        meant = meant and f" {head} " not in f" {argument.label} "
        if meant and argument.label[:1].isupper():  # Norway, for "Norwegian prime minister"
            return self._topic(argument.label, argument.type, (argument.start, argument.end))
        found = self._at(argument)
        if found is not None:
            return found
        if _is_pronoun(head, argument) and not (len(head) > 1 and head.isupper()):
            return self._explained(argument)
        return self._titled(argument) or self._meant(argument, subject)

    def _meant(self, argument: Argument, subject: str | None) -> str | None:
        """What a noun stands for: by itself, or by what the article tells of "the" and "his"."""
        span = (argument.start, argument.end)
        label = argument.label.strip()
        if (
            argument.kind == "mention" and label[:1].isupper() and not untitled(label)
        ):  # a post that was taken for a name
            return self._topic(label.removeprefix("The "), "Person", span)
        owner = self._owner(argument)
        if owner is not None and owner != subject:
            return self._topic(f"{self._labels[owner]}'s {label}", argument.type, span)
        label = self._of_named(argument, label)
        text = self._article.text
        if text[argument.start : argument.start + 4].casefold() == "the ":
            head = text[argument.head_start : argument.head_end]
            one_word = " " not in label
            if one_word and (key := self._definites.entity(head, argument.start)):
                return key
            if key := self._holder(label, argument.start) or self._of_people(label, argument.start):
                return key
            if fuller := self._definites.label(label, head, argument.start):
                label = fuller
        own = self._particulars.owns(argument, label, argument.type)
        return self._topic(label, argument.type, span, definite=own)

    def _holder(self, label: str, start: int) -> str | None:
        """The one person of the article who was said before to have the post of this name: "the
        attorney general" is Attorney General Lind."""
        told = [one for one in self._posts.get(label.casefold(), ()) if one.start < start]
        keys = {self._at(one) for one in told}
        key = keys.pop() if len(keys) == 1 else None
        return key if key and family(self._kinds[key]) == "person" else None

    def _of_people(self, label: str, start: int) -> str | None:
        """The one person whom the article gives this post of a country, and has by then: "the *Peruvian
        leader*" is Peru's president Vega; nobody, where it names two."""
        parts = label.split()
        for place in range(1, min(_LONGEST_PEOPLE, len(parts) - 1) + 1):
            land = country(" ".join(parts[:place]))
            if land is not None and parts[0][:1].isupper():
                told = self._posts.get(post_of(" ".join(parts[place:]), land), ())
                keys = {self._at(one) for one in told}
                key = keys.pop() if len(keys) == 1 and min(t.start for t in told) < start else None
                return key if key and family(self._kinds[key]) == "person" else None
        return None

    def _owner(self, argument: Argument) -> str | None:
        """The named entity that the possessive pronoun before a noun means."""
        first = self._article.text[argument.start : argument.end].split(maxsplit=1)
        if len(first) < 2 or first[0].casefold() not in words().possessive:
            return None
        start, end = argument.start, argument.start + len(first[0])
        own = Argument("owner", "mention", start, end, start, end, first[0])
        speaker = self._first_person.get(start)
        key = self._at(own) if speaker is None else self._entity(speaker, depth=1)
        return key if key in self._labels else None

    def _of_named(self, argument: Argument, label: str) -> str:
        """The label with the name for "the country's" or "the firm's" before the noun."""
        said = _OWNED.match(self._article.text, argument.start, argument.head_start)
        if said is None or not label.startswith(f"{said[1].casefold()}{said[2]}"):
            return label
        start, end = said.span(1)
        key = self._at(Argument("owner", "mention", start, end, start, end, said[1]))
        if key not in self._labels or family(self._kinds[key]) == "person":
            return label
        owner, rest = self._labels[key], label.removeprefix(said[1].casefold())
        if not owner.endswith("s") and rest[1:2] == " ":
            rest = f"{rest[0]}s{rest[1:]}"  # "the series' makers" are Orv's
        return f"{owner}{rest}"

    def _where_named(self) -> list[Named]:
        """The names that are no person's, as `Definites` asks for them."""
        found = []
        for mention, key in self._names:
            of = family(self._kinds[key])
            if of != "person":
                kind = "people" if mention.label == "NORP" else "place" if of == "place" else "body"
                found.append(Named(mention.start, mention.end, clean(mention.text), kind, key))
        return found

    def _at(self, argument: Argument) -> str | None:
        """The named entity whose mention covers the head; of several, the tightest."""
        best: tuple[int, int, str] | None = None
        said = self._article.text[argument.head_start : argument.head_end].casefold()
        pronoun = said in words().possessive
        before = self._article.text[argument.start : argument.head_start].casefold()
        part = " of " in before or before.endswith("former ")
        part = part or (before.startswith(_ONE) and bool(argument.label.partition(" ")[2]))
        part = part or (argument.type == "Group" and is_counted(argument.label))
        first = bisect_left(self._starts, argument.head_start - self._longest)
        after = bisect_left(self._starts, argument.head_end)
        for mention, key in self._named[first:after]:
            if mention.end <= argument.head_start:
                continue
            if argument.kind == "topic" and (mention.label == "NORP" or part):
                continue  # "half of the city", "the former Rosk Republic", "a united Peru", "nine Marines"
            exact = (mention.start, mention.end) == (argument.head_start, argument.head_end)
            covers = mention.start <= argument.head_start and argument.head_end <= mention.end
            inside = argument.head_start <= mention.start and mention.end <= argument.head_end
            if not (covers or inside) or (pronoun and not exact):
                continue  # "*its* lawyer" is not the lawyer
            rank = (0 if exact else 1 if covers else 2, mention.end - mention.start, key)
            best = rank if best is None else min(best, rank)
        return best[2] if best else None

    def _titled(self, argument: Argument) -> str | None:
        """The name right after a noun that tells its class: ``AI firm Midjourney``."""
        text = self._article.text
        next_name = bisect_right(self._name_starts, argument.head_end)
        if next_name == len(self._names):
            return None
        mention, key = self._names[next_name]
        if text[argument.head_end : mention.start].strip(" \"'“‘«"):
            return None
        told = noun_kind(text[argument.start : argument.head_end])
        return key if told and family(told) == family(self._kinds[key]) else None

    def _explained(self, argument: Argument) -> str | None:
        """The topic that a pronoun's cluster names by a noun, if it has one."""
        noun = self._nouns.at(argument.head_start, argument.head_end)
        if noun is None:
            return None
        phrase = self._phrase_of(noun)
        if phrase is not None:
            return self._entity(phrase, depth=1)
        label = re.sub(
            r"^(?:the|a|an|this|that|these|those|its|his|her|their|our|my|your)\s+",
            "", clean(noun.text), flags=re.IGNORECASE,
        )  # fmt: skip
        the = noun.text[:4].casefold() == "the "
        holder = self._holder(label, noun.start) if the else None
        return holder or self._topic(label, argument.type, (noun.start, noun.end))

    def _phrase_of(self, noun: Mention) -> Argument | None:
        """The participant of a claim or quotation that this noun heads, as it is labelled there."""
        heads = (
            a for a in self._phrases.get(noun.end, ()) if a.start <= noun.start <= a.head_start
        )
        return min(heads, key=lambda a: (a.end - a.start, a.start, a.label), default=None)

    def _topic(
        self,
        label: str,
        kind: str | None,
        span: tuple[int, int],
        *,
        definite: bool = False,
        role: bool = False,
    ) -> str | None:
        label = clean(label)
        key = normal(label)
        noun = label in words().nouns_too and span[1] - span[0] > len(label)
        if is_empty(label) and not noun:
            return None
        if label in self._by_name:  # a name that no mention covers here
            return self._by_name[label]
        if kind in (None, "Topic"):
            kind = topic_kind(label) or kind
        key = f"d:{key}" if definite else f"r:{key}" if role else f"t:{key}"
        self._spans[key].add(span)
        known = self._topics.get(key)
        if known is None:
            self._topics[key] = (label, kind or "Topic", "definite" if definite else "topic")
        elif kind and known[1] == "Topic":
            self._topics[key] = (known[0], kind, known[2])
        return key


def post_of(post: str, land: str) -> str:
    """What a post somewhere is looked up by: "President" and "Britain" are "president of united kingdom"."""
    return f"{post.casefold()} of {known_as('place', normal(land))}"


def _is_pronoun(head: str, argument: Argument) -> bool:
    """Whether the word stands for somebody named elsewhere; not the noun of "the mine"."""
    alone = argument.start == argument.head_start or head not in words().nouns_too
    return head.casefold() in words().pronouns and alone


class _Nouns:
    """The first noun of each cluster that has no name, by the places of all its mentions."""

    def __init__(self, clusters: Iterable[Sequence[Mention]]) -> None:
        self._found: list[tuple[int, int, int, Mention]] = []
        for rank, members in enumerate(clusters):
            noun = next((m for m in members if m.kind == "noun"), None)
            if noun is not None:
                self._found += [(m.start, m.end, rank, noun) for m in members]
        self._found.sort(key=lambda one: one[:3])
        self._starts = [start for start, *_ in self._found]
        self._longest = max((end - start for start, end, *_ in self._found), default=0)

    def at(self, start: int, end: int) -> Mention | None:
        """The noun of the first cluster with a mention that overlaps these characters."""
        first = bisect_left(self._starts, start - self._longest)
        after = bisect_left(self._starts, end)
        here = [(rank, noun) for _, e, rank, noun in self._found[first:after] if start < e]
        return min(here, key=lambda one: one[0])[1] if here else None
