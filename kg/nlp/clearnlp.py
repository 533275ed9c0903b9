"""The component ``kg_clearnlp_to_ud``: trees in ClearNLP style become Universal Dependencies.

spaCy's own English pipelines (``en_core_web_*``) speak the labels of the ClearNLP converter (Choi
and Palmer 2012): prepositions head their objects, the copula heads its predicate, conjuncts hang
in a chain. Extractors read UD v2; this component turns the one shape into the other, in place, and
fills in morphology that extractors need where the pipeline gave none. A tree that is in UD shape
already (no label that only ClearNLP has) is left alone.

Put it after the parser; after the entity recogniser names of persons become ``flat`` as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc

#: Labels that only a ClearNLP-style tree has.
ONLY_CLEARNLP: Final = frozenset(
    "nsubjpass auxpass dobj dative prep pobj pcomp attr acomp agent poss relcl npadvmod quantmod prt "
    "neg csubjpass predet preconj intj oprd rcmod nn complm infmod partmod possessive num".split()
)
_PLAIN: Final = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj",
    "dative": "iobj", "poss": "nmod:poss", "relcl": "acl:relcl", "rcmod": "acl:relcl",
    "infmod": "acl", "partmod": "acl", "quantmod": "advmod", "prt": "compound:prt",
    "neg": "advmod", "predet": "det:predet", "preconj": "cc:preconj", "intj": "discourse",
    "oprd": "xcomp", "attr": "xcomp", "acomp": "xcomp", "complm": "mark", "possessive": "case",
    "nn": "compound", "num": "nummod", "number": "compound", "hyph": "punct", "hmod": "compound",
    "meta": "dep", "subtok": "goeswith", "agent": "obl:agent", "pobj": "obl", "root": "ROOT",
}  # fmt: skip
_PREPOSITION: Final = frozenset({"prep", "agent", "dative"})
_CLAUSAL: Final = frozenset({"VERB", "AUX", "ADJ", "ADV"})
_MORPH: Final = {
    "NN": "Number=Sing", "NNS": "Number=Plur", "NNP": "Number=Sing", "NNPS": "Number=Plur",
    "VBD": "Mood=Ind|Tense=Past|VerbForm=Fin", "VBN": "Tense=Past|VerbForm=Part",
    "VBG": "VerbForm=Ger", "VB": "VerbForm=Inf", "VBP": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "MD": "VerbForm=Fin",
    "JJR": "Degree=Cmp", "JJS": "Degree=Sup", "CD": "NumType=Card", "PRP$": "Poss=Yes|PronType=Prs",
    "WP": "PronType=Rel", "WDT": "PronType=Rel",
}  # fmt: skip


@Language.factory("kg_clearnlp_to_ud", retokenizes=False, assigns=["token.dep", "token.head"])
def make_clearnlp_to_ud(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component; it has no settings."""
    return to_ud


def to_ud(doc: Doc) -> Doc:
    """Turn a ClearNLP-style tree into a UD one, in place; a UD tree stays as it is.

    >>> import spacy
    >>> from spacy.tokens import Doc
    >>> doc = Doc(spacy.blank("en").vocab, words=["Ann", "lives", "in", "Rome"],
    ...           pos=["PROPN", "VERB", "ADP", "PROPN"], heads=[1, 1, 1, 2],
    ...           deps=["nsubj", "ROOT", "prep", "pobj"])
    >>> [(t.dep_, t.head.text) for t in to_ud(doc)]
    [('nsubj', 'lives'), ('ROOT', 'lives'), ('case', 'Rome'), ('obl', 'lives')]
    """
    if any(t.dep_ in ONLY_CLEARNLP for t in doc):
        tree = _Tree(doc)
        tree.money()
        tree.prepositions()
        tree.predicates()
        tree.coordination()
        tree.names()
        tree.labels()
        tree.write()
    _morphology(doc)
    return doc


class _Tree:
    """Heads and labels of a Doc while they are turned."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.head = [t.head.i for t in doc]
        self.dep = [t.dep_ for t in doc]
        self.bounds = [(s.start, s.end) for s in doc.sents for _ in s]

    def children(self, i: int) -> list[int]:
        """The words that hang on a word; they are looked for in its sentence."""
        start, end = self.bounds[i]
        return [j for j in range(start, end) if self.head[j] == i and j != i]

    def replace(self, old: int, new: int) -> None:
        """``new``, which hangs below ``old``, takes its place, and ``old`` hangs on it."""
        self.head[new] = self.head[old] if self.head[old] != old else new
        self.dep[new] = self.dep[old]
        self.head[old] = new

    def money(self) -> None:
        """ "$" heads its number."""
        for i, token in enumerate(self.doc):
            number = self.head[i]
            if not token.is_currency or self.dep[i] not in ("quantmod", "nmod", "compound"):
                continue
            if self.doc[number].pos_ != "NUM" and self.doc[number].tag_ != "CD":
                continue
            self.replace(number, i)
            self.dep[number] = "nummod"
            for child in self.children(number):
                if self.dep[child] not in ("compound", "quantmod", "advmod"):
                    self.head[child] = i

    def prepositions(self) -> None:
        """Objects take the place of their prepositions, which become ``case`` or ``mark``."""
        for i in range(len(self.doc)):
            if self.dep[i] in _PREPOSITION and self._adposition(i):
                self._turn(i)
        for i in range(len(self.doc)):
            # "in Paris and in London"
            if self.dep[i] == "conj" and self.doc[i].pos_ in ("ADP", "SCONJ"):
                found = self._object(i)
                first = self.head[i]
                if found is None:
                    continue
                chain, target = found
                if self.dep[first] in ("case", "mark"):
                    first = self.head[first]
                self.head[target], self.dep[target] = first, "conj"
                self._case(chain, target)

    def _adposition(self, i: int) -> bool:
        return self.dep[i] != "dative" or self.doc[i].pos_ in ("ADP", "SCONJ")

    def _object(self, i: int) -> tuple[list[int], int] | None:
        """The prepositions of a chain ("out of", "according to") and what they govern."""
        chain = [i]
        for _ in range(4):
            below = self.children(chain[-1])
            target = next((j for j in below if self.dep[j] == "pobj"), None)
            if target is None:
                target = next((j for j in below if self.dep[j] == "pcomp"), None)
                further = self.children(target) if target is not None else []
                governs = any(self.dep[j] in ("pobj", "pcomp") for j in further)
                if target is not None and governs and self.doc[target].pos_ in ("ADP", "SCONJ"):
                    chain.append(target)
                    continue
            if target is not None:
                return chain, target
            second = next((j for j in below if self.dep[j] == "prep"), None)
            if second is None:
                return None
            chain.append(second)
        return None

    def _turn(self, i: int) -> None:
        found = self._object(i)
        if found is None:
            self.dep[i] = "advmod" if self.dep[i] != "dative" else "obl"
            return
        chain, target = found
        above = self.head[i]
        verbal = self.doc[above].pos_ in _CLAUSAL
        clause = self.dep[target] == "pcomp" and self.doc[target].pos_ in ("VERB", "AUX")
        self.head[target] = above if above != i else target
        if self.dep[i] == "agent":
            self.dep[target] = "obl:agent"
        elif clause:
            self.dep[target] = "advcl" if verbal else "acl"
        else:
            self.dep[target] = "obl" if verbal else "nmod"
        if above == i:
            self.dep[target] = "ROOT"
        self._case(chain, target, "mark" if clause else "case")

    def _case(self, chain: list[int], target: int, label: str = "case") -> None:
        for i in chain:
            for child in self.children(i):
                if child != target and child not in chain:
                    self.head[child] = target
            self.head[i], self.dep[i] = target, label

    def predicates(self) -> None:
        """The predicate heads its copula; "there is a man" has a subject."""
        for i, token in enumerate(self.doc):
            if token.lemma_.lower() != "be" or self.dep[i] in ("aux", "auxpass"):
                continue
            below = self.children(i)
            told = [j for j in below if self.dep[j] in ("attr", "acomp")]
            if any(self.dep[j] == "expl" and self.doc[j].lower_ == "there" for j in below):
                for j in told[:1]:
                    self.dep[j] = "nsubj"
                continue
            target = told[0] if told else self._place(i, below)
            if target is None:
                continue
            self.replace(i, target)
            self.dep[i] = "cop"
            for j in below:
                if j != target:
                    self.head[j] = target
            for j in told[1:]:
                self.dep[j] = "nsubj" if not self._has_subject(target) else "xcomp"

    def _has_subject(self, i: int) -> bool:
        return any(self.dep[j].startswith("nsubj") for j in self.children(i))

    def _place(self, i: int, below: list[int]) -> int | None:
        """The predicate of "is in Rome", "is of interest"."""
        if any(self.dep[j] in ("ccomp", "xcomp", "advcl", "oprd", "dobj") and j > i for j in below):
            return None
        if not any(self.dep[j] in ("nsubj", "csubj") for j in below):
            return None
        right = [j for j in below if j > i and self.dep[j] == "obl"]
        if not right:
            return None
        start = min((j for j in self.children(right[0]) if self.dep[j] == "case"), default=-1)
        between = range(i + 1, start)
        ok = start > i and all(self.dep[j] in ("advmod", "neg", "punct") for j in between)
        return right[0] if ok else None

    def coordination(self) -> None:
        """All conjuncts hang on the first one, a conjunction on the conjunct after it."""
        links = [i for i in range(len(self.doc)) if self.dep[i] == "conj"]
        for i in range(len(self.doc)):
            if self.dep[i] == "cc":
                first = self.head[i]
                after = [j for j in links if self.head[j] == first and j > i]
                if after:
                    self.head[i] = after[0]
        for i in links:
            at, seen = self.head[i], {i}
            while self.dep[at] == "conj" and at not in seen:
                seen.add(at)
                at = self.head[at]
            self.head[i] = at

    def names(self) -> None:
        """A person's name hangs on its first word."""
        for ent in self.doc.ents:
            if ent.label_ != "PERSON" or len(ent) < 2:
                continue
            inner = [i for i in range(ent.start, ent.end) if self.doc[i].pos_ == "PROPN"]
            tops = [i for i in inner if self.head[i] not in inner or self.head[i] == i]
            if len(inner) < 2 or len(tops) != 1 or tops[0] == inner[0]:
                continue
            if any(self.dep[i] != "compound" for i in inner if i != tops[0]):
                continue
            top, first = tops[0], inner[0]
            for j in self.children(top):
                if j not in inner:
                    self.head[j] = first
            self.replace(top, first)
            for i in inner[1:]:
                self.head[i], self.dep[i] = first, "flat"

    def labels(self) -> None:
        """The labels that have a plain counterpart."""
        for i, token in enumerate(self.doc):
            dep = self.dep[i]
            above = self.doc[self.head[i]]
            if dep == "aux" and token.tag_ == "TO":
                dep = "mark"
            elif dep == "npadvmod":
                dep = "obl:unmarked" if above.pos_ in _CLAUSAL else "nmod:unmarked"
            elif dep == "pcomp":
                dep = "advcl" if token.pos_ in ("VERB", "AUX") else "obl"
            elif dep == "prep":
                dep = "advmod"
            elif dep == "nmod" and i < above.i and not self._marked(i):
                dep = "compound"
            elif dep == "dative" and token.pos_ in ("ADP", "SCONJ"):
                dep = "obl"
            self.dep[i] = _PLAIN.get(dep, dep)
            if self.head[i] == i:
                self.dep[i] = "ROOT"

    def _marked(self, i: int) -> bool:
        return any(self.dep[j] == "case" for j in self.children(i))

    def write(self) -> None:
        """Put heads and labels into the Doc."""
        strings = self.doc.vocab.strings
        rows = np.zeros((len(self.doc), 2), np.uint64)
        offsets = np.array([h - i for i, h in enumerate(self.head)], np.int64)
        rows[:, 0] = offsets.astype(np.uint64)
        rows[:, 1] = [strings.add(d) for d in self.dep]
        self.doc.from_array([HEAD, DEP], rows)  # type: ignore[arg-type]


def _morphology(doc: Doc) -> None:
    """Number, tense and verb form by tag, where a token has no morphology at all."""
    for token in doc:
        if not str(token.morph) and token.tag_ in _MORPH:
            token.set_morph(_MORPH[token.tag_])  # type: ignore[attr-defined]
