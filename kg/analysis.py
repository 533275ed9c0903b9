"""What is known of a document beyond what spaCy keeps on its words: one `Analysis` a Doc.

A part of the pipeline puts in what it alone can tell (`keep`); whoever needs it asks `analysis_of`.
What follows from the document is not put in: `Analysis.known` makes it when it is asked for, once,
and it falls with the analysis that it was made for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from spacy.tokens import Doc

    from kg.lexicon import Lexicon
    from kg.model import Article
    from kg.taught import Lessons

T = TypeVar("T")
#: Where a document keeps its analysis, for those who ask for it millions of times.
KEY: Final = "kg"


class Known(dict[Any, Any]):
    """What functions of a document gave: ``known[function]`` is ``function(doc)``, made once."""

    __slots__ = ("_doc",)

    def __init__(self, doc: Doc) -> None:
        super().__init__()
        self._doc = doc

    if TYPE_CHECKING:

        def __getitem__(self, function: Callable[[Doc], T]) -> T: ...

    def __missing__(self, function: Callable[[Doc], T]) -> T:
        self[function] = made = function(self._doc)
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What the parts of the pipeline tell of ``doc``. Each is empty where its part did not run.

    ``text`` is ``doc.text``, which spaCy puts together anew each time. By the parser: ``arcs`` how
    probable the head of each word is, ``names`` its entity tag, ``states`` a row for each word,
    ``attention`` of each pronoun where its window begins and a row for each word of that: how much
    they attend to each other.
    By coreference: ``antecedents`` how probable what a pronoun stands for is, by the pronoun's
    place, ``rivals`` the pronouns that may as well stand for another person, ``guessed`` those of them
    that do not go on with whom the words before tell of. ``lexicon`` are
    the words for relations of a pipeline that has its own, ``taught`` what its network learned of others; ``turns`` the stretches of characters
    in which somebody has the turn, ``laid`` an article with the turns that its page lays out
    (`kg.extract.speech.turns.turns_in`). ``known`` is what follows from all that.
    """

    doc: Doc
    text: str
    arcs: Sequence[float] = ()
    names: Sequence[float] = ()
    states: npt.NDArray[np.int8] | None = None
    attention: Mapping[int, tuple[int, npt.NDArray[np.uint8]]] = field(default_factory=dict)
    antecedents: Mapping[int, float] = field(default_factory=dict)
    rivals: frozenset[int] = frozenset()
    guessed: frozenset[int] = frozenset()
    lexicon: Lexicon | None = None
    taught: Lessons | None = None
    turns: tuple[tuple[int, int], ...] = ()
    laid: tuple[Article | None, tuple[Any, ...]] = (None, ())
    known: Known = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", Known(self.doc))


def analysis_of(doc: Doc) -> Analysis:
    """The analysis that is kept with ``doc``; an empty one where there is none yet."""
    try:
        found: Analysis = doc.user_data[KEY]
    except KeyError:
        found = keep(Analysis(doc, doc.text))
    return found


def keep(analysis: Analysis) -> Analysis:
    """The analysis, which is from now on that of its document."""
    analysis.doc.user_data[KEY] = analysis
    return analysis


def forget(doc: Doc) -> None:
    """Drop what was made of ``doc``: for whoever changed its parse, its mentions or its values."""
    keep(replace(analysis_of(doc)))


def release(doc: Doc) -> None:
    """Drop the analysis, which holds its document: so the memory of both is free at once."""
    doc.user_data.pop(KEY, None)
