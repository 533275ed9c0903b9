"""spaCy, imported without its command line.

For one function, `spacy.info`, it imports a command line with web clients and parsers of arguments: a third
of the time that its import takes, and 19 MB. The function finds it when it is called.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Final

_LEFT_OUT: Final = ("spacy.cli", "spacy.cli.info")


def _info(*given: Any, **named: Any) -> Any:
    from spacy.cli.info import info

    return info(*given, **named)


if "spacy" not in sys.modules:
    sys.modules |= {name: ModuleType(name) for name in _LEFT_OUT}
    vars(sys.modules["spacy.cli.info"])["info"] = _info
    try:
        import spacy  # noqa: F401
    finally:
        for name in _LEFT_OUT:
            del sys.modules[name]
