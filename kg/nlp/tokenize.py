"""English words as the UD treebanks cut them: spaCy's rules, with changes held as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import NORM, ORTH
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

#: Exceptions of spaCy's that do harm: faces that are more often brackets before a colon, and
#: letters with a point, where a sentence ends in "$3m." or "40g."
_DROPPED = (
    "g.",
    "m.",
    "t.",
    "):",
    "(:",
    "(;",
    "(=",
    "(-:",
    "(-;",
    "];",
    "[:",
    "[;",
    "[=",
    "=[",
    "=]",
    "8)",
    "and/or",
)
_APOSTROPHE = "['’]"

_PREFIXES = (
    r"[=_*~#<>!?+-]{2,}",
    r"[-–—](?=[A-Za-z])",
    r"(?:US|HK|NZ|AU|CA|[AC])(?=\$)",
    r"<",
    r">",
)
_SUFFIXES = (
    r"[=_*~#<>!?+-]{2,}",
    r"(?<=[A-Za-z])[-–—]",
    r"(?<=\d)(?:am|pm|AM|PM|a\.m\.|p\.m\.)",
    r"(?<=US)\$",
    r"(?<=\d[A-Z])\.",
    r">",
    r"/",
)
_INFIXES = (
    r"(?<=[A-Za-z])-(?=[0-9])",
    r"(?<=[0-9])-(?=[A-Za-z$£€])",
    r"(?<=[.%])-(?=[A-Za-z])",
    r"[–—](?=\S)",
    r"(?<=[-–—/(])[$£€](?=[0-9])",
    r"--+",
    r"(?<=[A-Za-z])/(?=[A-Za-z0-9])",
    r"[\"“”<>()\[\]]",
    rf"(?<=[A-Za-z])(?={_APOSTROPHE}(?:s|re|ve|ll|d|m)(?:[–—]|--))",
    r"[!?]+(?=[A-Za-z])",
)


def english_tokenizer(nlp: Language) -> Tokenizer:
    """A tokenizer for ``nlp`` (a blank English pipeline); spaCy saves and loads it as any other.

    Hyphenated words are cut (``long - term``) but for those with a prefix (``co-founder``), so are
    words joined by a slash, a dash or a bracket; runs of one mark stay together.
    """
    rules: dict[str, Any] = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    )
    defaults = nlp.Defaults
    special: dict[str, list[dict[int, str]]] = {
        word: [{ORTH: part[ORTH]} for part in parts]
        for word, parts in (defaults.tokenizer_exceptions or {}).items()
        if word not in _DROPPED
    }
    for word, parts in list(special.items()):
        if re.search(_APOSTROPHE, word) and word.upper() not in special:
            special[word.upper()] = [{ORTH: part[ORTH].upper()} for part in parts]
    for word in rules["abbreviations"]:
        special[word] = [{ORTH: word}]
    for word, cut in rules["cut"].items():
        for form in (str, str.title, str.upper):
            whole, at = form(word), 0
            pieces = []
            for part in cut:
                pieces.append({ORTH: whole[at : at + len(part)]})
                at += len(part)
            special[whole] = pieces
    whole_words = "|".join(
        (
            rf"(?i:{'|'.join(rules['prefixes'])})-[A-Za-z]+",  # co-founder
            r"\d{3}-\d{4}",  # telephone numbers
            r"\d+(?:-\d+){2,}",  # 2025-08-06
            r"[bcw]/[co]",  # because, care of, without
        )
    )
    return Tokenizer(
        nlp.vocab,
        rules=special,
        prefix_search=compile_prefix_regex([*_PREFIXES, *(defaults.prefixes or [])]).search,
        suffix_search=compile_suffix_regex([*_SUFFIXES, *(defaults.suffixes or [])]).search,
        infix_finditer=compile_infix_regex([*_INFIXES, *(defaults.infixes or [])]).finditer,
        token_match=re.compile(rf"^(?:{whole_words})$").match,
        url_match=defaults.url_match,
    )


#: Characters without white space that a tokenizer is given at once. Longer are some addresses of
#: pages, and attacks: a tokenizer takes one sign off a word and looks at the rest again.
LONGEST_RUN = 256
_LONG = re.compile(rf"\S{{{LONGEST_RUN + 1},}} ?")
_PART = re.compile(rf"(?:\S{{1,{LONGEST_RUN - 1}}}[^\w\s]|\S{{1,{LONGEST_RUN}}}) ?")


class BoundedTokenizer:
    """A tokenizer that cuts what has no white space for `LONGEST_RUN` characters, after the last
    sign in them that is no letter; it does all else as the ``inner`` one, in time that grows as
    the text."""

    def __init__(self, inner: Callable[[str], Doc]) -> None:
        self.inner = inner

    def __call__(self, text: str) -> Doc:
        parts = list(_parts(text))
        if len(parts) < 2:
            return self.inner(text)
        docs = [self.inner(part) for part in parts]
        tokens = [token for doc in docs for token in doc]
        joined = Doc(
            docs[0].vocab,
            words=[token.text for token in tokens],
            spaces=[bool(token.whitespace_) for token in tokens],
        )
        norms: Any = np.concatenate([doc.to_array([NORM]) for doc in docs])
        return joined.from_array([NORM], norms)

    def __getattr__(self, name: str) -> Any:
        if name == "inner":  # not there yet while it is unpickled
            raise AttributeError(name)
        return getattr(self.inner, name)


def _parts(text: str) -> Iterator[str]:
    at = 0
    for long in _LONG.finditer(text):
        if long.start() > at:
            yield text[at : long.start()]
        yield from _PART.findall(long.group())
        at = long.end()
    if at < len(text):
        yield text[at:]
