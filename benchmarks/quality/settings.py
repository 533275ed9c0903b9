"""The settings of exams of what is read: all of it, however sure it is.

The default limit of confidence leaves out what is likely to be wrong, and with it some that is right;
what that gives and costs is measured by `training.confidence` and told in ``docs/quality.md``. Exams of
recall are of the reading itself, so that their floors mean one thing whatever the limit is.
"""

from __future__ import annotations

from kg.config import Settings, load_config


def everything() -> Settings:
    """The default settings, but nothing is left out for being unsure."""
    return load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0})
