"""Which blocks of a page are its article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from waqai.ingest.page_tree import HEADINGS, Block
from waqai.knowledge.pages import PagePhrases

_LEAST = 25
"""Fewer characters are a label or a menu and say nothing about where the article is."""
_SENTENCE = 60
_TEASER_BLOCKS = 3
_BOX_LARGEST = 0.4
"""What holds a larger share of the text is no box beside the article."""
_DECK_LONGEST = 300
_LINK_LEAST = 10
_BRANCH = 0.25
"""An outer container must add so much of what the inner one holds to be the article."""
_LETTERS = re.compile(r"[^\W\d_\u0640]")
_LEAST_LETTERS = 12
_DATED_LONGEST = 80
_DATE_IN_FIGURES = re.compile(r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?!\d)")
_COVERED = 0.8


def article(blocks: Sequence[Block], phrases: PagePhrases, told: str = "") -> list[str]:
    """The paragraphs of the article in order; none where there is none.

    `told` is the article as the page's linked data has it, "" where it has none: it decides where it is as long as what
    the page shows, and stands in for a page that shows only its beginning.
    """
    own = _before_comments(blocks, phrases)
    kept = frozenset(number for block in blocks if block.role == "heading" for number in block.containers)
    elsewhere = _elsewhere(own, phrases, kept)
    own = [block for block in own if block.containers[-1] not in elsewhere]
    main = _main_container([block for block in own if _is_running(block, phrases)])
    inside = [block for block in own if main in block.containers]
    shown = [_without_link(block, phrases) for block in _trimmed(inside, phrases)]
    return _as_told(shown, own, told) if told else shown


def _is_running(block: Block, phrases: PagePhrases) -> bool:
    return (
        len(block.text) - 2 * block.linked >= _LEAST
        and block.role == ""
        and block.tag not in HEADINGS
        and not phrases.is_of_the_site(block.text, linked=block.linked > 0)
        and not phrases.leads_elsewhere(block.text)
    )


def _before_comments(blocks: Sequence[Block], phrases: PagePhrases) -> list[Block]:
    """From the headline on, up to what readers wrote. Without a headline, all up to there."""
    first = next((index for index, block in enumerate(blocks) if block.role == "heading"), -1) + 1
    running = 0
    for index in range(first, len(blocks)):
        running += len(blocks[index].text) >= _SENTENCE and not blocks[index].is_links
        if running and phrases.begins_comments(blocks[index].text):
            return list(blocks[first:index])
    return list(blocks[first:])


def _elsewhere(blocks: Sequence[Block], phrases: PagePhrases, kept: frozenset[int]) -> set[int]:
    """Containers of other articles: a small one that begins with a link, or one under a heading such as «اقرأ أيضا».

    `kept` are the containers of the headline, which hold the article too.
    """
    members: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        for container in block.containers:
            members[container].append(block)
    whole = sum(len(block.text) for block in blocks)
    found: set[int] = set()
    for container, inner in members.items():
        if container in kept or len(inner) < 2 or sum(len(block.text) for block in inner) > _BOX_LARGEST * whole:
            continue
        is_teaser = inner[0].is_links and len(inner[0].text) >= _LINK_LEAST and len(inner) <= _TEASER_BLOCKS
        if is_teaser or phrases.leads_elsewhere(inner[0].text):
            found.update(number for block in inner for number in block.containers[block.containers.index(container) :])
    return found


def _main_container(running: Sequence[Block]) -> int:
    """The container that holds the article: that of most running text, or what encloses it with more of the kind."""
    near: dict[int, float] = defaultdict(float)
    held: dict[int, int] = defaultdict(int)
    count: dict[int, int] = defaultdict(int)
    paths: dict[int, tuple[int, ...]] = {0: (0,)}
    for block in running:
        worth = len(block.text) - 2 * block.linked
        # A paragraph bounds nothing; the nearer another container is, the better it bounds the article.
        path = block.containers[:-1] if block.tag == "p" and len(block.containers) > 1 else block.containers
        for step, index in enumerate(range(len(path) - 1, -1, -1)):
            near[path[index]] += worth / (1 + step)
            paths.setdefault(path[index], path[: index + 1])
        for container in path:
            held[container] += worth
            count[container] += 1
    if not near:
        return 0
    best = max(near, key=lambda container: near[container])
    for outer in reversed(paths[best][:-1]):
        if held[outer] - held[best] >= _BRANCH * held[best] or (count[best] == 1 and _is_row(running, best, outer)):
            best = outer
    return best


def _is_row(running: Sequence[Block], inner: int, outer: int) -> bool:
    """Whether `inner` is one long paragraph in a wrapper of its own, and `outer` holds others that are wrapped likewise."""
    alike = {(block.tag, len(block.containers)) for block in running if inner in block.containers}
    beside = [block for block in running if outer in block.containers and inner not in block.containers]
    return len(alike) == 1 and bool(beside) and all((block.tag, len(block.containers)) in alike for block in beside)


def _trimmed(inside: Sequence[Block], phrases: PagePhrases) -> list[Block]:
    """The blocks without links, captions, bylines and lines of the site; nothing but the article at either end."""
    kept: list[Block] = []
    for block, following in zip(inside, [*inside[1:], None], strict=False):
        links_follow = following is not None and following.is_links
        if block.is_links or block.role or (block.tag in HEADINGS and links_follow):
            continue
        if phrases.leads_elsewhere(block.text) or phrases.is_of_the_site(block.text, linked=block.linked > 0):
            continue
        kept.append(block)
    while kept and _is_no_ending(kept[-1]):
        kept.pop()
    first = next((index for index, block in enumerate(kept) if not _is_dated_line(block)), 0)
    return kept[first:]


def _without_link(block: Block, phrases: PagePhrases) -> str:
    """The text of a block without a link at its end that says «التفاصيل» or the like."""
    before, link = block.text[: -block.linked], block.text[-block.linked :]
    return before.rstrip() if block.linked and phrases.leads_elsewhere(link) else block.text


def _is_dated_line(block: Block) -> bool:
    """A short line with a date in figures, such as a byline."""
    return len(block.text) <= _DATED_LONGEST and bool(_DATE_IN_FIGURES.search(block.text))


def _is_no_ending(block: Block) -> bool:
    """A heading, or a line such as the initials of editors, that can be no last line of an article."""
    return block.tag in HEADINGS or (len(_LETTERS.findall(block.text)) < _LEAST_LETTERS and not block.text.endswith((".", "!", "؟", "»", '"')))


def _as_told(shown: list[str], blocks: Sequence[Block], told: str) -> list[str]:
    squeezed = _squeezed(told)
    found = [block.text for block in blocks if len(block.text) > 1 and _squeezed(block.text) in squeezed]
    if _size(found) >= _COVERED * len(squeezed):
        return found if len(squeezed) >= _COVERED * _size(shown) else shown
    return [line for line in map(str.strip, told.splitlines()) if line] if len(squeezed) > _size(shown) else shown


def _squeezed(text: str) -> str:
    return "".join(_LETTERS.findall(text))


def _size(texts: Sequence[str]) -> int:
    return sum(len(_squeezed(text)) for text in texts)


def deck(blocks: Sequence[Block], described: str, labelled: str) -> str:
    """The lines under the headline: what the page labels so, or what it describes itself with and sets apart from the text."""
    if labelled:
        return labelled
    running = [block for block in blocks if len(block.text) >= _LEAST and not block.is_links]
    for block, following in pairwise(running):
        apart = block.containers[:-1] != following.containers[:-1] or block.tag in HEADINGS
        if described and apart and len(block.text) <= _DECK_LONGEST and _squeezed(block.text) == _squeezed(described):
            return block.text
    return ""
