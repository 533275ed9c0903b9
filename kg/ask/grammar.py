"""How the words of a parsed question hang together."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.ask.question import Asks, Phrase
from kg.ask.words import is_one_verb, mapping, words
from kg.extract.grammar.annotations import value_at
from kg.extract.statements import predicates
from kg.extract.words.load import word_lists


def is_copula(root: Token) -> bool:
    torn_ = [
        d for c in root.children if c.tag_ == "WP" for d in c.children
    ]  # "What is Hale mayor of?"
    copulas = any(c.dep_ == "cop" for c in (*root.children, *torn_))
    if root.lemma_ == "be" or (copulas and not _is_state(root)):
        return True
    asks = root.lower_ in words("asked", "who") | words("asked", "what")
    return asks and any(c.dep_.startswith("nsubj") for c in root.children)


def _is_state(root: Token) -> bool:
    """ "Who was Hale *married* to?": a passive that the parse has for what she is."""
    return root.pos_ == "VERB" and root.tag_ == "VBN"


def told_of(root: Token) -> Token | None:
    """ "the *head* of the bank that ..." of "Who is the head of the bank that ...?", which the parse may take
    for a name of "who"."""
    if root.lower_ not in words("asked", "who") | words("asked", "what"):
        return None
    behind = (c for c in root.children if c.dep_ == "appos")
    return next((c for c in behind if any(d.dep_ == "cop" for d in c.children)), None)


def of_state(state: Token) -> list[Token]:
    """What a state is told of: "guilty of *fraud*"."""
    return [c for c in state.children if c.dep_ == "obl"]


def is_truth(doc: Doc) -> bool:
    first = next((t for t in doc if not t.is_punct), None)
    return first is not None and (first.pos_ == "AUX" or first.lemma_ in ("do", "be", "have"))


def determined(token: Token) -> Asks | None:
    """What "which X", "how many X" ask for; None where the phrase is told."""
    for c in token.children:
        if c.lower_ in words("asked", "what") and c.dep_.startswith("det"):
            return "thing"
        if c.lower_ in ("many", "much") and how(c):
            return "count" if c.lower_ == "many" else "amount"
    if token.lower_ in ("many", "much") and how(token):
        return "count" if token.lower_ == "many" else "amount"
    return None


def how(token: Token) -> bool:
    return any(c.lower_ == "how" for c in token.children)


def adverb(token: Token) -> Asks | None:
    low = token.lower_
    if low in words("asked", "where"):
        return "place"
    if low in words("asked", "when"):
        return "time"
    if low in words("asked", "why"):
        return "thing"
    return "amount" if low in ("much", "long") and how(token) else None


def child_of(token: Token, beside: Token | None = None) -> Token | None:
    """Y of "the N of Y", "the N at Y"; another than the one ``beside``."""
    return next(
        (
            c
            for c in token.children
            if c.dep_ == "nmod"
            and c != beside
            and preposition(c) in ("of", "at", "for", "to", "in", "from")
        ),
        None,
    )


def before_of(token: Token) -> str:
    """The word that `child_of` has before it: "in" of "interest *in* the firm"."""
    behind = child_of(token)
    return (behind is not None and preposition(behind)) or ""


def post_of(token: Token) -> Token | None:
    """The second noun of a post of two: "chief of *staff*"."""
    behind = child_of(token)
    if behind is None or preposition(behind) != "of" or behind.pos_ == "PROPN":
        return None
    whole = f"{token.lemma_} of {behind.lemma_}".casefold()
    posts = word_lists("roles")["property"].values()
    return behind if any(whole in names for names in posts) else None


def property_of(token: Token) -> str | None:
    """A property that takes two nouns to tell: "date of birth"."""
    behind = child_of(token)
    whole = f"{token.lemma_} {preposition(behind)} {behind.lemma_}" if behind is not None else ""
    return whole.casefold() if whole.casefold() in mapping("properties") else None


def name_of(token: Token) -> Token | None:
    """The name of what a noun describes: "the actor *Ann Lee*"."""
    if token.pos_ != "NOUN":
        return None
    behind = (c for c in token.children if c.dep_ in ("appos", "flat") and c.pos_ == "PROPN")
    own = next((c for c in behind if c.i == token.i + 1), None)
    called = (c for c in token.children if c.dep_ == "acl" and c.lemma_ in words("verbs", "naming"))
    named = (d for c in called for d in c.children if d.pos_ == "PROPN" and d.i > c.i)
    return own or next(named, None)  # "the ship called *Orla*"


def makers(token: Token) -> list[Token]:
    """ "Castell Marine" of "the Castell Marine spokesman"."""
    if token.pos_ != "NOUN":
        return []
    return [c for c in token.children if c.dep_ == "compound" and c.pos_ == "PROPN"]


def before(token: Token) -> list[Token]:
    """The words of a phrase before (and, of a name, after) its head that are no article."""
    kept = ("compound", "amod", "flat", "nummod", "nmod:desc", "nmod:unmarked", "appos")
    inside: list[Token] = []
    for c in token.children:
        if c.dep_ == "punct" and c.tag_ == "HYPH":
            inside.append(c)
        torn = token.dep_.startswith("nsubj") and token.i < token.head.i < c.i
        if (c.dep_ in kept or c.dep_.startswith("flat")) and not c.is_punct and not torn:
            inside += [*before(c), c]
    return sorted(inside, key=lambda t: t.i)


def text(token: Token) -> str:
    """The words of a phrase without its article, question word and relative clause."""
    titles = [c for c in token.children if c.dep_ == "nmod:desc" and token.pos_ == "PROPN"]
    start = max((c.i + 1 for c in titles), default=0)  # "Malawi's Vice President *Hale*"
    left = [t for t in token.subtree if t.i >= start and not beyond(t, token)]
    while left and (
        left[0].lower_ in words("names", "articles")
        or left[0].is_punct
        or left[0].dep_ in ("case", "fixed")
        or left[0].tag_ in ("WDT", "WP$", "WP", "PRP$")
    ):
        left.pop(0)
    while left and (left[-1].is_punct or left[-1].tag_ == "POS"):
        left.pop()
    return "".join(t.text_with_ws for t in left).strip()


def beyond(token: Token, head: Token) -> bool:
    at = token
    if head.dep_.startswith("nsubj") and head.i < head.head.i < token.i:
        return True
    while at != head:
        if (
            at.dep_ in ("acl:relcl", "acl", "cop", "nsubj", "aux", "punct", "appos")
            and at.head == head
        ):
            return True
        at = at.head
    return False


def preposition(token: Token) -> str | None:
    """The preposition before a phrase; "according to" whole."""
    for c in token.children:
        if c.dep_ == "case" and c.i < token.i and c.tag_ != "POS":
            more = [d for d in c.children if d.dep_ == "fixed"]
            return " ".join(t.lower_ for t in sorted([c, *more], key=lambda t: t.i))
    return None


def stranded(parts: list[Token]) -> str | None:
    """The preposition at the end: "Who did she meet *with*?" """
    for part in parts:
        if (
            part.pos_ == "ADP"
            and part.dep_ in ("case", "obl", "advmod", "mark")
            and not list(part.children)
        ):
            return part.lower_
        for c in part.children:
            if c.dep_ == "case" and c.i > part.i and c.pos_ == "ADP" and c.tag_ != "POS":
                return c.lower_
    return None


def torn(verb: Token) -> list[Token]:
    """What the parse took for the rest of a name before the verb: "Did *X* sue *Y*?" """
    return [
        c
        for subject in verb.children
        for c in subject.children
        if subject.dep_.startswith("nsubj")
        and subject.i < verb.i < c.i
        and c.dep_.startswith("flat")
    ]


def passive(verb: Token) -> bool:
    marks = ("aux:pass", "nsubj:pass", *(("cop",) if _is_state(verb) else ()))
    return any(c.dep_ in marks for c in verb.children)


def negated(verb: Token) -> bool:
    return any(c.lower_ in ("not", "n't", "n’t", "never") for c in verb.children)


def lemma(verb: Token) -> str:
    """A verb with its particles: "take over"."""
    helped = any(c.lemma_ == "do" and c.dep_ == "aux" for c in verb.children)
    return " ".join([verb.lower_ if helped else verb.lemma_.lower(), *_particles(verb)])


def form(verb: Token) -> str:
    """The same as it stands: "taken over"."""
    return " ".join([verb.lower_, *_particles(verb)])


def _particles(verb: Token) -> list[str]:
    found = [*predicates.particles(verb)]
    if not found:  # "pass *away*", "come *out* in"
        found = [
            c for c in verb.children
            if c.i == verb.i + 1 and not list(c.children) and c.pos_ in ("ADV", "ADP", "PART")
            and (c.lower_ in words("verbs", "adverbs") or is_one_verb(verb.lemma_, c.lower_))
        ]  # fmt: skip
    return [c.lower_ for c in found]


def coloured(verb: Token) -> Token:
    """The verb that another, or an adjective, only colours: "plans to *extend*", "is said to *own*",
    "is likely to *win*"."""
    colours = verb.lemma_ in words("verbs", "planning") | words("verbs", "colouring")
    reported = passive(verb) and verb.lemma_ in words("verbs", "say") | words("verbs", "reported")
    other = any(
        c.dep_ in ("obj", "iobj") and c.i > verb.i for c in verb.children
    )  # "wanted *her* to"
    for c in verb.children if (colours or reported) and not other else ():
        if c.dep_ == "xcomp" and c.pos_ == "VERB" and any(d.lower_ == "to" for d in c.children):
            return c
    return verb


def light(verb: Token) -> str:
    """The object that makes one verb of it: "take *place*", "have its *headquarters*"."""
    fixed = words("verbs", "fixed")
    found = (c for c in verb.children if c.dep_ == "obj" and not _told(c))
    return next((f" {c.lower_}" for c in found if f"{verb.lemma_} {c.lower_}" in fixed), "")


def _told(noun: Token) -> bool:
    """Whether more than an article or "its" stands with a noun."""
    return any(c.tag_ not in ("PRP$", "DT") for c in noun.children)


def future(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("will", "shall", "'ll") for c in verb.children)


def planned(verb: Token) -> bool:
    """Whether it colours what is not done yet: "plans to", "is going to"."""
    return verb.lemma_ in words("verbs", "planning")


def is_described(part: Token) -> bool:
    """ "*How* did Hale describe the deal?": asks for words."""
    return part.lower_ == "how" and part.head.lemma_ in words("verbs", "described")


def is_bare(doc: Doc) -> bool:
    """Whether it is a phrase without any verb: "mayor of Porthaven?"."""
    verbs = (t for t in doc if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("amod", "acl"))
    return not any(verbs) and not any(t.tag_.startswith("W") for t in doc)


def claimed_true(root: Token) -> Token | None:
    """The verb of what is asked for by "Is it true that ...?"."""
    expletive = any(c.lower_ == "it" and c.dep_ != "obj" for c in root.children)
    if root.lemma_ not in words("asked", "truths") or not expletive:
        return None
    return next((c for c in root.children if c.dep_ in ("csubj", "ccomp", "advcl")), None)


def speaker(noun: Token) -> Token | None:
    """Whose comment it is: "*Hale's* comment", "the comment of *Hale*"."""
    whose = [c for c in noun.children if c.dep_ == "nmod:poss" and c.tag_ != "PRP$"]
    of = [c for c in noun.children if c.dep_ == "nmod" and preposition(c) == "of"]
    return next(iter([*whose, *of]), None)


def beside(noun: Token) -> list[Token]:
    """What is told of a noun beside the first of "of", "at", "in": "mayor of Brenna *before Hale*"."""
    first = child_of(noun)
    return [c for c in noun.children if c.dep_ == "nmod" and c != first and preposition(c)]


def succession(noun: Token) -> list[tuple[str, Token]]:
    """The names before or after whom somebody was a noun: "mayor of Brenna before *Hale*"."""
    found = ((preposition(c) or "", c) for c in noun.children if c.pos_ == "PROPN")
    return [(mark, c) for mark, c in found if mark in words("marks", "succession")]


def said_inside(root: Token) -> Token | None:
    """The verb of what is said, in what may be a question about it: "say *threatens* the mill"."""
    if root.lemma_ not in words("verbs", "say") | words("verbs", "finding"):
        return None
    found = (c for c in root.children if c.dep_ == "ccomp" and c.pos_ in ("VERB", "AUX"))
    return next((c for c in found if not any(d.dep_ == "mark" for d in c.children)), None)


def asks(token: Token) -> bool:
    """Whether a phrase asks for something: "what", "how many people", "which firm"."""
    return token.tag_.startswith("W") or determined(token) is not None


def most(noun: Token) -> bool:
    """ "the *most* statements"."""
    return any(c.lower_ in words("asked", "most") for c in noun.children)


def names(doc: Doc) -> tuple[Phrase, ...]:
    """The names of a question, without titles, each with the place of its head."""
    found: dict[int, list[str]] = {}
    for token in doc:
        if token.pos_ != "PROPN" or token.lower_ in words("names", "titles") or _is_time(token):
            continue
        top = token
        while top.head != top and top.head.pos_ == "PROPN" and top.dep_ in ("flat", "compound"):
            top = top.head
        found.setdefault(top.i, []).append(token.text)
    return tuple(Phrase(ref, " ".join(terms), tuple(terms)) for ref, terms in found.items())


def _is_time(token: Token) -> bool:
    return bool(value(token)) or token.lower_ in words("numbers", "vague") | words(
        "numbers", "months"
    )


def told_about(noun: Token) -> Token | None:
    """What "something" was said about: "something about *jobs*"."""
    return next(
        (
            c
            for c in noun.children
            if any(
                d.dep_ in ("case", "mark") and d.lower_ in words("verbs", "about")
                for d in c.children
            )
        ),
        None,
    )


def wants_deed(part: Token) -> Token | None:
    """ "What did she ask him *to do*?": the word that asks for a deed."""
    if part.dep_ not in ("xcomp", "ccomp", "advcl") or part.lemma_ != "do":
        return None
    return next((c for c in part.children if c.lower_ in words("asked", "what")), None)


def gerund_after(part: Token) -> str | None:
    """The preposition before a verb: "about *changing* coaches", "of *telling* him"."""
    if part.dep_ != "advcl" or part.tag_ != "VBG":
        return None
    return next((c.lower_ for c in part.children if c.dep_ == "mark" and c.i < part.i), None)


def value(token: Token) -> str:
    found = value_at(token)
    return found.value if found is not None else ""


def content(token: Token) -> tuple[str, ...]:
    """The words that carry what was said; "=" before those of a name that none may lack."""
    return tuple(f"{'=' if _ends_name(t) else ''}{t.lemma_.casefold()}" for t in _carrying(token))


def carrying(token: Token) -> tuple[str, ...]:
    """The words of a clause that carry something."""
    return tuple(t.lemma_.casefold() for t in _carrying(token))


def _carrying(token: Token) -> list[Token]:
    kinds = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
    return [t for t in token.subtree if t.pos_ in kinds and not t.is_stop]


def _ends_name(token: Token) -> bool:
    behind = token.doc[token.i + 1 : token.i + 2]
    return token.pos_ == "PROPN" and not any(t.pos_ == "PROPN" for t in behind)
