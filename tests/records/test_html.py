"""The picture of a document in a notebook: right to left, marked, and safe with hostile text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import ClassVar

import stand_in
from hypothesis import given
from hypothesis import strategies as st

from waqai.document import Document
from waqai.records.html import document_html, load_ipython_extension, show


class Reader(HTMLParser):
    """Collects tags and text."""

    def __init__(self):
        super().__init__()
        self.tags, self.words = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def read(markup):
    reader = Reader()
    reader.feed(markup)
    return reader


def test_it_marks_the_words_of_events():
    page = read(document_html(stand_in.coded()))
    assert page.tags[0] == ("div", {"class": "waqai", "dir": "rtl", "lang": "ar"})
    marks = [attrs["class"] for tag, attrs in page.tags if tag == "mark"]
    assert {"type", "actor", "recipient", "object", "attribution", "time", "place"} <= set(marks)
    assert any("frame:reject.refuse" in attrs.get("title", "") for _, attrs in page.tags)
    assert "لن نقبل" not in "".join(page.words), "sentences without events are left out"


def test_text_that_was_not_coded_is_shown_whole():
    assert "نص طويل" in document_html(Document(id="x", text="نص طويل"))


@given(st.text(st.sampled_from("<>&\"'/ scriptonload=رفضتالقاهرة\n"), max_size=80))
def test_hostile_text_adds_no_element(text):
    document = stand_in.StandIn().code(Document(id="x", text=f"رفضت <b>{text} قطر\n", title=f"<script>{text}"))
    allowed = {"div", "style", "p", "strong", "mark", "ul", "li", "bdi"}
    page = read(document_html(document))
    assert {tag for tag, _ in page.tags} <= allowed
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)


def test_notebooks():
    page = show(stand_in.coded())
    assert page._repr_html_() == document_html(stand_in.coded())
    assert repr(page) == "<document a1: 2 events>"

    registered = {}

    class Formatter:
        def for_type(self, kind, function):
            registered[kind] = function

    class IPython:
        class display_formatter:
            formatters: ClassVar[dict[str, Formatter]] = {"text/html": Formatter()}

    load_ipython_extension(IPython)
    assert registered == {Document: document_html}
