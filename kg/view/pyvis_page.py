"""The graph as pyvis draws it, as a page that makes no request and runs no text.

pyvis's own page links to other hosts; this one takes its nodes, edges and options, and vis-network's
script, under a Content-Security-Policy that lets only that script and the three lines below run.
"""

from __future__ import annotations

import html
import json

from kg.model import Article, Entity, Statement
from kg.view.graph_layout import arrange, layout
from kg.view.html import hash_source, inside_script
from kg.view.networkx_graph import network, to_pyvis, vis_network
from kg.view.options import ViewOptions
from kg.view.rows import to_json
from kg.view.select import select
from kg.view.source import Source

_STYLE = (
    "html,body,#network{margin:0;height:100%;font-family:sans-serif}h1{font-size:16px;margin:8px}"
)
_FEW = 300  # with room for every name
_START = """const data = JSON.parse(document.getElementById("data").textContent);
document.getElementById("network").network = new vis.Network(document.getElementById("network"),
  {nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges)}, data.options);"""


def render_pyvis(
    entities: Source[Entity],
    statements: Source[Statement],
    articles: Source[Article],
    options: ViewOptions | None = None,
) -> str:
    """The page. Entities lie where `kg.view.graph_layout` puts them; physics is off.

    Past a thousand entities vis-network is slow: choose a part with ``options``. Raises
    `UnknownName` for a focus or type that is not there, `ConfigError` where pyvis lacks its script.
    """
    options = options or ViewOptions()
    chosen = select(entities, statements, articles, options)
    graph = network(chosen.entities, chosen.statements)
    if not options.topics:
        graph = graph.subgraph([iri for iri, data in graph.nodes(data=True) if data["named"]])
    graph = graph.subgraph([iri for iri, degree in graph.degree() if degree])
    few = len(graph) <= _FEW
    places = arrange(graph, sorted(graph)) if few else layout(graph, seed=options.seed)
    picture = to_pyvis(graph, places)
    nodes, edges, *_, settings = picture.get_network_data()
    data = to_json({"nodes": nodes, "edges": edges, "options": json.loads(settings)}).decode()
    library, start = inside_script(vis_network()), inside_script(_START)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {hash_source(library)} {hash_source(start)}",
            f"style-src {hash_source(_STYLE)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    title = html.escape(options.title)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=True)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>{title}</title><style>{_STYLE}</style></head>
<body><h1>{title}</h1><div id="network"></div>
<script type="application/json" id="data">{data}</script>
<script>{library}</script>
<script>{start}</script>
</body></html>
"""
