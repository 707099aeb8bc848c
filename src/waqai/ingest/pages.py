"""Bytes of a web page to a document."""

from __future__ import annotations

from collections.abc import Callable

from waqai.ingest.decoding import decode
from waqai.ingest.html import declared_charset, read_page
from waqai.ingest.metadata import Metadata, make_documents
from waqai.ingest.reading import Read, Reading
from waqai.issues import Issue


def read_html(data: bytes, name: str, reading: Reading, charset: str = "", settle: Callable[[Metadata], Metadata] | None = None) -> Read:
    """The document of a page, or the issue that says why there is none.

    `charset` is what a header says; `settle` makes what is known of the article out of what the page says of itself, which
    by default counts before what is known already.
    """
    decoded = decode(data, charset or declared_charset(data))
    if decoded.text.count("<") > reading.limits.tags:
        advice = "Save its text as a .txt file."
        yield Issue("WQ-130", f"the page has more than {reading.limits.tags} tags, and was skipped.", where=name, advice=advice)
        return
    page = read_page(decoded.text, reading.phrases)
    if page.cut:
        advice = "Save its text as a .txt file if something is missing."
        message = "the page is nested so deeply that its end could not be read."
        yield Issue("WQ-135", message, where=name, advice=advice, fatal=not page.text, level="warning" if page.text else "error")
    if page.text:
        notes = (decoded.repair,) if decoded.repair else ()
        about = settle(page.about) if settle else page.about.or_else(reading.about)
        yield from make_documents(page.text, about, where=name, parse=reading.parse, notes=notes, longest=reading.limits.article)
    elif not page.cut:
        yield Issue("WQ-111", "no article was found in the page.", where=name, advice="Save its text as a .txt file.")
