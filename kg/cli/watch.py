"""``kg watch``."""

from __future__ import annotations

import re
import signal
import threading
from pathlib import Path
from types import FrameType

import click

from kg.cli.terminal import plain

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
#: Seconds between two looks at somebody's server, at least.
_SHORTEST = 60


def _seconds(_: click.Context, __: click.Parameter, value: str) -> float:
    """Seconds of "15m", "1h", "30s"."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", value.strip())
    if not found or not float(found[1]):
        raise click.BadParameter("give a number and a unit: 30s, 15m, 1h, 1d.")
    return float(found[1]) * _UNITS[found[2]]


@click.command("watch")
@click.argument("sources", nargs=-1, required=True, metavar="FOLDER|ADDRESS...")
@click.option("--out", "-o", type=click.Path(file_okay=False, path_type=Path),
              default=Path("output"), show_default=True, help="The folder to write.")  # fmt: skip
@click.option("--every", default="15m", show_default=True, callback=_seconds,
              help="How often to look: 30s, 15m, 1h.")  # fmt: skip
@click.option("--once", is_flag=True, help="Look once and end: for cron and its like.")
@click.option("--follow", is_flag=True, help="Fetch the pages that feeds and sitemaps name.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings file (TOML).")  # fmt: skip
def command(
    sources: tuple[str, ...], out: Path, every: float, once: bool, follow: bool, config: Path | None
) -> int:
    """Keep the graph up to date while articles come: one line a change, until Ctrl-C.

    Looks at folders, files and addresses (feeds, pages) again and again, and builds what is new or
    changed. Addresses are asked whether they changed, never more often than once a minute, and
    not where robots.txt forbids it. A watch that was stopped goes on where it was.
    """
    from kg.config import load_config
    from kg.watching import watch

    if not once and every < _SHORTEST and any("://" in source for source in sources):
        raise click.UsageError("--every: look at addresses once a minute at most: 1m.")
    settings = load_config(config, read={"follow": True}) if follow else load_config(config)
    here = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, _stop) if here else None
    try:
        watch(sources, out, every=every, rounds=1 if once else None, settings=settings, say=_say)
    except KeyboardInterrupt:
        click.echo("Stopped; the next 'kg watch' goes on from here.", err=True)
    finally:
        if here:
            signal.signal(signal.SIGTERM, before)
    return 0


def _say(line: str) -> None:
    click.echo(plain(line))


def _stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
