"""Files that lie in a store of objects or on another machine (``s3://``...): fetched by fsspec."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from kg.errors import ReadError, told
from kg.read.decode import size

#: What begins so is no page of a web server, and no file of this machine either.
_SCHEMES: Final = frozenset(
    ("abfs", "abfss", "az", "gcs", "gs", "hdfs", "memory", "oci", "oss", "s3", "s3a", "sftp", "smb",
     "webhdfs")
)  # fmt: skip
_CHUNK: Final = 1 << 20


def is_remote(source: str) -> bool:
    """Whether this is an address of a file or folder that fsspec may know."""
    scheme, there, _ = source.partition("://")
    return bool(there) and scheme in _SCHEMES


def remote_files(source: str) -> Iterator[tuple[str, str]]:
    """Address and name of each file at this address, sorted by name: of a folder all below it but
    those that start with a dot, named by their path in it. Raises `ReadError`."""
    with _told(source):
        system, path = _opened(source)
        if not system.isdir(path):
            if not system.exists(path):
                raise ReadError(f"{source}: no such file or folder.")
            yield source, source
            return
        top = path.rstrip("/")
        for file in sorted(system.find(path)):
            name = file.removeprefix(top).lstrip("/")
            if not any(part.startswith(".") for part in name.split("/")):
                yield system.unstrip_protocol(file), name


@contextmanager
def fetched(source: str, *, max_bytes: int) -> Iterator[Path]:
    """A copy of the file on this machine, under its own name, for the time of the block. Raises
    `ReadError`, also for one of more bytes than that."""
    with TemporaryDirectory(prefix="kg-") as folder:
        copy = Path(folder) / source.rstrip("/").rpartition("/")[2]
        with _told(source):
            system, path = _opened(source)
            if (found := system.size(path)) is not None and found > max_bytes:
                raise ReadError(
                    f"{source}: {size(found)}, more than the limit of {size(max_bytes)}."
                )
            with system.open(path, "rb") as there, copy.open("wb") as here:
                shutil.copyfileobj(there, here, _CHUNK)
        yield copy


def _opened(source: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    system, path = url_to_fs(source)
    return system, path


@contextmanager
def _told(source: str) -> Iterator[None]:
    """What a file system of others raises, as a `ReadError`."""
    try:
        yield
    except ReadError:
        raise
    except ImportError as error:
        raise ReadError(
            f"{source}: needs a package that is not there ({error}); pip install 'kg[remote]', and "
            "what fsspec names for this kind of address."
        ) from error
    except Exception as error:  # whatever a driver of others raises
        raise ReadError(f"{source}: cannot be read: {told(error)}.") from error
