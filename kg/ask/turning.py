"""What a question asks in other terms: "Who speaks for Orlo Mills?" asks for its spokesman.

Each turn takes a question as it was read and gives it as a graph would tell the answer, or None
where it is not of that kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.ask.question import Clause, Complement, NotUnderstood, Phrase, Question
from kg.ask.quoted import as_said
from kg.ask.words import mapping, words

#: What somebody who is accused is said to have done.
_ACCUSED: Final = ("claimed", "possible", "denied", "asserted", "planned")


def ways(question: Question, accused: Clause | None = None) -> tuple[Question, ...]:
    """The question in each way to put it, the likeliest first; ``accused`` is what "suspected of
    *telling him*" says to have been done."""
    if _says_anything(question):
        raise NotUnderstood("It asks for all that anybody said; say what about.")
    last = _turned(question)
    found = [one for one in (_described_as(last), last) if one is not None]
    if accused is not None:
        found = [_deed(question, accused), *found]
    nearer = _nearer(question)
    further = (
        _turned(nearer) if nearer is not None else None,
        as_said(question), _attached(last), _of_amount(last), _killed_by(last), _known_as(last),
        _bought(last), _other_side(last), _to_come(last), *_happening(last),
    )  # fmt: skip
    return (*found, *(one for one in further if one is not None))


def _turned(question: Question) -> Question:
    """The question in the terms that answer it."""
    for turn in _TURNS:
        question = turn(question) or question
    return question


# --- turns ---------------------------------------------------------------------------------------


def _listed(question: Question) -> Question | None:
    """ "What are the firms *that Disney sued*?": which firms Disney sued."""
    first, *more = question.clauses
    thing, bare = first.subject, first.object
    if more or not first.is_ or first.complements or thing is None or bare is None:
        return None
    if thing.asked:
        thing, bare = bare, thing
    if not thing.clauses or not _is_bare(bare) or _is_one_of_many(thing):
        return None
    asked = replace(thing, clauses=(), of=None, asked=True)
    clauses = tuple(_with(one, asked) for one in thing.clauses)
    if thing.of is not None:
        asked = replace(bare, ref=thing.ref)
        post = replace(thing, clauses=(), ref=bare.ref)
        clauses = (
            Clause("be", "is", post, asked, is_=True), *(_with(one, asked) for one in thing.clauses),
        )  # fmt: skip
    return replace(question, clauses=clauses, asked=asked)


def _worded(question: Question) -> Question | None:
    """ "What comment did Hale make on the deal?", "How did Hale describe the deal?": what Hale said."""
    first = question.clauses[0]
    asked = first.object
    head = asked.head if asked is not None and asked.asked else ""
    if head in words("verbs", "sayings") - words("asked", "posts"):
        if first.verb not in words("verbs", "made_light") or first.passive:
            return None
        return _saying(question, first, first.complements)
    if not any(c.marks == ("how",) for c in first.complements):
        return None
    about = [c for c in first.complements if c.marks != ("how",)]
    if asked is not None:
        about.append(Complement(("about",), asked))
    return _saying(question, first, tuple(about))


def _saying(question: Question, first: Clause, rest: tuple[Complement, ...]) -> Question:
    asked = Phrase(question.asked.ref if question.asked else -1, "what", ("what",), asked=True)
    about = tuple(
        replace(c, marks=("about",)) if set(c.marks) & words("verbs", "about_saying") else c
        for c in rest
    )
    clause = replace(first, verb="say", form=first.form, object=asked, complements=about)
    return replace(question, clauses=(clause, *question.clauses[1:]), asked=asked, asks="thing")


def _called_that(question: Question) -> Question | None:
    """ "Who called selling the mill a mistake?": who said so, in these words."""
    first = question.clauses[0]
    who = first.subject
    if who is None or not who.asked or first.object is not None or not first.content:
        return None
    if first.verb not in words("verbs", "calling"):
        return None
    return replace(question, clauses=(replace(first, verb="say"), *question.clauses[1:]))


def _given_post(question: Question) -> Question | None:
    """ "What post was Hale *given*?": what she was appointed as; "*offered*": which is planned for her."""
    first = question.clauses[0]
    post = first.object
    if post is None or not post.asked or post.head not in words("asked", "posts"):
        return None
    to = next((c for c in first.complements if c.marks == ("to",)), None)
    holder = first.subject if first.passive else to.phrase if to is not None else None
    if holder is None:
        return None
    rest = tuple(c for c in first.complements if c is not to)
    if first.verb in words("verbs", "giving"):
        giver = first.agent if first.passive else first.subject
        rest = (Complement(("as",), post), *rest)
        clause = Clause("appoint", first.form, giver, holder, complements=rest)
        return replace(question, clauses=(clause, *question.clauses[1:]))
    if first.verb not in words("verbs", "offering"):
        return None
    clause = Clause("have", first.form, holder, post, complements=rest)
    return replace(question, clauses=(clause, *question.clauses[1:]), statuses=("planned",))


def _deed_of_post(question: Question) -> Question | None:
    """ "Who *speaks for* Orlo Mills?": who is its spokesman."""
    first = question.clauses[0]
    who = first.subject
    if who is None or not who.asked or first.object is not None:
        return None
    for c in first.complements:
        post = mapping("deeds").get(f"{first.verb} {c.marks[0]}")
        if post is not None and not c.phrase.asked:
            what = Phrase(-2, post, (post,), (post,), post, of=c.phrase, post=(post,))
            rest = tuple(other for other in first.complements if other is not c)
            clause = Clause("be", first.form, what, who, complements=rest, is_=True)
            return replace(question, clauses=(clause, *question.clauses[1:]))
    return None


def _called(question: Question) -> Question | None:
    """ "What is the ship called?": what it is known as."""
    first = question.clauses[0]
    if first.verb not in words("verbs", "naming") or not first.passive or first.agent is not None:
        return None
    asked = next((c for c in first.complements if c.marks == ("as",) and c.phrase.asked), None)
    name = asked.phrase if asked is not None else first.object
    if name is None or not _is_bare(name):
        return None
    rest = (Complement(("as",), name), *(c for c in first.complements if c is not asked))
    clause = replace(first, verb="know", form="known", object=None, complements=rest)
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _done_by(question: Question) -> Question | None:
    """ "Who was the ship sold *by*?": the preposition at the end is read as part of the verb."""
    first = question.clauses[0]
    who = first.object
    if not first.passive or not first.verb.endswith(" by") or who is None or not who.asked:
        return None
    verb, form = first.verb.removesuffix(" by"), first.form.removesuffix(" by")
    rest = tuple(c for c in first.complements if c.phrase.text != "by")
    clause = replace(first, verb=verb, form=form, agent=who, object=None, complements=rest)
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _of_status(question: Question) -> Question | None:
    """ "What are Hale's *plans*?", "What does Hale *plan*?": what is planned about Hale."""
    first = question.clauses[0]
    asked, about = first.object, first.subject
    if asked is None or about is None or not _is_bare(asked) or first.complements:
        return None
    verb = mapping("status_nouns").get(about.head) if first.is_ and about.of is not None else None
    if verb is not None:
        about = about.of
    elif first.verb in words("verbs", "intending") or (first.verb == "do" and first.planned):
        verb = "plan"
    if verb is None or about is None or first.passive:
        return None
    clause = Clause(
        verb, first.form, asked, None, None, (Complement(("about",), about),), passive=True
    )
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _in_a_state(question: Question) -> Question | None:
    """ "Is Hale *dead*?": whether Hale died."""
    first = question.clauses[0]
    state = first.object
    if not first.is_ or state is None or state.head not in words("verbs", "states"):
        return None
    clause = Clause(
        "die", "died", first.subject, negated=first.negated, complements=first.complements
    )
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _dated(question: Question) -> Question | None:
    """ "What date was set for *the trial*?": when it was set for."""
    first = question.clauses[0]
    date = first.subject
    event = next((c for c in first.complements if c.marks == ("for",)), None)
    if not first.passive or date is None or not date.asked or event is None:
        return None
    if date.head not in words("asked", "times"):
        return None
    rest = tuple(c for c in first.complements if c is not event)
    when = Complement(("when",), date)
    clause = replace(first, subject=event.phrase, planned=True, complements=(*rest, when))
    return replace(question, clauses=(clause, *question.clauses[1:]), asks="time")


def _ailing(question: Question) -> Question | None:
    """ "What disease does Hale *have*?": what she suffers from."""
    first = question.clauses[0]
    with_ = next((c for c in first.complements if c.phrase.asked), None)
    asked = first.object if with_ is None else with_.phrase
    if asked is None or not asked.asked or asked.head not in words("asked", "ailments"):
        return None
    if first.verb not in words("verbs", "ailing") or first.passive or first.is_:
        return None
    bare = Phrase(asked.ref, "what", ("what",), asked=True)
    rest = tuple(c for c in first.complements if c is not with_)
    clause = replace(
        first, verb="suffer", form="suffer", object=None,
        complements=(Complement(("from",), bare), *rest),
    )  # fmt: skip
    return replace(question, clauses=(clause, *question.clauses[1:]), asked=bare)


def _nicknamed(question: Question) -> Question | None:
    """ "What nickname did the paper give *Hale*?": what it called her."""
    first = question.clauses[0]
    name = first.object
    whom = next((c for c in first.complements if c.marks == ("to",)), None)
    if name is None or not name.asked or name.head not in words("asked", "nicknames"):
        return None
    if first.verb not in words("verbs", "giving") or first.passive or whom is None:
        return None
    bare = Phrase(name.ref, "what", ("what",), asked=True)
    rest = tuple(c for c in first.complements if c is not whom)
    clause = replace(
        first, verb="call", form="called", object=whom.phrase,
        complements=(Complement(("as",), bare), *rest),
    )  # fmt: skip
    return replace(question, clauses=(clause, *question.clauses[1:]), asked=bare)


def _sentenced(question: Question) -> Question | None:
    """ "Who was *given two years*?", "What punishment did Hale get?", "Who was jailed for two years?": to
    what somebody was sentenced."""
    first = question.clauses[0]
    jailed = first.verb in words("verbs", "jailing")
    mark = ("for",) if jailed else ("duration",)
    long = next((c.phrase for c in first.complements if c.marks == mark), None)
    term = long if jailed else first.object or long
    if (
        term is None
        or not _is_term(term)
        or not (jailed or first.verb in words("verbs", "punished"))
    ):
        return None
    to = next((c.phrase for c in first.complements if c.marks == ("to",)), None)
    given = first.verb in words("verbs", "giving")
    who, whom = first.subject, first.object if jailed else to
    if first.passive:
        who, whom = first.agent, first.subject
    elif not jailed and not given:
        who, whom = None, first.subject
    if whom is None or (first.passive and not (given or jailed)):
        return None
    if who is not None and len(who.terms) == 1 and who.head in words("asked", "courts"):
        who = None  # "by the court"
    rest = tuple(c for c in first.complements if c.phrase not in (to, term))
    clause = Clause(
        "sentence", "sentenced", whom, agent=who, complements=(Complement(("to",), term), *rest),
        passive=True, planned=first.planned,
    )  # fmt: skip
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _is_term(phrase: Phrase) -> bool:
    """Whether it is a time that somebody may be sentenced to, or asks for one."""
    if phrase.asked and phrase.text.casefold() == "long":
        return True
    noun = " ".join(phrase.lemmas[-2:])
    asks = phrase.head in words("verbs", "punishments") or noun in words("verbs", "punishments")
    years = phrase.head in words("asked", "times")
    return (asks or years) if phrase.asked else phrase.value.startswith("P")


def _successive(question: Question) -> Question | None:
    """ "Who was mayor of Brenna *before Hale*?": whom Hale succeeded."""
    first = question.clauses[0]
    asked = question.asked
    other = next((c for c in first.complements if c.marks[0] in words("marks", "succession")), None)
    if not first.is_ or asked is None or not _is_bare(asked) or other is None:
        return None
    if other.phrase.value or not other.phrase.proper:
        return None
    who, whom = asked, other.phrase
    if other.marks == ("before",):
        who, whom = whom, who
    clause = Clause("succeed", "succeeded", who, whom)
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _former(question: Question) -> Question | None:
    """ "Who is the *former* mayor of Brenna?": who was, and is no more."""
    first, past = question.clauses[0], words("marks", "past")
    post = first.object if first.object is not None and not first.object.asked else first.subject
    if not first.is_ or post is None or len(post.post) < 2 or post.post[0] not in past:
        return None
    bare = replace(post, post=post.post[1:])
    ends = {"object": bare} if post is first.object else {"subject": bare}
    clause = replace(first, **ends)  # type: ignore[arg-type]
    return replace(question, clauses=(clause, *question.clauses[1:]), past=True)


_TURNS: Final[tuple[Callable[[Question], Question | None], ...]] = (
    _done_by, _listed, _worded, _called_that, _given_post, _deed_of_post, _called,
    _of_status, _in_a_state, _dated, _ailing, _nicknamed, _sentenced, _successive,
    _former,
)  # fmt: skip


# --- further ways ----------------------------------------------------------------------------------


def _deed(question: Question, accused: Clause) -> Question:
    """ "Who is suspected of telling him to leave?": who told him, as somebody says."""
    first = question.clauses[0]
    who = first.subject if first.passive else first.object
    clause = replace(accused, subject=who)
    to = next((c for c in clause.complements if c.marks == ("to",)), None)
    if clause.object is None and to is not None:  # "telling him to leave"
        rest = tuple(c for c in clause.complements if c is not to)
        clause = replace(clause, object=to.phrase, complements=rest)
    aside = question.aside[1:]  # the clause itself
    return replace(
        question, clauses=(clause, *question.clauses[1:]), aside=aside, statuses=_ACCUSED
    )


def _attached(question: Question) -> Question | None:
    """ "Who granted *access to the camp*?": "to the camp" belongs to the verb."""
    first = question.clauses[0]
    noun = first.object
    if first.is_ or noun is None or noun.asked or noun.proper or noun.of is None:
        return None
    if noun.by in ("", "of"):
        return None
    bare = replace(noun, of=None, by="", text=" ".join(noun.terms))
    rest = (*first.complements, Complement((noun.by,), noun.of))
    clause = replace(first, object=bare, complements=rest)
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _of_amount(question: Question) -> Question | None:
    """ "How much did Hale raise?": an amount may be what she raised."""
    first = question.clauses[0]
    much = next((c for c in first.complements if c.marks == ("amount",) and c.phrase.asked), None)
    if much is None or first.object is not None or first.passive or first.is_:
        return None
    rest = tuple(c for c in first.complements if c is not much)
    clause = replace(first, object=replace(much.phrase, head="amount"), complements=rest)
    asked = replace(much.phrase, head="amount")
    return replace(
        question, clauses=(replace(clause, object=asked), *question.clauses[1:]), asked=asked
    )


def _bought(question: Question) -> Question | None:
    """ "How much did Hale *pay for the ships*?": for how much she bought them."""
    first = question.clauses[0]
    much = next((c for c in first.complements if c.marks == ("amount",)), None)
    for_ = next((c for c in first.complements if c.marks == ("for",)), None)
    if first.verb not in words("verbs", "paying") or first.passive or much is None or for_ is None:
        return None
    rest = (
        replace(c, marks=("from",)) if c.marks == ("to",) else c
        for c in first.complements if c is not much and c is not for_
    )  # fmt: skip
    clause = replace(
        first, verb="buy", form="bought", object=for_.phrase, complements=(much, *rest)
    )
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _other_side(question: Question) -> Question | None:
    """ "Who *sold* the ship *to* Hale?": from whom Hale bought it."""
    first = question.clauses[0]
    verb, mark, other = mapping("counterparts").get(first.verb, ("", "", ""))
    end = next((c for c in first.complements if c.marks == (mark,)), None)
    if first.passive or end is None or first.subject is None:
        return None
    rest = tuple(c for c in first.complements if c is not end)
    clause = replace(
        first, verb=verb, form=verb, subject=end.phrase,
        complements=(Complement((other,), first.subject), *rest),
    )  # fmt: skip
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _to_come(question: Question) -> Question | None:
    """ "Which bank *is cutting* jobs?": it may only plan to."""
    first = question.clauses[0]
    if not first.form.split()[0].endswith("ing") or first.passive or first.planned or first.is_:
        return None
    return replace(question, clauses=(replace(first, planned=True), *question.clauses[1:]))


def _nearer(question: Question) -> Question | None:
    """ "Who is the mayor of the town *that sued the mill*?": the town did, and not the mayor."""
    first = question.clauses[0]
    noun = first.subject
    if not first.is_ or noun is None or noun.of is None or noun.of.proper or not noun.clauses:
        return None
    own = Phrase(noun.of.ref, noun.of.text)
    of = replace(noun.of, clauses=tuple(_with(one, own, noun.ref) for one in noun.clauses))
    clause = replace(first, subject=replace(noun, of=of, clauses=()))
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _killed_by(question: Question) -> Question | None:
    """ "*What* killed Hale?": what she died of."""
    first = question.clauses[0]
    what = first.subject
    if first.verb != "kill" or first.passive or what is None or first.object is None:
        return None
    if not _is_bare(what) or what.terms != ("what",):
        return None
    of = Complement(("of",), what)
    clause = replace(
        first, verb="die", form="died", subject=first.object, object=None,
        complements=(of, *first.complements),
    )  # fmt: skip
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _known_as(question: Question) -> Question | None:
    """ "What do *people* call Hale?": what she is known as."""
    first = question.clauses[0]
    who, name = first.subject, next((c for c in first.complements if c.marks == ("as",)), None)
    if first.verb not in words("verbs", "calling") or first.passive or first.object is None:
        return None
    if who is None or who.head not in words("names", "everybody") or who.of or who.clauses:
        return None
    if name is None or not _is_bare(name.phrase):
        return None
    clause = replace(
        first, verb="know", form="known", subject=first.object, object=None, passive=True
    )
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _described_as(question: Question) -> Question | None:
    """ "*How* did Hale describe the deal?": as what."""
    first = question.clauses[0]
    about = next((c for c in first.complements if c.marks == ("about",)), None)
    said = first.object
    if first.form.split()[0] not in words("verbs", "calling") or about is None or said is None:
        return None
    if not _is_bare(said) or first.verb != "say":
        return None
    rest = tuple(c for c in first.complements if c is not about)
    clause = replace(
        first, verb=first.form, object=about.phrase, complements=(Complement(("as",), said), *rest)
    )
    return replace(question, clauses=(clause, *question.clauses[1:]))


def _happening(question: Question) -> list[Question]:
    """ "When is the trial?": when it takes place, or was set for; a feast is observed."""
    first = question.clauses[0]
    event = first.subject
    when = any(c.marks == ("when",) for c in first.complements)
    if not first.is_ or not when or first.object is not None or event is None:
        return []
    if event.proper:
        verbs = ("observe", "celebrate", "mark", "hold")
        made = (replace(first, verb=v, form=f"{v}d", is_=False, passive=True) for v in verbs)
        return [replace(question, clauses=(one, *question.clauses[1:])) for one in made]
    clauses = [replace(first, verb="take place", form="take place", is_=False)]
    clauses += [
        replace(first, verb=verb, form=verb, is_=False, passive=True, planned=True)
        for verb in ("hold", "schedule", "plan")
    ]
    return [replace(question, clauses=(one, *question.clauses[1:])) for one in clauses]


def _says_anything(question: Question) -> bool:
    """ "Who said something?" """
    first = question.clauses[0]
    who, said = first.subject, first.object
    bare = said is None or (not said.asked and said.head in words("names", "anything"))
    other = first.content or first.complements or question.aside or question.source
    return (
        first.verb in words("verbs", "speech") and who is not None and who.asked and bare and not other
        and not question.most
    )  # fmt: skip


# --- phrases -------------------------------------------------------------------------------------


def _is_bare(phrase: Phrase) -> bool:
    """ "who", "what" alone."""
    return phrase.asked and not phrase.head


def _is_one_of_many(phrase: Phrase) -> bool:
    return phrase.proper or phrase.some


def _with(clause: Clause, asked: Phrase, about: int | None = None) -> Clause:
    """The clause with the open end in the place of the noun that it is about, of the same ``ref`` or of
    another (``about``)."""
    ref = asked.ref if about is None else about

    def put(end: Phrase | None) -> Phrase | None:
        return asked if end is not None and end.ref == ref else end

    return replace(
        clause, subject=put(clause.subject), object=put(clause.object), agent=put(clause.agent),
        complements=tuple(
            replace(c, phrase=asked) if c.phrase.ref == ref else c for c in clause.complements
        ),
    )  # fmt: skip
