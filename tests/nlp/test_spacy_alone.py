"""spaCy without its command line, which is there for whoever asks for it."""

from __future__ import annotations

import subprocess
import sys


def test_the_command_line_of_spacy_is_loaded_when_it_is_asked_for():
    program = (
        "import sys, kg.nlp.load, spacy\n"
        "assert not {'typer', 'httpx', 'spacy.cli'} & sys.modules.keys()\n"
        "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__\n"
        "import spacy.cli\n"
        "print(spacy.cli.info.__module__, spacy.cli.download.__module__)"
    )
    told = [sys.executable, "-c", program]
    done = subprocess.run(told, check=True, capture_output=True, text=True)
    assert done.stdout == "spacy.cli.info spacy.cli.download\n"
