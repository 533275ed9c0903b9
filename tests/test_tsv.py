"""Tables of things: cells by name, packed or not, and what parts them."""

from __future__ import annotations

import bz2
import gzip

import pytest

from kg.tsv import opened, rows, values

TABLE = 'label\taliases\nQuay "the Old"\tOld Quay|Quai\nHarwick\t\n'


@pytest.mark.parametrize(("name", "pack"), [("a.tsv", bytes), ("a.tsv.gz", gzip.compress), ("a.bz2", bz2.compress)])  # fmt: skip
def test_rows_are_read_by_the_names_of_their_columns(tmp_path, name, pack):
    (tmp_path / name).write_bytes(pack(TABLE.encode()))
    with opened(tmp_path / name) as file:
        table = rows(file)
        assert table.fieldnames == ["label", "aliases"]
        assert [(row["label"], values(row["aliases"])) for row in table] == [
            ('Quay "the Old"', ("Old Quay", "Quai")),
            ("Harwick", ()),
        ]
