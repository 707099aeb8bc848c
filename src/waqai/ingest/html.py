"""Web pages: the main text, and what the page says about itself."""

from __future__ import annotations

import re

import msgspec

from waqai.ingest import page_about, page_body, page_top, page_tree
from waqai.ingest.metadata import Metadata
from waqai.knowledge.pages import PagePhrases

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)

# A byline has at most a place, a date or a sign besides the name.
_BESIDE_NAME = 25


class Page(msgspec.Struct, frozen=True):
    """Main text of a page (paragraphs apart by an empty line), its metadata, and the deck under its headline.

    `cut` says that the page was nested too deeply to be read to its end.
    """

    text: str
    about: Metadata
    deck: str = ""
    cut: bool = False


def declared_charset(data: bytes) -> str:
    """The encoding that a page names in its head, "" when it names none."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii", "ignore") if found else ""


def read_page(markup: str, phrases: PagePhrases) -> Page:
    """Main text and metadata of a page. The text is empty when nothing looks like an article. Never fails."""
    tree = page_tree.parse(markup)
    if tree.root is None:
        return Page("", Metadata(), cut=tree.cut)
    head = page_about.told(tree.root, phrases)
    blocks = page_tree.blocks(tree, page_about.headline(tree, head))
    body = page_body.find(blocks, phrases)
    if not any(block.role == "heading" for block in blocks):
        found = page_top.headline(blocks, body.first)
        if found >= 0:
            blocks[found] = msgspec.structs.replace(blocks[found], role="heading")
            body = page_body.find(blocks, phrases)
    about, deck = page_about.complete(head, blocks, body.top, phrases)
    about = msgspec.structs.replace(about, author=phrases.bare_name(about.author))
    deck = page_body.deck(blocks, head.deck, deck)
    paragraphs = page_body.article(body, phrases, head.body)
    apart = {about.title, deck}
    if all(text in apart for text in paragraphs):
        # An article of one paragraph, with which the page describes itself too.
        apart, deck = {about.title}, ""
    if len(paragraphs) > 1 and about.author and paragraphs[0].startswith(about.author) and len(paragraphs[0]) <= len(about.author) + _BESIDE_NAME:
        paragraphs = paragraphs[1:]
    return Page("\n\n".join(text for text in paragraphs if text not in apart), about, deck, tree.cut)
