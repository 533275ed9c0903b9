"""Settings for tests of what is read, however sure it is."""

from __future__ import annotations

from kg.config import Settings, load_config


def everything() -> Settings:
    """The default settings, but nothing is left out for being unsure."""
    return load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0})
