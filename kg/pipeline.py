"""One article to its result: parse, extract, resolve within the article. No input or output.

`process` is a function of the article, the pipeline and the settings; `Worker` is the same as a
value that travels to other processes and turns an exception into a `Failure`.
"""

from __future__ import annotations

import logging
import pickle
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg import registry
from kg.analysis import Analysis, keep, release
from kg.budget import check, limited
from kg.config import Settings
from kg.errors import ConfigError, TooSlow, told
from kg.model import Article, ArticleResult, Claim, Failure, Quote
from kg.protocols import Extractor
from kg.resolve.within import Resolved, named_things, resolve_within
from kg.results import made_plain
from kg.seeds import NO_SEEDS, Seeds
from kg.steps import of, step
from kg.vocabulary import SHIPPED, Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


log = logging.getLogger("kg.pipeline")
#: What can be done about an article that took too long.
SLOW: Final = "Raise [build] seconds_per_article to have it in the graph."


def parse(article: Article, nlp: Language) -> Doc:
    """The parse of the article's text, with the article's date known to the pipeline.

    Values such as "last Friday" are told against ``article.date``; a turn of an interview begins
    a sentence.
    """
    from kg.extract.speech.parties import part
    from kg.extract.speech.turns import turns_in

    doc = nlp.make_doc(article.text)
    keep(Analysis(doc, article.text))
    part(doc, turns_in(doc, article))
    if doc.has_extension("kg_date"):
        doc._.kg_date = article.date
    if doc.has_extension("kg_outlet"):
        from kg.nlp.values.outlets import country_of

        doc._.kg_outlet = country_of(article.url, article.publisher)
    return nlp(doc)


def process(
    article: Article,
    nlp: Language,
    settings: Settings,
    *,
    seeds: Seeds = NO_SEEDS,
    pipeline: str = "",
    vocabulary: Vocabulary = SHIPPED,
) -> ArticleResult:
    """All that the article says. ``pipeline`` is the fingerprint the result is to carry,
    ``vocabulary`` tells which relations are sensitive."""
    from kg.extract import extract
    from kg.extract.grammar.annotations import mentions_of
    from kg.extract.grammar.tree import sentence_starts
    from kg.extract.statements.abstain import abstentions
    from kg.extract.statements.confidence import rated, without
    from kg.limits import limits
    from kg.nlp.values import two_ways

    doc = parse(article, nlp)
    check()
    step("statements")
    found = extract(doc, article, settings.pipeline.extractors)
    check()
    step("names")
    # What a statement is about tells how sure it must be; what is left out then leaves no trace.
    asked = limits(settings, vocabulary)

    mentions = mentions_of(doc)
    named = named_things(article, mentions)

    def resolve(claims: Iterable[Claim], quotes: Iterable[Quote]) -> Resolved:
        return resolve_within(
            article,
            mentions,
            claims,
            quotes,
            seeds=seeds,
            first_person=found.first_person,
            named=named,
        )

    likely, unsure = without(rated(doc, found.claims), lambda c: c.confidence < asked.least)
    resolved = resolve(likely, found.quotes)
    worth = asked.weigher(doc, resolved)
    limit, least = asked.of(doc, resolved, worth), asked.of_quotes(doc, resolved, worth)
    low = {one.claim.key for one in resolved.claims if one.claim.confidence < limit(one)}
    empty = {one.quote.key for one in resolved.quotes if one.quote.confidence < least(one)}
    if low or empty:
        claims, doubted = without(likely, lambda claim: claim.key in low)
        quotes = tuple(quote for quote in found.quotes if quote.key not in empty)
        unsure, resolved = (*unsure, *doubted), resolve(claims, quotes)
    result = ArticleResult(
        article=article,
        entities=resolved.entities,
        claims=resolved.claims,
        quotes=resolved.quotes,
        abstentions=tuple(
            abstentions(
                doc,
                article,
                [linked.claim for linked in resolved.claims],
                [linked.quote for linked in resolved.quotes],
                unsure,
                found.refused,
                (quote for quote in found.quotes if quote.key in empty),
            )
        ),
        sentences=len(sentence_starts(doc)),
        pipeline=pipeline,
        two_ways=two_ways(doc),
    )
    release(doc)
    return result


@dataclass(frozen=True, slots=True)
class Worker:
    """`process` with everything but the article: a value that travels to a worker process.

    The pipeline is loaded at the first article and kept for the next ones. A setting that is wrong
    stops the run (`ConfigError`); whatever an article makes the pipeline or an extractor raise,
    but for Ctrl-C, costs that article only. ``parts`` are extractors of this process, by name, that
    other processes are to know as well.
    """

    settings: Settings
    seeds: Seeds = NO_SEEDS
    fingerprint: str = ""
    vocabulary: Vocabulary = SHIPPED
    parts: tuple[tuple[str, Extractor], ...] = ()

    def __call__(self, article: Article) -> ArticleResult | Failure:
        from kg.nlp.load import load_pipeline

        nlp = load_pipeline(self.settings.pipeline.name or None, self.vocabulary.lexicon)
        known = registry.names("extractors")
        for name, part in self.parts:
            if name not in known:
                registry.register("extractors", name, part)
        for name in self.settings.pipeline.extractors:
            registry.get("extractors", name)  # imported before the time of an article begins
        try:
            seconds = self.settings.build.seconds_per_article
            with of(article.source, len(article.text)), limited(seconds):
                found = process(
                    article,
                    nlp,
                    self.settings,
                    seeds=self.seeds,
                    pipeline=self.fingerprint,
                    vocabulary=self.vocabulary,
                )
                return _sound(made_plain(found))
        except KeyboardInterrupt:
            raise
        except TooSlow as error:
            return Failure(article.source, "process", str(error), SLOW)
        except BaseException as error:  # an extractor from elsewhere may even end the program
            log.warning("%s: processing failed", article.source, exc_info=True)
            return Failure(
                source=article.source,
                stage="process",
                error=f"{article.source}: processing failed with {told(error)}.",
                hint="The article was left out; the others are in the graph. This is a fault of kg "
                "or of an added part: kg --debug shows the traceback.",
            )


def _sound(result: ArticleResult) -> ArticleResult:
    """The result, whose claims stand in the text. Raises ``ValueError``."""
    length = len(result.article.text)
    for linked in result.claims:
        claim = linked.claim
        places = [(claim.start, claim.end), (claim.predicate.start, claim.predicate.end)]
        places += [(a.start, a.end) for a in (claim.subject, claim.object, *claim.arguments)]
        for start, end in places:
            if not 0 <= start <= end <= length:
                raise ValueError(
                    f"a claim of extractor {claim.extractor!r} stands at {start}-{end} of {length} "
                    "characters"
                )
    return result


def unload() -> None:
    """Let go of what understanding articles has loaded into this process: the next one loads it again."""
    for name in ("kg.nlp.load", "kg.read.language"):
        if (loaded := sys.modules.get(name)) is not None:
            loaded.unload()


def travelling(settings: Settings, *, strict: bool) -> tuple[tuple[str, Extractor], ...]:
    """The extractors of the settings that were registered in this process, for `Worker.parts`.

    One that another process could not import is left out, or with ``strict`` a `ConfigError`.
    """
    own = registry.registered("extractors")
    stay = {name: _stays(part) for name, part in own.items()}
    names = [name for name in settings.pipeline.extractors if name in own]
    for name in names:
        why = stay[name]
        if why and strict:
            raise ConfigError(
                f"extractor {name!r} was registered in this process, and other processes cannot "
                f"have it: {why}. Define it at the top of a module, or build with one job."
            )
    return tuple((name, own[name]) for name in names if not stay[name])


def _stays(part: object) -> str:
    """Why a part cannot travel to another process; empty if it can."""
    if getattr(part, "__module__", "") == "__main__" and not hasattr(
        sys.modules["__main__"], "__file__"
    ):
        return "it was typed in, and stands in no file"
    try:
        pickle.dumps(part)
    except Exception as error:
        return told(error)
    return ""


def check_names(settings: Settings) -> None:
    """Raise `ConfigError` now for an extractor or runner that is unknown or cannot be loaded."""
    wanted = [("extractors", name) for name in settings.pipeline.extractors]
    for kind, name in [*wanted, ("runners", settings.build.runner)]:
        registry.check(kind, name)
