"""``kg serve``."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import click

from kg.cli.terminal import graph_option


@click.command("serve")
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True,
              help="Listen at this address; one that others can reach needs a token.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="0: any that is free.")  # fmt: skip
@click.option("--token-file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Answer only who sends the token in this file; KG_SERVE_TOKEN holds one, too.")  # fmt: skip
@click.option("--url", metavar="URL", help="The address people use, where a proxy stands before.")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN",
              help="Let scripts of these web pages read answers; '*': of any.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=min(4, os.cpu_count() or 1),
              show_default="the cores there are, 4 at most", help="Processes that answer.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0.1, 86_400), default=60, show_default=True,
              metavar="SECONDS", help="End a query after so long.")  # fmt: skip
@click.option("--rows", type=click.IntRange(1), default=1_000_000, show_default=True,
              help="Rows that an answer may have.")  # fmt: skip
@click.option("--megabytes", type=click.IntRange(1), default=256, show_default=True,
              help="How long an answer may be.")  # fmt: skip
@click.option("--memory", type=click.IntRange(0), default=2048, show_default=True,
              help="Megabytes that a worker may use; 0: any.")  # fmt: skip
@click.option("--edit", is_flag=True,
              help="Take corrections at /corrections and from the page; needs a token.")  # fmt: skip
def command(
    folder: Path,
    host: str,
    port: int,
    token_file: Path | None,
    url: str | None,
    origins: tuple[str, ...],
    workers: int,
    timeout: float,
    rows: int,
    megabytes: int,
    memory: int,
    edit: bool,
) -> None:
    """Serve the graph: SPARQL at /sparql, a page for each thing, a view at /.

    Read-only but with --edit; a new build is taken up without a restart.
    """
    from kg.serve import Options, read_token, serve

    logging.basicConfig(format="%(message)s")  # of a server that goes on, what went wrong
    options = Options(
        folder, host, port, token=read_token(token_file), url=url, origins=origins,
        workers=workers, timeout=timeout, rows=rows, bytes=megabytes << 20, memory=memory,
        edit=edit,
    )  # fmt: skip
    serve(options, ready=lambda at: click.echo(f"{folder} at {at} (Ctrl-C ends)", err=True))
