"""Statements to RDF and back: what the rest of `kg` uses of it.

::

    from kg.graph.store import write_graph, open_graph, GraphStore

    write_graph(folder, entities, statements, articles, settings=settings)
        Writes a new generation beside the old and swaps a pointer: whoever reads sees the old
        graph or the new one, whole. ``settings`` is what `kg.config.load_config` gives.
        Raises `kg.errors.InUse` when another process writes this folder.
    open_graph(folder) -> GraphStore
        Read only. Raises `kg.errors.GraphError` when there is none.

    GraphStore
        .query(sparql, **parameters) -> QueryResult     prefixes predeclared
        .entities() .statements() .articles()           streams of kg.model values, sorted by IRI
        .entity(iri) .statement(iri) .article(id)       one of them, or None
        .rdf() -> rdflib.Graph                          reads the store, copies nothing
        .network() -> networkx.MultiDiGraph             of the statements
        .triples, .base, .vocabulary                    how many; the base IRI; its namespaces
        .close(), with ...                              let go of the files

    kg.graph.query.named(name) / names()                shipped queries of ontology/queries
    kg.graph.query.QueryResult                          .columns .rows .boolean, .table() .csv() ...
    kg.graph.export.write(graph, format, to)            to a path (csv: a folder) or an open file
    kg.graph.explain.explain(graph, subject, predicate, object), explain.names(graph, x)
    kg.graph.stats.stats(graph), kg.graph.shapes.check(graph)
    kg.graph.ontology.load_ontology()                   classes and relations as plain values

One id means one value: two `Evidence` (or `Entity`, `Quotation`, `Article`) with one id must be
equal, and every `Node` of a statement must come as an `Entity` too (but for kg:UnknownSpeaker).
Aliases, ``about`` and the articles of an entity are sets (read back sorted); evidence is read back
sorted by article, start and id. Ids of entities, statements, quotations and evidence are IRIs;
ids of articles are not: theirs is ``base + "article/" + id``.
"""
