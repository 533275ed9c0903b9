"""From candidates to entities: one pass over an article, from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.analysis import analysis_of, keep
from kg.countries import country
from kg.nlp.coreference.described import (
    age_told,
    ages_of,
    lands_of,
    own_noun,
    parts_played,
    phrases,
    said_of,
    said_to_be,
)
from kg.nlp.coreference.entities import Entity, named
from kg.nlp.coreference.features import (
    clause,
    features,
    is_expletive,
    is_of_sort,
    kind_of,
    null_features,
    possible,
    restricts,
    speaks,
    subject,
)
from kg.nlp.coreference.lexicon import labels_of, lexicon, may_be_person
from kg.nlp.coreference.names import (
    is_second,
    is_work,
    link_names,
    once_titles_of,
    titles_of,
)
from kg.nlp.coreference.network import Choice, Network, heads_of
from kg.nlp.coreference.spoken import speakers
from kg.nlp.mentions import (
    FIRST_PERSON,
    REFLEXIVE,
    Candidate,
    antecedent_of_relative,
    candidates,
    role,
)

#: From this chance of another person on, the antecedent counts as no likelier than that.
_RIVAL: Final = 0.12
_DOUBTED: Final = 0.4
#: How many sentences back, and how many entities, are looked at.
_WINDOW: Final = {"p": 12, "i": 5, "t": 6, "n": 12}
_CHOICES: Final = 24
#: "The company", "the mayor": how much likelier than any other body or person a named one must be,
#: and how likely at all. News nearly always means somebody it has named.
_SHARE: Final = 0.6
_SURELY: Final = 0.8  # for a noun that can be another thing too: "the service", "the platform"
_LEAST: Final = {"PERSON": 0.09, "ORG": 0.03, "GPE": 0.09}
_SPOKEN: Final = ("speak", "talk")
_LEAST_THING: Final = 0.2
#: Which of two.
_OF_TWO: Final = {"former": 0, "latter": 1}
#: The heads of "the 43-year-old".
_BARE_AGE: Final = frozenset({"old", "year-old"})
_BEARERS: Final = frozenset({"PERSON", "ORG"})
#: How likely an antecedent must be.
_SURE: Final = {"p": 0.30, "i": 0.34, "t": 0.40, "n": 0.55}
#: The same for a noun that nothing else calls that person: "the judge", of somebody on trial.
_UNCALLED: Final = 0.85
_NEVER: Final = 2.0


@dataclass
class Reader:
    """Reads the candidates of a Doc in order and keeps the entities.

    ``decide`` picks an entity (or None) for each `Choice`; ``groups`` are the names of one thing.
    """

    doc: Doc
    found: Sequence[Candidate]
    groups: Sequence[Sequence[Candidate]]
    decide: Callable[[Choice], Entity | None]
    of: dict[int, Entity] = field(default_factory=dict)
    entities: list[Entity] = field(default_factory=list)
    recent: list[Entity] = field(default_factory=list)

    def read(self) -> list[Entity]:
        """All entities, with their mentions, by first mention."""
        self.by_head: dict[int, Candidate] = {}
        for c in self.found:
            if not c.members:
                self.by_head.setdefault(c.i, c)
        self.named: dict[int, Entity] = {}
        for group in self.groups:
            entity = self._new(named(len(self.entities), list(group)))
            for mention in group:
                self.named[id(mention)] = entity
        self._speakers = speakers(self.doc)
        self._type()
        self._describe()
        self.seen = {noun for e in self.entities for noun in e.nouns}
        for mention in self.found:
            self._read(mention)
        return sorted((e for e in self.entities if e.mentions), key=lambda e: e.mentions[0].start)

    def _new(self, entity: Entity) -> Entity:
        self.entities.append(entity)
        return entity

    def _type(self) -> None:
        """One type a name: that of its mentions, unless the article says what it is."""
        for group in self.groups:
            entity = self.named[id(group[0])]
            if entity.general:
                continue
            votes = Counter(m.label for m in group if m.label)
            told: Counter[str] = Counter()
            for mention in group:
                if is_work(self.doc, mention):
                    told["WORK_OF_ART"] += 2
                for noun in self._called(mention):
                    labels = labels_of(noun.lemma_.lower())
                    if len(labels) == 1:  # "Castell Marine, a construction company": that decides
                        told[next(iter(labels))] += 1 + len(group)
            votes.pop("NORP", None)
            for label in told if votes else ():
                if label in votes or label in ("WORK_OF_ART", "PERSON", "ORG"):
                    votes[label] += told[label]
            if votes and entity.label != "NORP":
                entity.label = max(votes, key=lambda k: (votes[k], k == entity.label, k))
                if entity.label != "PERSON":
                    entity.gender = "n"

    def _called(self, mention: Candidate) -> Iterator[Token]:
        """Singular nouns beside a name that say what it is ("Runway, a startup"), and not what several
        are together ("Ada and Orv Venn, the duo")."""
        listed = [t.i for t in mention.head.children if t.dep_ == "conj"]
        for child in mention.head.children:
            apposed = child.dep_ == "appos" and child.pos_ == "NOUN" and child.i >= mention.end
            if any(place < child.i for place in listed):
                continue
            if apposed and any(c.dep_ == "det" for c in child.children):
                yield child

    def _describe(self) -> None:
        """What the article says the named ones are: "Runway, a startup", "Runway is a startup"."""
        self.apposed: dict[int, Entity] = {}
        self.said: dict[int, Entity] = {}
        for group in self.groups:
            entity = self.named[id(group[0])]
            for mention in group:
                if entity.label == "PERSON":
                    titles = frozenset(filter(may_be_person, titles_of(mention)))
                    once = once_titles_of(mention)
                    entity.once = (
                        (entity.once | once) - (entity.nouns - entity.once) - (titles - once)
                    )
                    entity.nouns |= titles | parts_played(mention)
                    entity.nouns |= {n for noun in entity.nouns for n in _alike(noun)}
                    entity.ages |= ages_of(mention)
                    entity.lands |= lands_of(mention)
                else:
                    entity.nouns |= _kinds(mention, entity)
                for phrase in phrases(mention):
                    self.apposed.setdefault(phrase.i, entity)
                    entity.nouns.add(phrase.lemma_.lower())
                for noun in self._nouns_of(mention):
                    entity.nouns.add(noun.lemma_.lower())
                    gender = lexicon().gender.get(noun.lemma_.lower(), "")
                    if entity.label in ("PERSON", None) and not entity.gender:
                        entity.gender = gender

    def _nouns_of(self, mention: Candidate) -> Iterator[Token]:
        head = mention.head
        entity = self.named[id(mention)]
        listed = any(c.dep_ == "conj" for c in head.children)
        for child in head.children:
            if listed and child.dep_ == "appos":
                # "Kurdi, his brother, and his mother": a list
                continue
            if child.pos_ == "NOUN" and child.i >= mention.end and child.dep_ == "appos":
                if self._fits(child, entity):
                    self.apposed[child.i] = entity
                    yield child
            elif (
                child.pos_ == "NOUN"
                and child.dep_ in ("compound", "nmod:desc")
                and child.i < mention.start
                and self._fits(child, entity)
            ):
                self.said.setdefault(child.i, entity)
                yield child
        if any(c.lower_ == "not" and c.i < head.i for c in head.children):
            return  # "his wife, not Lars Berg, sold it"
        apposed = head.dep_ in ("appos", "flat") and not _is_so_far_from(head)
        if apposed and head.head.pos_ == "NOUN" and head.head.i < head.i:
            noun = head.head
            if self._fits(noun, entity) and not any(
                self._is_name(c) for c in noun.children if c.dep_ == "appos" and c.i != head.i
            ):
                self.apposed[noun.i] = entity
                yield noun
        for noun in said_to_be(head):
            if self._fits(noun, entity):
                self.said.setdefault(noun.i, entity)
                yield noun

    def _is_name(self, token: Token) -> bool:
        c = self.by_head.get(token.i)
        return c is not None and c.kind == "name"

    def _fits(self, noun: Token, entity: Entity) -> bool:
        if "Number=Plur" in str(noun.morph):
            return False
        known, lemma = lexicon(), noun.lemma_.lower()
        if lemma in known.meta | known.never | known.abstract or is_second(noun):
            return False
        if noun.i and self.doc[noun.i - 1].text in ("(", "["):
            return False
        labels = labels_of(noun.lemma_.lower())
        return not labels or not entity.label or entity.label in labels or entity.label == "NORP"

    # -- reading --

    def _read(self, mention: Candidate) -> None:
        if mention.label == "NORP" and _is_one_of_a_people(mention.head):
            self._add(self._one_of_a_people(mention), mention)
        elif mention.kind == "name":
            self._add(self.named[id(mention)], mention)
        elif mention.pronoun == "rel":
            head = antecedent_of_relative(mention.head)
            entity = self._entity_at(head) if head is not None else None
            if entity is not None:
                mention.number = entity.number
                self._add(entity, mention)
        elif mention.pronoun:
            entity = self._pronoun(mention)
            if entity is not None:
                self._add(entity, mention)
        elif mention.i in self.apposed and not mention.members:
            self._add(self.apposed[mention.i], mention)
        elif mention.lemma in _OF_TWO:
            self._add(self._of_two(mention) or self._new(Entity(len(self.entities))), mention)
        elif (entity := self._said_of(mention)) is not None:
            entity.said.append(mention)
            self.of[mention.i] = entity
        else:
            entity = self._of_age(mention)
            known = mention.lemma in self.seen or labels_of(mention.lemma)
            takes_up = known and mention.definite and _takes_up(mention)
            if entity is None and takes_up and not self._is_of_several(mention):
                entity = self._introduced(mention) or self._chosen(mention)
            if entity is None:
                entity = self._new(Entity(len(self.entities)))
            self._add(entity, mention)

    def _said_of(self, mention: Candidate) -> Entity | None:
        """The named one that a noun tells of: "Ada Venn is *the mayor*", "was elected *mayor*"."""
        if mention.members:
            return None
        if (entity := self.said.get(mention.i)) is not None:
            return entity
        about = said_of(mention.head)
        entity = self._entity_at(about) if about is not None else None
        if entity is None or not entity.names or entity.label == "NORP":
            return None
        if not self._fits(mention.head, entity):
            return None
        if not (mention.definite or entity.label == "PERSON" or labels_of(mention.lemma)):
            return None  # "it is a problem"
        entity.nouns.add(mention.lemma)
        return entity

    def _of_age(self, mention: Candidate) -> Entity | None:
        """ "The 43-year-old": the one person of that age, be it told later, else the only one that is
        spoken of."""
        age = age_told(mention)
        if not age:
            return None
        gender = lexicon().gender.get(mention.lemma, "")
        people = [e for e in self.entities if e.names and e.label == "PERSON"]
        people = [e for e in people if not (gender and e.gender and gender != e.gender)]
        known = [e for e in people if age in e.ages]
        if known or mention.lemma not in _BARE_AGE:
            return known[0] if len(known) == 1 else None
        near = self._spoken_of(mention)
        return near[0] if len(near) == 1 and near[0] in people and not near[0].ages else None

    def _is_of_several(self, mention: Candidate) -> bool:
        """Whether two with the post are spoken of: "President Lind met President Tal. *The president* said"."""
        if mention.lemma not in lexicon().posts or not _plain(mention):
            return False
        own = [e for e in self.recent if e.label == "PERSON" and mention.lemma in e.nouns]
        last = [e.last.sentence for e in own if not _is_of_old(mention, e)]
        return len(last) > 1 and last[0] - last[1] <= 1

    def _introduced(self, mention: Candidate) -> Entity | None:
        """Who has just been told of without a name: "it paid *a company* in Tarn. *The company* is his"."""
        if not labels_of(mention.lemma) <= _BEARERS:
            return None  # "a state of emergency in *the state*"
        for entity in self.recent:
            if mention.sentence - entity.last.sentence > 1:
                return None
            if mention.lemma in entity.nouns:
                new = not entity.names and _is_new(entity.mentions[0])
                return entity if new and _plain(mention) and possible(mention, entity) else None
        return None

    def _one_of_a_people(self, mention: Candidate) -> Entity:
        """Who "the Swede", "a Swede" is, no name of the people."""
        mention.kind, mention.label = "noun", None
        entity = self._compatriot(mention) or self._new(Entity(len(self.entities)))
        entity.lands |= {country(mention.head.text) or ""}
        return entity

    def _compatriot(self, mention: Candidate) -> Entity | None:
        """ "The Swede": the only person told to be of that country, else the only one that is spoken of."""
        if not any(c.dep_ == "det" and c.lower_ == "the" for c in mention.head.children):
            return None
        land = country(mention.head.text)
        told = [e for e in self.recent if land is not None and land in e.lands]
        if told:
            return told[0] if len(told) == 1 else None
        near = self._spoken_of(mention)
        alone = len(near) == 1 and near[0].names and near[0].label == "PERSON"
        return near[0] if alone and not near[0].lands else None

    def _spoken_of(self, mention: Candidate) -> list[Entity]:
        """Who may be a person in the sentence before and in the words before the mention."""
        return [
            e
            for e in self.recent
            if e.may_be_person()
            and (e.label or e.gender or e.labels() or e.lands or e.nouns & _BARE_AGE)
            and any(mention.sentence - m.sentence in (0, 1) for m in e.mentions)
        ]

    def _add(self, entity: Entity, mention: Candidate) -> None:
        entity.add(mention)
        if mention.kind == "noun":
            self.seen.add(mention.lemma)
        if not mention.members:
            self.of[mention.i] = entity
        if entity in self.recent:
            self.recent.remove(entity)
        self.recent.insert(0, entity)
        del self.recent[120:]

    def _entity_at(self, token: Token) -> Entity | None:
        entity = self.of.get(token.i)
        if entity is not None:
            return entity
        mention = self.by_head.get(token.i)
        return self.named.get(id(mention)) if mention is not None else None

    def _pronoun(self, mention: Candidate) -> Entity | None:
        if mention.lemma in REFLEXIVE:
            entity = self._itself(mention)
            if entity is not None:
                return entity
        if mention.lemma == "it" and is_expletive(mention.head):
            return None
        for found in (
            self._goes_on,
            self._blamed,
            self._having,
            self._beside_own,
            self._taking_for,
            self._heard_in,
            self._speaking,
            self._says_more,
        ):
            if (entity := found(mention)) is not None:
                return entity
        if mention.lemma == "it" and mention.head.dep_ == "nsubj":
            entity = self._body_speaking(mention)
            if entity is not None:
                return entity
        return self._chosen(mention)

    def _agreeing(self, mention: Candidate, who: Token | None) -> Entity | None:
        """What stands at a word, where a pronoun can mean it."""
        entity = self._entity_at(who) if who is not None else None
        return entity if entity is not None and _agrees(mention, entity) else None

    def _goes_on(self, mention: Candidate) -> Entity | None:
        """Of whom two clauses with one subject tell: "*they* fear it, and *they* want rules"."""
        verb = mention.head.head
        if mention.role != "subj" or verb.dep_ != "conj" or mention.head.dep_ == "conj":
            return None
        who = subject(verb.head)
        same = who is not None and who.lower_ == mention.lemma and who.i < mention.i
        return self._entity_at(who) if same and who is not None else None

    def _blamed(self, mention: Candidate) -> Entity | None:
        """Who did what he is blamed or praised for: "the regulator fined Acme because *it* had sold data"."""
        own = clause(mention.head)
        if mention.role != "subj" or mention.head.head != own or own.dep_ != "advcl":
            return None
        known, verb = lexicon(), own.head
        marks = {c.lower_ for c in own.children if c.dep_ == "mark"}
        if verb.lemma_.lower() not in known.blame or marks.isdisjoint(known.blame_marks):
            return None
        ends = {c.dep_: c for c in reversed(list(verb.children)) if c.i < mention.i}
        blamed = ends.get("iobj") or ends.get("obj") or ends.get("nsubj:pass")
        return self._agreeing(mention, blamed)

    def _having(self, mention: Candidate) -> Entity | None:
        """Who has what is its own: "Peru confirmed its first case and Chile had *its* first death"."""
        owned = mention.head.head
        verb = owned.head
        if mention.role != "poss" or owned.dep_ != "obj":
            return None
        if verb.lemma_.lower() not in lexicon().having:
            return None
        who = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < owned.i), None)
        return self._agreeing(mention, who)

    def _beside_own(self, mention: Candidate) -> Entity | None:
        """Whose is what stands beside him: "Ida met *Karl Venn* and *his* son"."""
        owned = mention.head.head
        if mention.role != "poss" or owned.dep_ != "conj" or mention.pronoun not in ("he", "she"):
            return None
        entity = self._agreeing(mention, owned.head)
        return entity if entity is not None and entity.names else None

    def _taking_for(self, mention: Candidate) -> Entity | None:
        """Who takes something for what is its own: "Norland regards the isle as part of *its* land"."""
        owned = mention.head.head
        if mention.role != "poss":
            return None
        whole = owned.head if owned.dep_ == "nmod" else owned
        verb = whole.head
        taken = any(c.dep_ == "obj" and c.i < whole.i for c in verb.children)
        as_such = any(c.dep_ == "case" and c.lower_ == "as" for c in whole.children)
        if not taken or whole.dep_ != "obl" or not as_such:
            return None
        return self._agreeing(mention, subject(verb))

    def _speaking(self, mention: Candidate) -> Entity | None:
        """Who says it of himself, where the words for him name another: "a guard of Ada Venn says *he*
        saw it", "Ida Moss, an aide to Alex Venn, says *she* left"."""
        told = mention.head.head
        if mention.role != "subj" or told.dep_ != "ccomp" or mention.pronoun not in ("he", "she"):
            return None
        known, who = lexicon(), subject(told.head)
        if told.head.lemma_.lower() not in known.speech or who is None:
            return None
        if self._is_beside_nobody(mention, who):
            return self._entity_at(who)
        if who.pos_ != "NOUN" or "PERSON" not in labels_of(who.lemma_.lower()):
            return None
        if who.lemma_.lower() in known.for_others:
            return None
        names = (self._entity_at(c) for c in who.rights if c.dep_ == "nmod")
        if not any(e is not None and e.label == "PERSON" for e in names):
            return None
        return self._agreeing(mention, who)

    def _is_beside_nobody(self, mention: Candidate, who: Token) -> bool:
        """Whether a named speaker is the only one in the sentence of whom the pronoun's sex is known."""
        speaker = self._entity_at(who)
        near = [
            e for e in self.recent if e.label == "PERSON" and e.last.sentence == mention.sentence
        ]
        own = [e for e in near if e.gender == mention.gender]
        return len(near) > 1 and own == [speaker] and bool(own[0].names)

    def _says_more(self, mention: Candidate) -> Entity | None:
        """Who said what stands before: "A guard said that Ida Moss had left. *She* said it rained", "Acme
        denied the charges. *It* said it had paid"."""
        verb = mention.head.head
        if mention.pronoun not in ("he", "she", "it") or mention.head.dep_ != "nsubj":
            return None
        start = verb.sent.start
        before = mention.head.doc[start - 1].sent.root if start and _tells(verb) else None
        if before is None or not (_tells(before) or self._is_on_a_matter(before)):
            return None
        if sum(speaks(t) for t in before.sent) > 1:
            return None  # "Ada Venn said it rained, while *Karl Holm* wrote ..."
        who = subject(before)
        entity = self._agreeing(mention, who)
        return (
            entity
            if entity is not None and who is not None and self._can_go_on(who, entity)
            else None
        )

    def _can_go_on(self, who: Token, entity: Entity) -> bool:
        """Whether who has said something is nobody else: named, or new ("*a guard* said"); "the guard" may be
        one of those named."""
        if entity.label or entity.names:
            return bool(entity.names) and entity.label in ("PERSON", "ORG", "GPE")
        mention = self.by_head.get(who.i)
        return mention is not None and mention.kind == "noun" and not mention.definite

    def _is_on_a_matter(self, verb: Token) -> bool:
        """Whether a sentence's main verb says something of a matter: "denied *the charges*", no "asked Acme"."""
        told = [c for c in verb.children if c.dep_ in ("obj", "iobj")]
        entities = [self._entity_at(token) for token in told]
        return (
            _is_said(verb)
            and bool(told)
            and not any(e is not None and (e.names or e.label or e.labels()) for e in entities)
        )

    def _heard_in(self, mention: Candidate) -> Entity | None:
        """Whose words or picture tell of him: "a letter from a guard, in which *he* says it rained"."""
        verb = mention.head.head
        if (
            mention.role != "subj"
            or verb.dep_ != "acl:relcl"
            or mention.pronoun not in ("he", "she")
        ):
            return None
        if not any(c.dep_ == "obl" and c.lower_ == "which" for c in verb.children):
            return None
        told = (verb.head, *(c for c in verb.head.children if c.dep_ in ("nmod:poss", "nmod")))
        people = [
            entity
            for word in told
            if (entity := self._agreeing(mention, word)) is not None
            and (entity.label or entity.labels())
        ]
        return people[0] if len(people) == 1 else None

    def _itself(self, mention: Candidate) -> Entity | None:
        """Whom a reflexive takes up: the subject, or the object before it that is surer to be a
        person ("her past made her a danger to *herself*")."""
        verb = clause(mention.head)
        while verb.dep_ == "xcomp" and verb.pos_ != "VERB":  # "a danger to herself"
            verb = clause(verb.head)
        objects = (c for c in verb.children if c.dep_ in ("obj", "iobj") and c.i < mention.i)
        words = [w for w in (subject(verb), *objects) if w is not None and w.i != mention.i]
        fitting = [e for e in map(self._entity_at, words) if e is not None and _agrees(mention, e)]
        if mention.pronoun in ("he", "she"):
            surely = [e for e in fitting if e.label == "PERSON" or e.gender]
            return next(iter(surely or fitting), None)
        return fitting[0] if fitting and self._entity_at(words[0]) is fitting[0] else None

    def _of_two(self, mention: Candidate) -> Entity | None:
        """ "The former", "the latter" of the two people or bodies that were named last, if those
        are two: in the words before, or in the sentence before."""
        for sentence in (mention.sentence, mention.sentence - 1):
            named = sorted(
                (m.i, e.id, e)
                for e in self.recent[:_CHOICES]
                for m in e.mentions
                if m.kind == "name" and m.sentence == sentence and e.label in ("PERSON", "ORG")
            )
            pair = list(dict.fromkeys(entity for *_, entity in named))
            if len(pair) == 2:
                return pair[_OF_TWO[mention.lemma]] if pair[0].label == pair[1].label else None
            if pair:
                return None
        return None

    def _kept_out(self, mention: Candidate, entity: Entity) -> bool:
        """Whether a pronoun cannot be this one, going by who speaks: nobody calls himself "he" in his
        own words, and "speaking to the paper, *its* editor" is not the paper's."""
        heard = _heard_by(mention.head)
        if heard is not None and self._entity_at(heard) is entity:
            return True
        if not mention.pronoun:
            hearers = _hearers(mention.head)
            in_passing = mention.lemma not in entity.nouns and _is_in_passing(entity)
            return in_passing or any(self._entity_at(word) is entity for word in hearers)
        if mention.pronoun not in ("he", "she"):
            return False
        who = self._speakers.get(mention.i)
        if who is None:
            return False
        return any(self._entity_at(word) is entity for word in _same(self.doc[who]))

    def _body_speaking(self, mention: Candidate) -> Entity | None:
        """The body or country that says "it ...": "Norway denies that, saying *it* bought none"."""
        told = clause(mention.head)
        if told.lemma_.lower() in lexicon().expletive_verbs:
            return None
        if told.dep_ != "ccomp" or told.head.lemma_.lower() not in lexicon().speech:
            return None
        who = subject(told.head)
        for word in (*_givers(told.head), *([who] if who is not None else [])):
            entity = self._entity_at(word) if word.i < mention.i else None
            if entity is not None and entity.label in ("ORG", "GPE"):
                return entity
        return None

    def _chosen(self, mention: Candidate) -> Entity | None:
        choice = self.choice(mention)
        if self._told(mention, choice.entities):
            return None
        return self.decide(choice) if choice.entities else None

    def _told(self, mention: Candidate, pool: Sequence[Entity]) -> bool:
        """Whether "she" is one of two of whom one told the other: "Ida told Ruth that she had lost"."""
        own = clause(mention.head)
        if mention.pronoun not in ("he", "she") or own.dep_ not in ("ccomp", "xcomp"):
            return False
        if mention.head.dep_ not in ("nsubj", "nsubj:pass") or mention.head.head.i != own.i:
            return False
        who = subject(own.head)
        others = [c for c in own.head.children if c.dep_ in ("obj", "iobj") and c.i < own.i]
        both = [self._entity_at(token) for token in (who, *others) if token is not None]
        return len(both) == 2 and all(entity in pool for entity in both)

    def choice(self, mention: Candidate) -> Choice:
        """The possible antecedents of a mention, with their features."""
        kind = kind_of(mention)
        window = _WINDOW[kind]
        pool: list[Entity] = []
        for entity in self.recent:
            if mention.sentence - entity.last.sentence > window:
                break
            if possible(mention, entity) and not self._kept_out(mention, entity):
                pool.append(entity)
                if len(pool) >= _CHOICES:
                    break
        if kind == "n":
            pool = [e for e in _called(mention, pool) if not _is_of_old(mention, e)]
            if _is_of_a_name(mention):
                pool = [entity for entity in pool if not entity.names]
        if kind in ("p", "i") and mention.pronoun:
            pool += (e for e in self._ahead(mention, pool) if not self._kept_out(mention, e))
        most = max((len(e.mentions) for e in pool), default=0)
        rows = []
        leftmost: dict[int, int] = {}
        for entity in pool:
            at = entity.last
            leftmost[at.sentence] = min(at.i, leftmost.get(at.sentence, at.i))
        for rank, entity in enumerate(pool):
            first = entity.last.i == leftmost[entity.last.sentence]
            rows.append(list(features(mention, entity, rank, first, most)))
        places = [heads_of(entity) for entity in pool]
        for entity in pool:
            if entity.mentions and entity.mentions[-1].ahead:
                entity.mentions.pop().ahead = False
        rows.append(list(null_features(mention, len(pool))))
        return Choice(mention, pool, rows, [h for h, _ in places], [n for _, n in places])

    def _ahead(self, mention: Candidate, pool: Sequence[Entity]) -> Iterable[Entity]:
        """A name still to come: "When he arrived, Sarandos said", "In her book, Ann says"."""
        at = mention.head
        for _ in range(12):
            if at.head is at:
                return []
            if at.dep_ in ("advcl", "obl", "advmod") and at.i < at.head.i:
                who = subject(at.head)
                if who is not None and who.i > mention.i:
                    later = self.by_head.get(who.i)
                    entity = self.named.get(id(later)) if later is not None else None
                    if later is None or entity is None or entity in pool:
                        return []
                    later.ahead = True
                    entity.mentions.append(later)
                    if possible(mention, entity):
                        return [entity]
                    later.ahead = False
                    entity.mentions.pop()
                    return []
            at = at.head
        return []


def _is_so_far_from(name: Token) -> bool:
    """ "the town, *120 km south* Port Sudan": no other name of the town."""
    before = (c for c in name.children if c.dep_ == "advmod" and c.i < name.i)
    return any(g.dep_ in ("obl:unmarked", "nummod") for c in before for g in c.children)


def _tells(verb: Token) -> bool:
    """Whether a sentence's main verb says what its clause tells."""
    return _is_said(verb) and any(c.dep_ == "ccomp" for c in verb.children)


def _is_said(verb: Token) -> bool:
    return verb.dep_ == "ROOT" and verb.lemma_.lower() in lexicon().speech


def _givers(saying: Token) -> Iterator[Token]:
    """Whose the words are that say something: "an *Orvell* statement saying it had paid"."""
    if saying.dep_ == "acl":
        for word in saying.head.children:
            by = any(c.dep_ == "case" and c.lower_ in ("by", "from") for c in word.children)
            if word.dep_ in ("compound", "nmod:poss") or (word.dep_ == "nmod" and by):
                yield word


def _heard_by(possessor: Token) -> Token | None:
    """Who is spoken to before an owner's noun acts: "Speaking to *the paper*, its editor said"."""
    owned = possessor.head
    if possessor.dep_ != "nmod:poss" or not owned.dep_.startswith("nsubj"):
        return None
    for spoken in owned.head.children:
        if spoken.dep_ != "advcl" or spoken.lemma_ not in _SPOKEN or spoken.i > owned.i:
            continue
        for heard in spoken.children:
            if heard.dep_ == "obl" and any(c.lower_ in ("to", "with") for c in heard.children):
                return heard
    return None


def _is_one_of_a_people(head: Token) -> bool:
    """ "The *Swede*", "the former *Swede*", "a *Swede*", no "the Swedes" and no "the Swedish"."""
    if head.pos_ not in ("NOUN", "PROPN", "ADJ") or "Plur" in str(head.morph):
        return False
    if head.pos_ == "ADJ" and country(head.text) is None:
        return False
    if role(head) not in ("subj", "obj", "obl", "poss") or head.lower_.endswith(
        ("sh", "ch", "ese")
    ):
        return False
    return any(c.dep_ == "det" and c.lower_ in ("the", "a", "an") for c in head.children)


def _is_new(mention: Candidate) -> bool:
    """ "*A company* in Tarn"."""
    return any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in mention.head.lefts)


def _is_in_passing(entity: Entity) -> bool:
    """Whether a body was named once, for what somebody else did there: "Ada Venn, who came from *Acme*"."""
    told = [m for m in entity.mentions if not m.pronoun]
    if entity.label != "ORG" or len(told) != 1:
        return False
    head = told[0].head
    own = clause(head)
    return head.dep_ == "obl" and head.head == own and own.dep_ in ("acl", "acl:relcl", "advcl")


def _hearers(noun: Token) -> Iterator[Token]:
    """Who is told what a noun stands in: "Acme told *Reuters* the company would answer"."""
    own = clause(noun)
    if own.dep_ == "ccomp" and own.head.lemma_.lower() in lexicon().speech:
        for heard in own.head.children:
            if heard.dep_ in ("obj", "iobj") and heard.i < own.i:
                yield heard


def _kinds(mention: Candidate, entity: Entity) -> frozenset[str]:
    """The noun that a name has in itself, or those that everybody knows to take it up."""
    if entity.label is None:
        return lexicon().things.get(mention.lemma, frozenset())
    if entity.label == "GPE" and (place := lexicon().known_places.get(mention.lemma)):
        return place
    noun = own_noun(mention, entity.label)
    return frozenset({noun} if noun else ())


def _alike(noun: str) -> frozenset[str]:
    return lexicon().alike.get(noun, frozenset())


def _same(word: Token) -> Iterator[Token]:
    """The heads of all that names or describes whom a word names: "Singer" and "Bo" in "Singer Bo
    Dale", whichever of them the parse hangs on the other."""
    yield word
    for child in word.children:
        if child.dep_ in ("flat", "appos", "nmod:desc"):
            yield from _same(child)


def _takes_up(mention: Candidate) -> bool:
    """Whether a noun phrase can take up an entity: "the company", no "our country", no predicate
    ("Kennedy was the brother of ...", "ran as the nominee of two parties")."""
    if mention.members or not mention.lemma:
        return False
    below = list(mention.head.children)
    return not _is_as(mention.head) and not any(
        c.dep_ == "cop" or (c.dep_ == "nmod:poss" and c.lower_ in FIRST_PERSON) for c in below
    )


def _is_as(noun: Token) -> bool:
    """Whether it says as what somebody does something: "ran, first as a rival, then as *the nominee*"."""
    if [c.lower_ for c in noun.children if c.dep_ == "case"] != ["as"]:
        return False
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun.dep_ in ("obl", "conj") and noun.head.pos_ == "VERB"


def _called(mention: Candidate, pool: list[Entity]) -> list[Entity]:
    """Without people whom the article does not call so, where it calls somebody so: "the mayor"; and without
    people whom it calls by another post: the lawyer is not the minister."""
    posts = lexicon().posts
    if mention.lemma in posts:
        pool = [e for e in pool if not _is_of_another_post(e, mention.lemma, posts)]
    if not any(e.label == "PERSON" and mention.lemma in e.nouns for e in pool):
        return pool
    return [e for e in pool if e.label != "PERSON" or mention.lemma in e.nouns]


def _is_of_old(mention: Candidate, entity: Entity) -> bool:
    """Whether it has the post no more: "the president" is not former President Venn."""
    told = {t.lower_ for t in mention.head.lefts}
    return mention.lemma in entity.once and told <= {"the", "this"}


def _is_of_a_name(mention: Candidate) -> bool:
    """Whether a work says by itself which it is: "the sequel *to Iron Harbour*"."""
    if "WORK_OF_ART" not in labels_of(mention.lemma):
        return False
    return any(
        of.dep_ == "nmod"
        and of.pos_ == "PROPN"
        and any(c.lower_ in ("to", "of") for c in of.children)
        for of in mention.head.children
    )


def _is_of_another_post(entity: Entity, post: str, posts: frozenset[str]) -> bool:
    return (
        entity.label == "PERSON" and post not in entity.nouns and not posts.isdisjoint(entity.nouns)
    )


def _agrees(mention: Candidate, entity: Entity) -> bool:
    if mention.pronoun in ("he", "she"):
        return entity.may_be_person() and entity.gender in ("", mention.gender)
    if mention.pronoun == "it":
        return entity.label != "PERSON" and entity.number != "plur"
    return True


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is left open, by the places of pronouns: how probable what each stands for is, and which
    may as well stand for another person; of these, which go on with nobody whom the words before tell of."""

    antecedents: dict[int, float] = field(default_factory=dict)
    rivals: set[int] = field(default_factory=set)
    guessed: set[int] = field(default_factory=set)


def weighed(
    known: Network, doc: Doc, found: Iterable[Candidate], doubts: Doubts | None = None
) -> Callable[[Choice], Entity | None]:
    """Decides by the network: the likeliest antecedent, if it is likely enough. ``doubts`` takes up
    what is left open."""
    seen = known.look(doc, (m.i for m in found))

    def decide(choice: Choice) -> Entity | None:
        chances = known.chances(choice, seen)
        somebody = chances[:-1] if kind_of(choice.mention) == "p" else chances
        best = max(range(len(somebody)), key=lambda i: (somebody[i], -i))
        if choice.mention.pronoun and doubts is not None:
            _remember(doubts, choice, chances, best)
        if best < len(choice.entities) and chances[best] >= _least(choice, best):
            return choice.entities[best]
        return _taken_up(choice, chances)

    return decide


def _least(choice: Choice, best: int) -> float:
    """How likely this antecedent must be."""
    mention, entity = choice.mention, choice.entities[best]
    if kind_of(mention) == "n" and entity.label == "PERSON" and mention.lemma not in entity.nouns:
        if mention.lemma in lexicon().anybody | lexicon().posts:
            return _NEVER
        return _UNCALLED if labels_of(mention.lemma) == {"PERSON"} else _NEVER  # "the star"
    return _SURE[kind_of(mention)]


def _remember(doubts: Doubts, choice: Choice, chances: Sequence[float], best: int) -> None:
    """Note how likely the antecedent of a pronoun is, and whether it may as well be a rival: somebody
    else of that sex, named beside the antecedent and about as often."""
    place = choice.mention.head.i
    chance = chances[best]
    if best < len(choice.entities) and choice.mention.pronoun in ("he", "she"):
        chosen = choice.entities[best]
        others = [
            (chances[at], entity)
            for at, entity in enumerate(choice.entities)
            if at != best and entity.names and entity.label == "PERSON"
        ]
        if max((other for other, _ in others), default=0.0) > _RIVAL:
            chance = min(chance, _DOUBTED)
        if chance <= _DOUBTED or any(_beside(chosen, entity) for _, entity in others):
            doubts.rivals.add(place)
            if not _goes_on_with(chosen, [entity for _, entity in others]):
                doubts.guessed.add(place)
    doubts.antecedents[place] = round(chance, 2)


def _goes_on_with(chosen: Entity, others: Sequence[Entity]) -> bool:
    """Whether the words before tell of this person, and of none of the others since: a sentence tells of
    its subject, whoever else stands in it, but "Karl Venn met Bo Dale" tells of two."""
    if not chosen.mentions:
        return False
    last = chosen.last
    here = (m for m in chosen.mentions if m.sentence == last.sentence)
    if any(m.role == "subj" and m.head.head.dep_ == "ROOT" for m in here):
        return all(other.mentions and _is_aside(other.last, last.sentence) for other in others)
    told = last.role in ("subj", "appos")
    return told and all(other.mentions and other.last.i < last.i for other in others)


def _is_aside(other: Candidate, sentence: int) -> bool:
    """Whether somebody stands before a sentence, or in it without being who its verb tells of."""
    core = other.role in ("subj", "obj") and other.head.head.dep_ == "ROOT"
    return other.sentence < sentence or (other.sentence == sentence and not core)


def _beside(chosen: Entity, other: Entity) -> bool:
    if not (chosen.mentions and other.mentions):
        return False  # the name is still to come
    near = chosen.last.sentence == other.last.sentence and other.last.role != "poss"
    return near and len({m.sentence for m in chosen.mentions}) <= len(
        {m.sentence for m in other.mentions}
    )


def _taken_up(choice: Choice, chances: Sequence[float]) -> Entity | None:
    """The named body, person, place or thing that a plain "the company", "the mayor", "the bill" takes
    up, if one stands out among those named. The network, which learned from all kinds of text, rather
    sees a new thing."""
    mention = choice.mention
    if mention.pronoun or not _plain(mention):
        return None
    fitting = _fitting(choice, chances)
    total = sum(chance for chance, _ in fitting)
    if not fitting or total <= 0:
        return None
    chance, place = max(fitting)
    best = choice.entities[-place]
    if best.label == "PERSON" and mention.lemma not in best.nouns:
        return None  # "the gunman" is not the one person whom the text has named so far
    others = [choice.entities[-other] for _, other in fitting if other != place]
    alike = labels_of(mention.lemma) <= {best.label}
    if chance < _LEAST.get(best.label or "", _LEAST_THING) or chance / total < (
        _SHARE if alike else _SURELY
    ):
        return best if alike and _subject_before(mention, best, others) else None
    return best


def _fitting(choice: Choice, chances: Sequence[float]) -> list[tuple[float, int]]:
    """The named ones of the class that the noun most likely has, or that are called so: how likely
    each is, and its place below nought."""
    lemma = choice.mention.lemma
    labels = labels_of(lemma)
    wanted = next(
        (labels & {label} for label in ("ORG", "PERSON", "GPE") if label in labels), labels
    )
    return [
        (chance, -place)
        for place, (entity, chance) in enumerate(zip(choice.entities, chances, strict=False))
        if entity.names and entity.number != "plur"
        if entity.label in wanted or (lemma in entity.nouns and entity.label in ("PERSON", None))
        if is_of_sort(lemma, entity)
    ]


def _plain(mention: Candidate) -> bool:
    """Whether it is "the company", "the new law", "the Alpine country": no other one, and none that
    words after it tell ("the owner of the shop", "the firm that sold it")."""
    known = lexicon()
    before = [t for t in mention.head.lefts if t.dep_ not in ("case", "cc", "mark", "punct")]
    if not before or before[0].lower_ not in ("the", "this"):
        return False
    if any(restricts(c) for c in mention.head.rights):
        return False
    words = {t.lower_ for t in before[1:]}
    if mention.lemma in known.of_countries:
        return known.elsewhere.isdisjoint(words) and not any(_is_most(t) for t in before)
    return words <= known.light - known.elsewhere


def _is_most(token: Token) -> bool:
    return "Degree=Sup" in str(token.morph) or any(c.lower_ == "most" for c in token.children)


def _subject_before(mention: Candidate, entity: Entity, others: Sequence[Entity]) -> bool:
    """Whether the sentence before is about this one and names none of the others, and the mention's
    own sentence names none of them before it."""
    here = mention.head.sent
    if here.start == 0:
        return False
    last = here.doc[here.start - 1].sent
    subjects = {t.i for t in last.root.children if t.dep_ in ("nsubj", "nsubj:pass")}
    if not any(m.head.i in subjects for m in entity.mentions):
        return False
    return not any(
        last.start <= m.head.i < mention.head.i for other in others for m in other.mentions
    )


def read_entities(doc: Doc, known: Network) -> list[Entity]:
    """The entities of a parsed Doc; what is left open goes to its analysis."""
    found = candidates(doc)
    doubts = Doubts()
    decide = weighed(known, doc, found, doubts)
    entities = Reader(doc, found, link_names(doc, found), decide).read()
    rivals, guessed = frozenset(doubts.rivals), frozenset(doubts.guessed)
    told = analysis_of(doc)
    keep(replace(told, antecedents=doubts.antecedents, rivals=rivals, guessed=guessed))
    return entities
