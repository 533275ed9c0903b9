"""How a graph may tell what a question asks: the statements that a clause can stand in.

"Who was sentenced to four years?" may be "X sentenced to four years" or "a court sentenced X, to:
four years". Each way is a `Telling`; which of them the graph has is for the query to find out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.ask.question import Clause, Complement, Phrase
from kg.ask.relations import Meaning, Relations
from kg.ask.stems import stem, stems
from kg.ask.synonyms import synonyms
from kg.ask.words import kin, listed, mapping, near_words, words
from kg.extract.words.load import word_lists
from kg.graph.vocab import KG

#: What one clause may be told as.
_SAID = KG + "said"


@dataclass(frozen=True, slots=True)
class Telling:
    """Statements of one of these relations, with these ends and arguments.

    ``first`` and ``second`` are as the words of the question put them; a meaning that is turned has
    them the other way. ``words``: the passage must have one of these for the relation.
    ``post``: names that the object, a post, may have. ``content``: words that what was said has, ``about`` what it is about.
    ``only``: the open end must be a time, a place or an amount. ``inside``: words that the passage
    must have.
    """

    meanings: tuple[Meaning, ...]
    first: Phrase | None = None
    second: Phrase | None = None
    arguments: tuple[Complement, ...] = ()
    words: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    about: Phrase | None = None
    only: str = ""
    inside: tuple[str, ...] = ()


def tellings(clause: Clause, relations: Relations) -> tuple[Telling, ...]:
    """The ways to tell a clause; empty where its words mean no relation of the graph."""
    if clause.is_:
        found = _is(clause, relations)
    elif _is_said(clause):
        found = [*_said(clause), *_done(clause, relations)]
    else:
        found = [
            *_held(clause), *_done(clause, relations), *_called(clause), *_paid(clause),
            *_jailed(clause), *_acts_for(clause),
        ]  # fmt: skip
    if clause.content:
        inside = tuple(word.removeprefix("=") for word in clause.content)
        more = tuple(_or_near(word) for word in clause.content) if relations.near else ()
        found = [
            replace(one, content=more or one.content)
            if _is_of_words(one)
            else replace(one, inside=inside)
            for one in found
        ]
    return tuple(dict.fromkeys(one for one in found if one.meanings))


def _or_near(word: str) -> str:
    """A word of what was said with those that are used for it: "break|violate"; a name alone."""
    return (
        word if word.startswith("=") else "|".join((word, *near_words(word)[1:], *synonyms(word)))
    )


def _is_of_words(one: Telling) -> bool:
    return any(meaning.iri == _SAID for meaning in one.meanings)


# --- deeds ---------------------------------------------------------------------------------------


def _done(clause: Clause, relations: Relations) -> list[Telling]:
    first, second = clause.subject, clause.object
    if clause.passive:
        return _suffered(clause, relations)
    rest = clause.complements
    found = []
    if second is not None:
        found.append(Telling(relations.meaning(clause.verb), first, second, rest))
        found += _light(clause, relations)
        found += _post_of_verb(clause.verb, first, second, rest)
    found += _with_mark(clause.verb, first, rest, relations, second)
    if second is None:
        found.append(Telling(relations.starting(clause.verb), first, None, rest))
    return found


def _post_of_verb(
    verb: str, first: Phrase | None, second: Phrase, rest: tuple[Complement, ...]
) -> list[Telling]:
    """ "Who coaches United?" is who is its coach, "Does she have a son?" whose son somebody is."""
    if verb == "have" and second.head in kin():
        return being(None, replace(second, of=first), rest) if first is not None else []
    posts = mapping("verb_posts").get(verb, ())
    found: list[Telling] = []
    for post in posts:
        found += being(first, replace(second, of=second, post=(post,), head=post), rest)
    return found


def _suffered(clause: Clause, relations: Relations) -> list[Telling]:
    """A passive: who it is done to is its subject."""
    found = [
        Telling(relations.meaning(clause.verb), clause.agent, clause.subject, clause.complements)
    ]
    rest = clause.complements
    if clause.agent is not None:
        rest = (*rest, Complement(("by",), clause.agent))
    for form in dict.fromkeys((clause.form, clause.verb)):
        found += _with_mark(f"be {form}", clause.subject, rest, relations, None)
        if clause.agent is None:
            found.append(Telling(relations.starting(f"be {form}"), clause.subject, None, rest))
    if clause.object is not None:  # "What was he given?"
        for form in dict.fromkeys((clause.form, clause.verb)):
            found.append(
                Telling(
                    relations.meaning(f"be {form}"),
                    clause.subject,
                    clause.object,
                    clause.complements,
                )
            )
    return found


def _with_mark(
    verb: str,
    first: Phrase | None,
    complements: tuple[Complement, ...],
    relations: Relations,
    object_: Phrase | None,
) -> list[Telling]:
    """The verb with each of its prepositions: "meet with", "be born in"."""
    if object_ is not None:
        return []
    found = []
    for at, complement in enumerate(complements):
        rest = complements[:at] + complements[at + 1 :]
        for mark in _spelt(complement.marks):
            meanings = relations.meaning(f"{verb} {mark}")
            only = {"when": "time", "where": "place", "amount": "amount", "duration": "amount"}
            own = only.get(complement.marks[0], "")
            found.append(Telling(meanings, first, complement.phrase, rest, only=own))
            if Meaning(KG + "worksFor") in meanings:
                found.append(_employed(first, complement.phrase))
    return found


def _employed(first: Phrase | None, body: Phrase) -> Telling:
    """Who has a post somewhere works there."""
    return Telling((Meaning(KG + "hasRole"),), first, None, (Complement(("at",), body),))


def _spelt(marks: tuple[str, ...]) -> tuple[str, ...]:
    """The prepositions that "where" and "when" may stand for."""
    if marks == ("where",):
        return listed("marks", "where")
    if len(marks) > 1:
        return marks
    return tuple(mapping("spelt").get(marks[0], marks))


def _light(clause: Clause, relations: Relations) -> list[Telling]:
    """ "make use of X", "hold talks with X"."""
    noun = clause.object
    found = [
        Telling(
            relations.meaning(f"{clause.verb} {c.marks[0]} {c.phrase.head}"),
            clause.subject,
            noun,
            tuple(other for other in clause.complements if other is not c),
        )
        for c in clause.complements
        if not c.phrase.asked
    ]  # "take X to court"
    if noun is None or noun.asked or not noun.head:
        return found
    ends = [*clause.complements]
    if noun.of is not None:
        ends.append(Complement(("of", "with", "against", "on", "in", "to"), noun.of))
    for end in ends:
        rest = tuple(c for c in clause.complements if c is not end)
        for mark in end.marks:
            meanings = relations.meaning(f"{clause.verb} {noun.head} {mark}")
            found.append(Telling(meanings, clause.subject, end.phrase, rest))
    return found


def _paid(clause: Clause) -> list[Telling]:
    """ "How much did Aerovia pay for the planes?": for how much it bought them."""
    bought = next((c.phrase for c in clause.complements if c.marks == ("for",)), None)
    much = next((c.phrase for c in clause.complements if c.marks == ("amount",)), clause.object)
    if clause.verb not in words("verbs", "paying") or bought is None or much is None:
        return []
    meanings = tuple(Meaning(f"{KG}{name}") for name in ("acquired", "bought", "hired", "joined"))
    return [Telling(meanings, clause.subject, bought, (Complement(("amount",), much),))]


def _jailed(clause: Clause) -> list[Telling]:
    """ "How long was Hale jailed for?": what she was sentenced to."""
    long = next((c for c in clause.complements if c.marks == ("duration",)), None)
    whom = clause.subject if clause.passive else clause.object
    if clause.verb not in words("verbs", "jailing") or long is None or not long.phrase.asked:
        return []
    rest = tuple(c for c in clause.complements if c is not long)
    return [Telling((Meaning(KG + "sentencedTo"),), whom, long.phrase, rest)]


def _acts_for(clause: Clause) -> list[Telling]:
    """ "The firm that Hale speaks for": whose spokesperson she is."""
    found: list[Telling] = []
    for c in clause.complements:
        post = mapping("deeds").get(f"{clause.verb} {c.marks[0]}") if not clause.passive else None
        if post is not None:
            what = Phrase(-2, post, (post,), (post,), post, of=c.phrase, post=(post,))
            found += being(clause.subject, what, tuple(o for o in clause.complements if o is not c))
    return found


def _called(clause: Clause) -> list[Telling]:
    """ "Who called Mugabe a ruthless dictator?": perhaps in words that are quoted."""
    whom = clause.object
    as_ = next((c.phrase for c in clause.complements if c.marks == ("as",)), None)
    if clause.verb not in words("verbs", "calling") or whom is None or as_ is None:
        return []
    if as_.asked or not whom.lemmas:
        return []
    content = (whom.lemmas[-1], *as_.lemmas)
    return [Telling((Meaning(_SAID),), clause.subject, None, content=content)]


def _held(clause: Clause) -> list[Telling]:
    """ "What post does she hold?"."""
    asked = clause.object
    if asked is None or asked.head not in words("asked", "posts"):
        return []
    if clause.verb not in words("verbs", "hold"):
        return []
    return [Telling((Meaning(KG + "hasRole"),), clause.subject, asked, clause.complements)]


# --- words that were said ----------------------------------------------------------------------------


def _is_said(clause: Clause) -> bool:
    if clause.content and clause.verb in words("verbs", "finding"):
        return True
    return clause.verb in words("verbs", "say") and (
        bool(clause.content)
        or clause.verb in words("verbs", "speech")
        or any(set(c.marks) & words("verbs", "about") for c in clause.complements)
        or (clause.object is not None and clause.object.asked and not clause.object.head)
    )


def _said(clause: Clause) -> list[Telling]:
    about = next(
        (c.phrase for c in clause.complements if set(c.marks) & words("verbs", "about")), None
    )
    rest = tuple(
        Complement(("addressee", *c.marks), c.phrase) if c.marks == ("to",) else c
        for c in clause.complements
        if not set(c.marks) & words("verbs", "about")
    )
    speaker = clause.agent if clause.passive else clause.subject
    said = clause.subject if clause.passive else clause.object
    content = clause.content
    if said is not None and not said.asked:
        if said.head in words("names", "anything"):  # "something about the fire"
            content, about = beyond(said), None
        elif clause.verb not in words("verbs", "speech"):
            return []
        if clause.verb == "tell":
            rest = (*rest, Complement(("addressee",), said))
        said = None
    return [Telling((Meaning(_SAID),), speaker, said, rest, content=content, about=about)]


def beyond(said: Phrase) -> tuple[str, ...]:
    """The words of "something about the fire" beside the first."""
    texts = [said.text]
    for clause in said.clauses:
        ends = (clause.subject, clause.object, *(c.phrase for c in clause.complements))
        texts += [clause.verb, *(end.text for end in ends if end is not None)]
    found = (word for text in texts for word in stems(text))
    return tuple(dict.fromkeys(word for word in found if word != stem(said.head)))


# --- what somebody or something is ----------------------------------------------------------------------


def ends_of(clause: Clause) -> tuple[Phrase | None, Phrase | None]:
    """Of a clause with "be": who it is about, and the post or kind that it tells, which is no thing
    that a name is looked up for; None where it tells none."""
    one, other = clause.subject, clause.object
    if not clause.is_ or one is None or other is None or (other.asked and other.head == "age"):
        return one, None
    if one.of is not None and one.of.asked:  # "Whose son is Hunter Biden?"
        return other, one
    if other.asked and not other.head:  # "Who is the mayor of Porthaven?"
        return (other, one) if _describes(one) else (one, None)
    if one.asked and not other.asked:  # "Who was a columnist at the Post?", "Who is Nora Finch?"
        return (one, other) if _describes(other) or one.head else (other, None)
    if other.asked:  # "Which company is the owner of X?"
        return (other, one) if _describes(one) else (one, None)
    return one, other


def _is(clause: Clause, relations: Relations) -> list[Telling]:
    one, other = clause.subject, clause.object
    if one is None:
        return []
    if other is None:
        return _is_somewhere(clause, one, relations)
    holder, what = ends_of(clause)
    asked = other if other.asked else one
    named = mapping("properties").get(asked.head, ())
    if named and asked.asked:  # "What nationality is Peebles?"
        about = one if asked is other else other
        return [Telling(tuple(Meaning(KG + name) for name in named), about, asked)]
    if holder is None or what is None:
        return _identity(asked, other if asked is one else one, relations) if asked.asked else []
    return [*being(holder, what, clause.complements), *_property(holder, what, clause.complements)]


def _is_somewhere(clause: Clause, one: Phrase, relations: Relations) -> list[Telling]:
    found = _with_mark("be", one, clause.complements, relations, None)
    for complement in clause.complements:
        if complement.marks == ("where",):
            for verb in ("be located", "be based", "live", "take place", "be held"):
                found += _with_mark(verb, one, (complement,), relations, None)
    return found


def _describes(phrase: Phrase) -> bool:
    return not phrase.proper or phrase.of is not None


def _identity(asked: Phrase, thing: Phrase, relations: Relations) -> list[Telling]:
    """ "Who is Nora Finch?": what she is called; where that is not told, what she has to do with."""
    lists = mapping("identity")
    names = (*lists["first"], *(lists["more"] if relations.near else ()))
    return [Telling(tuple(Meaning(KG + name) for name in names), thing, asked)]


def being(
    holder: Phrase | None, what: Phrase, complements: tuple[Complement, ...] = ()
) -> list[Telling]:
    """The ways to tell that somebody is N of Y, or an N."""
    post = posts_called(what.post)
    of = what.of
    at = () if of is None else (Complement(("at", "of"), of),)
    found = [Telling((Meaning(KG + "hasRole"),), holder, None, (*at, *complements), post=post)]
    if of is None:
        found.append(Telling((Meaning(KG + "isA"),), holder, None, complements, post=post))
        return found
    whole = tuple(f"{one} of {of.text.casefold()}" for one in post)
    for name in ("isA", "hasRole"):
        found.append(Telling((Meaning(KG + name),), holder, None, complements, post=whole))
    bodies = tuple(
        m for m in _ROLES if not (of.asked and m.iri == f"{KG}hasRole")
    )  # the post itself
    found.append(Telling(bodies, holder, of, complements, words=post))
    found += [
        Telling((Meaning(KG + name, turned),), holder, of, complements, words=tuple(gendered))
        for name, turned, gendered in _nouns(what)
    ]
    return found


_ROLES = tuple(
    Meaning(KG + name)
    for name in (
        "leads", "worksFor", "memberOf", "chiefExecutiveOf", "founded", "owns", "operates", "hasRole",
        "subsidiaryOf", "partOf", "locatedIn", "coached", "playedFor", "represents", "educatedAt",
    )
)  # fmt: skip


def _nouns(what: Phrase) -> list[tuple[str, bool, tuple[str, ...]]]:
    """The relations that a noun tells, whether turned, and which words must stand there; a *nuclear* chief
    of a country is not who leads it."""
    noun = what.head
    found: list[tuple[str, bool, tuple[str, ...]]] = []
    tables = word_lists("attributes")
    for table, turned in (("relation", False), ("turned", True)):
        for name, nouns in tables[table].items():
            if noun in nouns:
                found.append((name, turned, mapping("gendered").get(noun, ())))
    bare = all(word in words("posts", "plain") for word in what.post if word != noun)
    for name, nouns in mapping("nouns").items():
        if bare and noun in nouns:
            found.append((name.removeprefix("^"), name.startswith("^"), ()))
    return found


def _property(holder: Phrase, what: Phrase, complements: tuple[Complement, ...]) -> list[Telling]:
    """ "What is the nationality of X?": the noun is the relation."""
    if not holder.asked or what.of is None:
        return []
    names = mapping("properties").get(" ".join(what.post), ())
    return [Telling((Meaning(KG + name),), what.of, holder, complements) for name in names]


def posts_called(post: tuple[str, ...]) -> tuple[str, ...]:
    """A post with its other names: "boss", "chief executive"; of "the *late* president" also "president"."""
    kept = tuple(word for word in post[:-1] if word not in words("posts", "plain"))
    own = dict.fromkeys((" ".join(post), " ".join((*kept, *post[-1:]))))
    return tuple(
        dict.fromkeys(name for one in own for name in (one, *mapping("same_posts").get(one, ())))
    )
