"""Which nouns stand for which verbs, counted in QANom (Klein et al. 2020, MIT).

    python -m training.nominalizations CORPORA/qanom/train.csv.gz > kg/extract/nominalizations.tsv

One line a noun: lemma, verb, times judged, times it named an event, and how often its subject and
its object stood at each mark ("'s", "by", "of", "compound" for a word right before it...).
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter, defaultdict
from pathlib import Path

_MARKS = frozenset(
    [
        "of",
        "by",
        "for",
        "in",
        "on",
        "to",
        "with",
        "from",
        "against",
        "over",
        "about",
        "between",
        "at",
        "into",
    ]
)


def main(path: str) -> None:
    judged: dict[str, dict[str, bool]] = defaultdict(dict)
    verbs: dict[str, Counter[str]] = defaultdict(Counter)
    subjects: dict[str, Counter[str]] = defaultdict(Counter)
    objects: dict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(Path(path), "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            noun = singular(row["noun"].lower())
            verbs[noun][row["verb_form"]] += 1
            judged[noun][row["key"]] = row["is_verbal"] == "True"
            if not row["question"] or not row["answer_range"]:
                continue
            role = role_of(row)
            if role is None:
                continue
            words = row["sentence"].split(" ")
            for span in row["answer_range"].split("~!~"):
                start, end = (int(x) for x in span.split(":"))
                mark = mark_of(words, start, end, int(row["target_idx"]))
                if mark:
                    (subjects if role == "subject" else objects)[noun][mark] += 1
    for noun in sorted(judged):
        verb = sorted(verbs[noun].items(), key=lambda x: (-x[1], x[0]))[0][0]
        events = sum(judged[noun].values())
        if events:
            print(noun, verb, len(judged[noun]), events, show(subjects[noun]), show(objects[noun]),
                  sep="\t")  # fmt: skip


def show(counts: Counter[str]) -> str:
    """``of=12 by=3``, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    return " ".join(f"{mark}={count}" for mark, count in ordered) or "-"


def role_of(row: dict[str, str]) -> str | None:
    """What a question asks for: "Who used ...?" the subject, "What was used?" the object."""
    if row["wh"] not in ("who", "what"):
        return None
    passive = row["is_passive"] == "True"
    if not row["subj"]:
        return "object" if passive else "subject"
    if row["obj"] or (row["prep"] and row["prep"] != "by"):
        return None
    if passive:
        return "subject" if row["prep"] == "by" else None
    return "object"


def mark_of(words: list[str], start: int, end: int, noun: int) -> str | None:
    """How an answer hangs on the noun, as far as the words tell."""
    if start > noun:
        if words[start].lower() in _MARKS:
            return words[start].lower()
        before = [w.lower() for w in words[max(noun + 1, start - 3) : start]]
        for word in reversed(before):
            if word in _MARKS:
                return word
        return None
    if end <= noun:
        if words[end - 1] in ("'s", "'") or words[end] in ("'s", "'"):
            return "'s"
        if words[end - 1].lower() in ("its", "their", "his", "her", "my", "our", "your"):
            return "'s"
        if end == noun:
            return "compound"
    return None


def singular(noun: str) -> str:
    """The noun without a regular plural ending."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


if __name__ == "__main__":
    main(sys.argv[1])
