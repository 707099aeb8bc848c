"""Results as a folder of Parquet shards that grows whole shard by whole shard, so that a run can be stopped and gone on with.

    FOLDER/run.json                    what it was coded with; another run must say the same
    FOLDER/events/NAME-000000.parquet  a file a table and shard; also documents/, quotes/, entities/, issues/

A shard is a stretch of one input, and its name says which: the name of the input, a hash of where it lies, a hash of its
content, a number, and `-last` for the last one. The file in issues/ is moved into place after the others and finishes the shard.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from waqai.document import Document
from waqai.engines.arrow import TABLES, coded_batch, groups, table_of, table_schema
from waqai.engines.job import Outcome
from waqai.errors import UsageError
from waqai.ingest.fetch import is_address
from waqai.ingest.source import is_readable
from waqai.issues import Issue

_FINISHES = "issues"
_UNFINISHED = ".unfinished"
_SAMPLE = 65_536
# A shard of long texts ends early, so that no message between machines grows large.
_MOST_CHARACTERS = 8_000_000


class Input(msgspec.Struct, frozen=True):
    """A file or address to read, how the names of its shards begin, and the numbers of those that are there."""

    path: str
    name: str
    finished: tuple[int, ...] = ()


class Shard(msgspec.Struct, frozen=True):
    """A stretch of an input: what is to be coded, under the name that its results get."""

    name: str
    items: tuple[tuple[Document | None, Issue | None], ...]


class Tally(msgspec.Struct, frozen=True):
    """What a shard came to. `undated` counts documents without a date."""

    documents: int = 0
    events: int = 0
    quotations: int = 0
    undated: int = 0
    issues: tuple[Issue, ...] = ()


def plan(inputs: Sequence[str], folder: Path, settings: Mapping[str, str]) -> tuple[list[Input], list[Issue]]:
    """The inputs that are not finished in `folder`, which is made where it is missing; and an issue for each that is not there.

    UsageError when the folder holds results of other settings, or of an input that has changed since.
    """
    _agree(folder / "run.json", settings)
    for table in (*TABLES, _UNFINISHED):
        (folder / table).mkdir(exist_ok=True)
    done, places = _finished(folder)
    wanted: dict[str, Input] = {}
    issues: list[Issue] = []
    for given in _files(inputs):
        # Workers stand in folders of their own.
        path = given if is_address(given) else str(Path(given).absolute())
        try:
            content = _content(path)
        except OSError as error:
            issues.append(Issue("WQ-101", f"cannot be read: {error.strerror or error}.", where=given))
            continue
        place = _digest(path.encode())[:8]
        if places.get(place, content) != content:
            advice = f"Remove the files *-{place}-* from the folders of {folder}, or choose another --output."
            raise UsageError("WQ-433", "has changed since it was coded into this folder.", where=path, advice=advice)
        numbers, last = done.get(content, (set(), None))
        if last is None or len(numbers) <= last:
            stem = re.sub(r"[^\w.]+", "_", Path(path).stem)[:40]
            wanted.setdefault(content, Input(path, f"{stem}-{place}-{content}", tuple(sorted(numbers))))
    return list(wanted.values()), issues


def shards(source: Input, items: Iterable[Document | Issue], most: int) -> Iterator[Shard]:
    """The shards of an input that are not there yet, each with at most `most` documents and issues. Every input has a last one."""
    parts = _parts(_unbroken(items, source.path), most)
    part, number = next(parts, []), 0
    while True:
        following = next(parts, None)
        if number not in source.finished:
            pairs = tuple((None, item) if isinstance(item, Issue) else (item, None) for item in part)
            yield Shard(f"{source.name}-{number:06}" + ("-last" if following is None else ""), pairs)
        if following is None:
            return
        part, number = following, number + 1


def write(folder: Path, name: str, outcomes: Iterable[Outcome]) -> Tally:
    """Write what a shard came to, all of it or nothing; memory stays flat. OSError when the disk is full."""
    mark = uuid.uuid4().hex[:12]
    drafts = {table: folder / _UNFINISHED / f"{name}.{table}.{mark}" for table in TABLES}
    tally = Tally()
    with contextlib.ExitStack() as stack:
        files = {
            table: stack.enter_context(pq.ParquetWriter(draft, table_schema(table), compression="zstd")) for table, draft in drafts.items()
        }
        for group in groups(outcomes):
            tally = _counted(tally, group)
            coded = coded_batch(group)
            for table, file in files.items():
                file.write_batch(table_of(coded, table))
    for table, draft in drafts.items():
        _settle(draft, folder / table / f"{name}.parquet")
    return tally


def tidy(folder: Path) -> None:
    """Take away what runs that were ended left unfinished. Only when all is done: another run may be writing."""
    shutil.rmtree(folder / _UNFINISHED, ignore_errors=True)


def _settle(draft: Path, target: Path) -> None:
    """Move a file into place when its content is on the disk."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(target)


def _counted(tally: Tally, group: list[Outcome]) -> Tally:
    coded = [outcome.document for outcome in group if not isinstance(outcome, Issue)]
    return Tally(
        tally.documents + len(coded),
        tally.events + sum(document.events for document in coded),
        tally.quotations + sum(document.quotations for document in coded),
        tally.undated + sum(document.published is None for document in coded),
        (*tally.issues, *(outcome for outcome in group if isinstance(outcome, Issue))),
    )


def _agree(path: Path, settings: Mapping[str, str]) -> None:
    """The settings of the folder: written by the first run, the same in every other one."""
    if path.exists():
        before = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
        other = sorted(key for key in {*before, *settings} if before.get(key) != settings.get(key))
        if other:
            what = "; ".join(f"{key} {before.get(key)!r}, now {settings.get(key)!r}" for key in other)
            advice = "Choose another --output, so that each folder is of one kind."
            raise UsageError("WQ-432", f"this folder was coded differently ({what}).", where=str(path.parent), advice=advice)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{uuid.uuid4().hex[:12]}")
    draft.write_bytes(msgspec.json.encode(dict(settings)))
    _settle(draft, path)


def _finished(folder: Path) -> tuple[dict[str, tuple[set[int], int | None]], dict[str, str]]:
    """By content the numbers of the shards that are there and the last number, if known; by place the content."""
    done: dict[str, tuple[set[int], int | None]] = {}
    places: dict[str, str] = {}
    for path in (folder / _FINISHES).glob("*.parquet"):
        name = path.stem.removesuffix("-last")
        _, place, content, number = name.rsplit("-", 3)
        numbers, last = done.get(content, (set(), None))
        numbers.add(int(number))
        done[content] = (numbers, last if name == path.stem else int(number))
        places[place] = content
    return done, places


def _files(inputs: Iterable[str]) -> Iterator[str]:
    """Every file of the folders among `inputs`, and the others as they are."""
    for given in inputs:
        if is_address(given) or not Path(given).is_dir():
            yield given
            continue
        for inner in sorted(Path(given).rglob("*")):
            hidden = any(part.startswith(".") for part in inner.relative_to(given).parts)
            if inner.is_file() and not hidden and is_readable(inner):
                yield str(inner)


def _content(path: str) -> str:
    """A hash of the size, the beginning and the end of a file: a terabyte need not be read twice. Addresses are their own content."""
    if is_address(path):
        return _digest(path.encode())[:12]
    with Path(path).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        head = file.read(_SAMPLE)
        file.seek(max(size - _SAMPLE, 0))
        return _digest(str(size).encode() + head + file.read(_SAMPLE))[:12]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unbroken(items: Iterable[Document | Issue], path: str) -> Iterator[Document | Issue]:
    """The items; a fault of ours in reading them ends this input, not the others."""
    try:
        yield from items
    except Exception as error:
        message = f"could not be read to its end ({type(error).__name__}: {error})."
        yield Issue("WQ-125", message, where=path, advice="This is a fault in Waqai: please report it. What came before was read.")


def _parts(items: Iterator[Document | Issue], most: int) -> Iterator[list[Document | Issue]]:
    part: list[Document | Issue] = []
    characters = 0
    for item in items:
        part.append(item)
        characters += len(item.text) if isinstance(item, Document) else 0
        if len(part) >= most or characters >= _MOST_CHARACTERS:
            yield part
            part, characters = [], 0
    if part:
        yield part
