"""News articles in, an evidence graph out."""

__version__ = "0.1.0"
