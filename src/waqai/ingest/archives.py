"""Archives of files (.zip, .tar): their members in order, read where they are. Nothing is written to disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import IO, NamedTuple

from waqai.ingest.limits import Limits
from waqai.ingest.packing import DAMAGED, Bounded, broken
from waqai.ingest.reading import Reading, read_whole, too_large
from waqai.issues import Issue

_ADVICE = "Unpack it, and give the folder."
_ENCRYPTED = 0x1


class Member(NamedTuple):
    """One file of an archive: its name there and its content, to be read before the next member is asked for."""

    name: str
    stream: io.BufferedReader


def read_zip(stream: IO[bytes], name: str, reading: Reading) -> Iterator[Member | Issue]:
    """The files of a zip archive. A stream that cannot be searched is held in memory, up to a bound."""
    if not stream.seekable():
        held = read_whole(stream, reading.limits.archive)
        if held is None:
            yield too_large(name, reading.limits.archive)
            return
        stream = io.BytesIO(held)
    try:
        with zipfile.ZipFile(stream) as archive:
            for number, member in enumerate(archive.infolist()):
                if number == reading.limits.members:
                    yield _too_many(name, reading.limits)
                    return
                # A damaged directory may name a member by nothing at all.
                if member.filename and not member.is_dir():
                    yield from _zip_member(archive, member, name, reading.limits)
    except DAMAGED as error:
        yield _damaged(error, name)


def _zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits) -> Iterator[Member | Issue]:
    where = f"{name}/{shown_name(member.filename)}"
    if member.flag_bits & _ENCRYPTED:
        yield Issue("WQ-132", "is encrypted.", where=where, advice="Unpack it with its password, and give the folder.")
        return
    try:
        with archive.open(member) as content:
            yield Member(member.filename, io.BufferedReader(Bounded(content, partial(int, member.compress_size), where, limits)))
    except NotImplementedError:
        yield Issue("WQ-132", "is packed in a way that we cannot unpack.", where=where, advice=_ADVICE)
    except (*DAMAGED, RuntimeError) as error:
        yield _damaged(error, where)


def read_tar(stream: IO[bytes], name: str, reading: Reading) -> Iterator[Member | Issue]:
    """The files of a tar archive that is unpacked already; links and devices hold no text and are left out."""
    try:
        # Errors of single members show where the archive is damaged; with less it would end in silence.
        with tarfile.open(fileobj=stream, mode="r|", errorlevel=2) as archive:
            for number, member in enumerate(archive):
                if number == reading.limits.members:
                    yield _too_many(name, reading.limits)
                    return
                content = archive.extractfile(member) if member.isreg() else None
                if content is not None:
                    where = f"{name}/{shown_name(member.name)}"
                    yield Member(member.name, io.BufferedReader(Bounded(content, partial(int, member.size), where, reading.limits)))
                # The archive remembers every member it has seen, which a stream does not need.
                archive.members.clear()  # type: ignore[attr-defined]
    except DAMAGED as error:
        yield _damaged(error, name)


def shown_name(name: str) -> str:
    """The name of a member as an error shows it: on one line, without control characters, and not endless."""
    clean = "".join(char if char.isprintable() else "\ufffd" for char in name)
    return clean if len(clean) <= 200 else f"{clean[:200]}..."


def _too_many(name: str, limits: Limits) -> Issue:
    return Issue("WQ-133", f"has more than {limits.members} members; the rest was left out.", where=name, advice=_ADVICE)


def _damaged(error: BaseException, where: str) -> Issue:
    told = broken(error, where)
    return Issue(told.code, told.message, where=told.where, advice=told.advice)
