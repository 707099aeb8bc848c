"""Resource files: where they are, how they are read, how a user's folder overlays ours, how compiled forms are kept.

A table is a UTF-8 .tsv file: a head of lines "# key: text" (what, columns, source, licence, known problems), a line of
column names, then one row a line. The first column is the key. A user's file of the same relative path adds rows, replaces
rows of the same key, and removes a row with "-" before its key. TOML files hold [[tables]] with an `id`, overlaid likewise.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from waqai.errors import ResourceError

Row = dict[str, str]
T = TypeVar("T")

PACKAGED = Path(__file__).resolve().parent.parent / "resources"


class Resources:
    """The packaged resource folder, with an optional folder of the user's laid over it.

    `cache` is where compiled forms are kept; None compiles in memory every time.
    """

    def __init__(self, overlay: Path | None = None, *, packaged: Path = PACKAGED, cache: Path | None = None) -> None:
        self.packaged, self.overlay, self.cache = packaged, overlay, cache

    def files(self, pattern: str) -> tuple[str, ...]:
        """Relative paths that match a glob pattern, in our folder or the user's, sorted."""
        found = {path.relative_to(root).as_posix() for root in self._roots() for path in root.glob(pattern)}
        return tuple(sorted(found))

    def table(self, name: str) -> list[Row]:
        """The rows of a .tsv file after overlay, in file order. ResourceError where a row breaks the format."""
        rows: dict[str, list[Row]] = {}
        for root in self._roots():
            path = root / name
            if path.exists():
                _overlay(rows, read_table(path), replace=root != self.packaged)
        return [row for group in rows.values() for row in group]

    def entries(self, name: str, table: str) -> list[dict[str, Any]]:
        """The [[table]] entries of a .toml file after overlay by `id`."""
        found: dict[str, dict[str, Any]] = {}
        for root in self._roots():
            path = root / name
            if path.exists():
                for entry in read_toml(path).get(table, []):
                    found.pop(entry["id"].removeprefix("-"), None)
                    if not entry["id"].startswith("-"):
                        found[entry["id"]] = entry
        return list(found.values())

    def own_ids(self, name: str, table: str) -> frozenset[str]:
        """The ids of those [[table]] entries that the user's folder gives."""
        path = self.overlay / name if self.overlay is not None else None
        return frozenset(entry["id"] for entry in read_toml(path).get(table, [])) if path is not None and path.exists() else frozenset()

    def read_bytes(self, name: str) -> bytes | None:
        """A file as it is, the user's before ours; None when there is none."""
        for root in reversed(self._roots()):
            path = root / name
            if path.exists():
                return path.read_bytes()
        return None

    def required(self, name: str) -> bytes:
        """A file as it is, the user's before ours. ResourceError when there is none."""
        content = self.read_bytes(name)
        if content is None:
            raise ResourceError("WQ-204", "The file is missing.", where=name, advice="Install the package again, or code with --mode lexicon.")
        return content

    def compiled(self, name: str, sources: Iterable[str], shape: type[T], build: Callable[[], T]) -> T:
        """`build()`, kept as msgpack under `name` and built anew when a file of `sources` or our code version changes."""
        if self.cache is None:
            return build()
        target = self.cache / f"{name}-{self._digest(sources)}.msgpack"
        if target.exists():
            try:
                return msgspec.msgpack.decode(target.read_bytes(), type=shape)
            except msgspec.DecodeError:
                target.unlink(missing_ok=True)
        value = build()
        self._keep(target, msgspec.msgpack.encode(value))
        return value

    def _keep(self, target: Path, content: bytes) -> None:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(f".{os.getpid()}.tmp")
            partial.write_bytes(content)
            partial.replace(target)
        except OSError:
            # A read-only home must not keep anybody from coding: the next start compiles again.
            return

    def _roots(self) -> tuple[Path, ...]:
        return (self.packaged,) if self.overlay is None else (self.packaged, self.overlay)

    def _digest(self, sources: Iterable[str]) -> str:
        digest = hashlib.sha256(b"1")
        for name in sorted(sources):
            for root in self._roots():
                path = root / name
                if path.exists():
                    stat = path.stat()
                    digest.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}".encode())
        return digest.hexdigest()[:16]


def read_table(path: Path) -> list[Row]:
    """The rows of one .tsv file. Every row must have as many cells as there are columns."""
    columns: list[str] = []
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            continue
        if len(cells) != len(columns):
            raise ResourceError(
                "WQ-201", f"{len(cells)} cells where the head names {len(columns)} columns ({', '.join(columns)}).",
                where=f"{path.name} line {number}", advice="Separate cells by one tab each; an empty cell is two tabs in a row.",
            )
        rows.append(dict(zip(columns, cells, strict=True)))
    return rows


def read_toml(path: Path) -> dict[str, Any]:
    """One .toml file; ResourceError names the place of a mistake."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ResourceError("WQ-202", f"no valid TOML: {error}.", where=path.name) from error


def _overlay(rows: dict[str, list[Row]], new: list[Row], *, replace: bool) -> None:
    if not new:
        return
    key_column = next(iter(new[0]))
    for key in dict.fromkeys(row[key_column] for row in new):
        if replace:
            rows.pop(key.removeprefix("-"), None)
    for row in new:
        key = row[key_column]
        if not (replace and key.startswith("-")):
            rows.setdefault(key, []).append(row)
