"""Results of articles to entities, statements and events, whatever their order."""

from __future__ import annotations

from kg.merge.copies import independent
from kg.merge.merged import Merged

__all__ = ["Merged", "independent"]
