"""A knowledge base without the internet: what names mean in the world, and when that is sure.

`kg.kb.entries` reads one (Turtle, TSV, a Wikidata dump, GeoNames), `kg.kb.index` keeps it as an SQLite
file, `kg.kb.linking` decides what a name of the graph means.
"""
