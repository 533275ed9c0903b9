"""One article to its result: parse, extract, resolve within the article. No input or output.

`process` is a function of the article, the pipeline and the settings; `Worker` is the same as a
value that travels to other processes and turns an exception into a `Failure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import registry
from kg.config import Settings
from kg.errors import ConfigError
from kg.model import Article, ArticleResult, Failure
from kg.resolve.within import resolve_within
from kg.seeds import Seed
from kg.vocabulary import SHIPPED, Vocabulary, use

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def parse(article: Article, nlp: Language) -> Doc:
    """The parse of the article's text, with the article's date known to the pipeline.

    Values such as "last Friday" are told against ``article.date``.
    """
    doc = nlp.make_doc(article.text)
    doc.user_data["kg.text"] = article.text  # for `kg.extract.grammar.annotations.text_of`
    if doc.has_extension("kg_date"):
        doc._.kg_date = article.date
    return nlp(doc)


def process(
    article: Article,
    nlp: Language,
    settings: Settings,
    *,
    seeds: Sequence[Seed] = (),
    pipeline: str = "",
) -> ArticleResult:
    """All that the article says. ``pipeline`` is the fingerprint the result is to carry."""
    from kg.extract import extract
    from kg.extract.statements.abstain import abstentions
    from kg.extract.statements.confidence import sure
    from kg.extract.statements.quotes import first_person_links

    doc = parse(article, nlp)
    found = extract(doc, article, settings["pipeline"]["extractors"])
    claims, unsure = sure(doc, found.claims, settings["pipeline"]["confidence"])
    resolved = resolve_within(
        article,
        doc._.kg_mentions if doc.has_extension("kg_mentions") else (),
        claims,
        found.quotes,
        seeds=seeds,
        first_person=first_person_links(doc, found.quotes),
    )
    return ArticleResult(
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
            )
        ),
        sentences=sum(1 for _ in doc.sents),
        pipeline=pipeline,
    )


@dataclass(frozen=True, slots=True)
class Worker:
    """`process` with everything but the article: a value that travels to a worker process.

    The pipeline is loaded at the first article and kept for the next ones. A setting that is wrong
    stops the run (`ConfigError`); any other exception costs its article only.
    """

    settings: Settings
    seeds: tuple[Seed, ...] = ()
    fingerprint: str = ""
    vocabulary: Vocabulary = SHIPPED

    def __call__(self, article: Article) -> ArticleResult | Failure:
        from kg.nlp.load import load_pipeline

        use(self.vocabulary)
        nlp = load_pipeline(self.settings["pipeline"]["name"] or None)
        try:
            return process(article, nlp, self.settings, seeds=self.seeds, pipeline=self.fingerprint)
        except ConfigError:
            raise
        except Exception as error:
            return Failure(
                source=article.source,
                stage="process",
                error=f"{type(error).__name__}: {error}",
                hint="The article was left out; the others are in the graph.",
            )


def check_names(settings: Settings) -> None:
    """Raise `ConfigError` now for an extractor or runner that is unknown or cannot be loaded."""
    wanted = [("extractors", name) for name in settings["pipeline"]["extractors"]]
    for kind, name in [*wanted, ("runners", settings["build"]["runner"])]:
        try:
            registry.get(kind, name)
        except (ImportError, AttributeError) as error:
            raise ConfigError(
                f"{kind.removesuffix('s')} {name!r} (from {registry.origin(kind, name)}) cannot be "
                f"loaded: {error}. Reinstall it, or leave it out of the settings."
            ) from error
