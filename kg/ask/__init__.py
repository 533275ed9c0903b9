"""A question in plain words, and what the graph knows of it: no guess, every answer with its words."""

from kg.ask.answers import Answered, Found, Reading, Verdict
from kg.ask.asking import Asker

__all__ = ["Answered", "Asker", "Found", "Reading", "Verdict"]
