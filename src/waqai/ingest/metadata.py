"""What is known about an article besides its text, and the making of a document out of both."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from waqai.document import Document, document_id
from waqai.ingest.decoding import arabic_share, repair
from waqai.ingest.limits import DEFAULT
from waqai.issues import Issue

DateParser = Callable[[str], dt.date | None]

# Names that collections give to our fields, ours first.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "_id", "uri", "uuid"),
    "text": ("text", "body", "content", "article", "story"),
    "date": (
        "date",
        "published",
        "publish_date",
        "date_published",
        "published_at",
        "pub_date",
        "date_extracted",
        "datetime",
        "seendate",
    ),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "outlet": ("outlet", "source", "site", "publisher", "domain"),
    "author": ("author", "byline"),
}
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[T\s])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_LEAST_ARABIC = 0.3


class Metadata(msgspec.Struct, frozen=True):
    """What an input says about itself; "" where it says nothing. `date` is as written."""

    id: str = ""
    date: str = ""
    title: str = ""
    url: str = ""
    outlet: str = ""
    author: str = ""

    def or_else(self, other: Metadata) -> Metadata:
        """These values, and those of `other` where these are empty. The identifier stays as it is."""
        mine = msgspec.structs.asdict(self)
        theirs = msgspec.structs.asdict(other)
        return Metadata(**{key: value or ("" if key == "id" else theirs[key]) for key, value in mine.items()})


def read_date(written: str, parse: DateParser | None = None) -> dt.date | None:
    """The day that `written` names: ISO, RFC 2822, 20190420, 20/04/2019 if only one reading is a date; else `parse`."""
    text = written.strip().translate(_DIGITS)
    found = _ISO.match(text) or _COMPACT.fullmatch(text)
    if found:
        return _day(*map(int, found.groups()))
    found = _DAY_FIRST.fullmatch(text)
    if found:
        day, month, year = map(int, found.groups())
        return _day(year, month, day) if day > 12 or day == month else None
    try:
        return email.utils.parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return parse(text) if parse else None


def make_documents(
    text: str, about: Metadata, *, where: str, parse: DateParser | None = None, notes: tuple[str, ...] = (), longest: int = DEFAULT.article
) -> Iterator[Document | Issue]:
    """A document out of a text, with the warnings that it earned; or the one issue that says why it is none.

    `where` names file and line; `notes` say what was done to the bytes; `longest` is the most characters of an article.
    """
    if len(text) > longest:
        advice = "Split it into one article each."
        yield Issue("WQ-130", f"the article has {len(text)} characters; at most {longest} are read.", where=where, advice=advice)
        return
    repaired = repair(text)
    if repaired is not None:
        text, notes = repaired, (*notes, "it was UTF-8 or windows-1256 decoded as Latin-1, which has been undone")
    refused = _refusal(text, where)
    if refused:
        yield refused
        return
    for note in notes:
        advice = "Look at a sentence or two; save the input as UTF-8 if they are wrong."
        yield Issue("WQ-107", f"The encoding was unusual: {note}.", where=where, advice=advice, fatal=False, level="warning")
    published = read_date(about.date, parse) if about.date else None
    if about.date and published is None:
        yield Issue(
            "WQ-104",
            f"{about.date[:40]!r} is no date we can read; the article is coded without a date.",
            where=f'{where}, field "date"',
            advice="Write 2019-04-20, or leave it out.",
            fatal=False,
            level="warning",
        )
    yield Document(
        id=about.id or document_id(text, about.url, about.outlet),
        text=text,
        title=repair(about.title) or about.title,
        url=about.url,
        outlet=about.outlet,
        author=about.author,
        published=published,
    )


def from_row(row: Mapping[str, Any], where: str) -> tuple[str | None, Metadata] | Issue:
    """Text and metadata of one row of a table or one object of JSON lines, or the issue that says what is missing.

    The text is None where the row has the address of an article instead.
    """
    lowered = {str(key).strip().lower(): value for key, value in row.items() if key is not None}
    found: dict[str, str] = {}
    for field, names in FIELDS.items():
        name = next((name for name in names if lowered.get(name) not in (None, "", [])), None)
        if name is None:
            continue
        value = lowered[name]
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            kind = "a list" if isinstance(value, list) else "an object" if isinstance(value, dict) else "no text"
            return Issue("WQ-109", f"is {kind}, and should be text.", where=f'{where}, field "{name}"')
        found[field] = value if isinstance(value, str) else str(value)
    text = found.pop("text", None)
    about = Metadata(**{key: _whole(value) for key, value in found.items()})
    if text is None and not about.url.startswith(("http://", "https://")):
        has = ", ".join(list(lowered)[:8]) or "nothing"
        return Issue("WQ-106", f"no text; there is {has}.", where=where, advice='Put the article into a field "text".')
    return None if text is None else _whole(text), about


def _whole(text: str) -> str:
    """JSON may spell half of a surrogate pair, which is no character; one for one keeps every offset."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _refusal(text: str, where: str) -> Issue | None:
    if not text.strip("\ufeff\u200b\u200e\u200f \t\r\n\x00"):
        return Issue("WQ-102", "the text is empty.", where=where)
    share = arabic_share(text)
    if share < _LEAST_ARABIC:
        return Issue(
            "WQ-103",
            f"not Arabic: {share:.0%} of its letters are Arabic ones.",
            where=where,
            advice="Waqai reads Arabic news; leave other languages out, or check the encoding.",
        )
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
