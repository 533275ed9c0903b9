"""Readers of annotated corpora, for what scores (`benchmarks`) and what learns (`training`)."""
