"""The settings: `default_config.toml`, overridden by a file and by keyword.

An unknown key is a `ConfigError` that offers the nearest known one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import ConfigError

Settings = dict[str, dict[str, Any]]
_HERE = Path(__file__).parent


@cache
def _defaults() -> Settings:
    return tomllib.loads((_HERE / "default_config.toml").read_text(encoding="utf-8"))


def load_config(path: str | Path | None = None, **overrides: Mapping[str, Any]) -> Settings:
    """The settings as ``{"section": {"key": value}}``.

    ``path`` is a TOML file; ``overrides`` are sections: ``load_config(build={"jobs": 2})``.
    Raises `ConfigError` for a file that does not parse (line and column), for an unknown section
    or key, and for a value of another type than the default's.
    """
    settings = deepcopy(_defaults())
    if path is not None:
        try:
            given = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ConfigError(f"{path}: no such settings file.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: not valid TOML: {error}") from None
        _override(settings, given, str(path))
    _override(settings, overrides, "settings")
    return settings


def _override(settings: Settings, given: Mapping[str, Any], where: str) -> None:
    for section, values in given.items():
        if section not in settings or not isinstance(values, Mapping):
            raise ConfigError(_unknown(where, "section", section, settings))
        for key, value in values.items():
            if key not in settings[section]:
                raise ConfigError(_unknown(where, f"key in [{section}]", key, settings[section]))
            default = settings[section][key]
            if type(value) is not type(default):
                raise ConfigError(
                    f"{where}: [{section}] {key} takes a value like {default!r}, not {value!r}."
                )
            settings[section][key] = value


def _unknown(where: str, kind: str, name: str, known: Mapping[str, Any]) -> str:
    near = get_close_matches(name, list(known), n=1)
    guess = f" did you mean {near[0]!r}?" if near else f" Known: {', '.join(known)}."
    return f"{where}: unknown {kind} {name!r};{guess}"


def data_folder(name: str) -> Path:
    """The folder of shipped data (``ontology``, ``seeds``): in the wheel, else in the checkout."""
    installed = _HERE / "data" / name
    return installed if installed.is_dir() else _HERE.parent / name
