"""In what kind of block of an article something stands: a headline, a paragraph, a caption."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from kg.model import Article, BlockKind, Claim


def block_of(article: Article, start: int) -> BlockKind:
    """The kind of the block that a place stands in."""
    place = bisect_right(article.blocks, start, key=lambda block: block.start) - 1
    if place >= 0 and start < article.blocks[place].end:
        return article.blocks[place].kind
    return "paragraph"


def in_block(claim: Claim, article: Article) -> Claim:
    """The claim, with the kind of the block that it begins in."""
    kind = block_of(article, claim.start)
    return claim if claim.block == kind else replace(claim, block=kind)
