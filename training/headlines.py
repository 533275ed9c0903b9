"""Sentences as a headline would put them, trees and all: training data for headlinese.

Treebanks have next to no headlines, and a parser that has seen none takes "Court blocks sale" for
three nouns. Headlinese is regular (Mårdh 1980, *Headlinese*): articles go, the verb "be" goes, what
happened stands in the present tense, what will happen in the infinitive. So a sentence with its tree
makes a headline with its tree.
"""

from __future__ import annotations

import random

_SMALL = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with", "from"}
_FORMS = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_THIRD = "Mood=Ind|Number={}|Person=3|Tense=Pres|VerbForm=Fin"
#: Words, tags and tree of a sentence, and what its names may be.
_ROWS = ("words", "sp", "upos", "xpos", "feats", "lemma", "head", "rel")


def third_person(lemma: str) -> str:
    """The present tense that goes with "she": "sue" makes "sues", "carry" makes "carries"."""
    if lemma in _FORMS:
        return _FORMS[lemma]
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in set("aeiou"):
        return lemma[:-1] + "ies"
    return lemma + "s"


def _subject(s: dict, verb: int) -> int | None:
    while True:
        for i, (h, r) in enumerate(zip(s["head"], s["rel"], strict=True)):
            if h == verb and r in ("nsubj", "nsubj:pass"):
                return i
        if s["rel"][verb] != "conj":
            return None
        verb = s["head"][verb]


def _auxiliaries(s: dict, verb: int) -> int:
    return sum(h == verb and r.startswith("aux") for h, r in zip(s["head"], s["rel"], strict=True))


def _plural(s: dict, subject: int, verb: int) -> bool:
    if "PronType=Rel" in s["feats"][subject] and s["head"][verb] >= 0:
        subject = s["head"][verb]
    return (
        s["xpos"][subject] in ("NNS", "NNPS")
        or s["words"][subject].lower() in ("they", "we", "i", "you", "these", "those")
        or any(h == subject and r == "conj" for h, r in zip(s["head"], s["rel"], strict=True))
    )


def headline(s: dict, rng: random.Random) -> dict | None:
    """The sentence with its tree as a headline; nothing where it would make no headline."""
    n = len(s["words"])
    if not 5 <= n <= 24 or s["words"][-1] != "." or -1 not in s["head"]:
        return None
    root = s["head"].index(-1)
    subject = _subject(s, root)
    if subject is None or s["upos"][subject] not in ("NOUN", "PROPN"):
        return None
    names = s.get("ner") or [None] * n
    s = {**s, **{k: list(s[k]) for k in _ROWS}}
    parents = set(s["head"])
    gone = {n - 1}
    for i in range(n - 1):
        lemma, rel = s["lemma"][i].lower(), s["rel"][i]
        free = i not in parents and names[i] in (None, ["O"])
        h = s["head"][i]
        if not free:
            continue
        if rel == "det" and lemma in ("a", "an", "the"):
            gone.add(i)
        elif (
            rel in ("cop", "aux:pass", "aux")
            and lemma == "be"
            and s["xpos"][i] in ("VBZ", "VBP", "VBD")
        ):
            if rng.random() < 0.7:
                gone.add(i)
        elif rel == "aux" and lemma == "will" and s["xpos"][h] == "VB" and rng.random() < 0.7:
            s["words"][i], s["lemma"][i] = "to", "to"
            s["upos"][i], s["xpos"][i], s["feats"][i], s["rel"][i] = "PART", "TO", "_", "mark"
        elif rel == "aux" and lemma == "have" and s["xpos"][h] == "VBN" and _auxiliaries(s, h) == 1:
            gone.add(i)
            s["xpos"][h] = "VBD"
    for i in range(n):
        if s["xpos"][i] != "VBD" or i in gone:
            continue
        subject = _subject(s, i)
        if subject is None:
            continue
        many = _plural(s, subject, i)
        lemma = s["lemma"][i].lower()
        if lemma == "be":
            s["words"][i] = "are" if many else "is"
        else:
            s["words"][i] = lemma if many else third_person(lemma)
        s["xpos"][i] = "VBP" if many else "VBZ"
        s["feats"][i] = _THIRD.format("Plur" if many else "Sing")
    keep = [i for i in range(n) if i not in gone]
    if len(keep) < 3 or any(s["head"][i] in gone for i in keep):
        return None
    new = {old: k for k, old in enumerate(keep)} | {-1: -1}
    out = {**s, **{k: [s[k][i] for i in keep] for k in _ROWS}}
    out["head"] = [new[h] for h in out["head"]]
    if s.get("ner"):
        out["ner"] = [names[i] for i in keep]
    out["sp"][-1] = True
    out["doc"], out["par"] = f"{s['doc']}/headline", 0
    return out


def cased(words: list[str], rng: random.Random) -> list[str]:
    """The words as headlines are written: half as a sentence, half with Capitals."""
    first, rest = words[0], words[1:]
    if rng.random() < 0.5:
        rest = [w if w in _SMALL else w[:1].upper() + w[1:] for w in rest]
    return [first[:1].upper() + first[1:], *rest]
