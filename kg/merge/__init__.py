"""Results of articles to entities, statements and events, whatever their order."""

from __future__ import annotations

from kg.merge.copies import independent
from kg.merge.merged import Merged
from kg.merge.whole import merge

__all__ = ["Merged", "independent", "merge"]
