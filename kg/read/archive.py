"""What is packed: members of zip files, bounded, whatever their names and sizes claim."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from kg.errors import ReadError
from kg.read.decode import open_file, size

#: Bytes that any archive may unpack to, and how many times its size more.
LEAST: Final = 20_000_000
RATIO: Final = 100
_MOST: Final = 20_000
#: What damaged archives make the unpacking raise.
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Archive:
    """An open zip file. Every read is bounded: one member by ``max_bytes``, all by the size of the
    file."""

    def __init__(self, file: zipfile.ZipFile, where: str, packed: int, max_bytes: int) -> None:
        self._file, self.where, self._longest = file, where, max_bytes
        self._left = LEAST + RATIO * packed
        self.names = tuple(info.filename for info in file.infolist() if not info.is_dir())

    def read(self, name: str, *, most: int | None = None) -> bytes:
        """The bytes of a member, ``most`` of them where given. Raises `ReadError` for one that is
        missing, encrypted, damaged, or unpacks to more than it may."""
        limit = min(self._longest if most is None else most, self._left)
        with self.stream(name) as (member, _):
            try:
                data = member.read(limit + 1)
            except BROKEN as error:
                raise ReadError(f"{self.where}: {name} cannot be unpacked: {error}.") from None
        if len(data) > limit:
            raise ReadError(
                f"{self.where}: {name} unpacks to more than {size(limit)}; split it, or raise "
                "[read] max_bytes."
            )
        self._left -= len(data)
        return data

    @contextmanager
    def stream(self, name: str) -> Iterator[tuple[IO[bytes], int]]:
        """A member, open, and its packed size: whoever reads it bounds what is read. Raises
        `ReadError` for one that is missing or encrypted."""
        try:
            info = self._file.getinfo(name)
            if info.flag_bits & 1:
                raise ReadError(f"{self.where}: {name} is encrypted; unpack it first.")
            member = self._file.open(info)
        except KeyError:
            raise ReadError(f"{self.where}: no {name} in it; is the file damaged?") from None
        except BROKEN as error:
            raise ReadError(f"{self.where}: {name} cannot be unpacked: {error}.") from None
        with member:
            yield member, info.compress_size


@contextmanager
def opened(path: Path, *, max_bytes: int) -> Iterator[Archive]:
    """A zip file, open. Raises `ReadError` when it is none, damaged, or larger than the limit."""
    try:
        with open_file(path) as file:
            packed = path.stat().st_size
            if packed > max_bytes:
                raise ReadError(
                    f"{path}: {size(packed)} is more than the limit of {size(max_bytes)}; split it, "
                    "or raise [read] max_bytes."
                )
            if not packed:
                raise ReadError(f"{path}: the file is empty.")
            with zipfile.ZipFile(file) as archive:
                if len(archive.infolist()) > _MOST:
                    raise ReadError(f"{path}: more than {_MOST:,} files in it; split it.")
                yield Archive(archive, str(path), packed, max_bytes)
    except zipfile.BadZipFile as error:
        raise ReadError(f"{path}: not a readable archive: {error}.") from None
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}.") from None
