"""A question in plain words, and what the graph knows of it: no guess, every answer with its words."""

from kg.ask.answers import Answered, Found, Reading, Verdict

__all__ = ["Answered", "Found", "Reading", "Verdict"]
