"""Which blocks of a page are its article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from waqai.ingest.decoding import ARABIC_LETTERS
from waqai.ingest.page_top import written_date
from waqai.ingest.page_tree import HEADINGS, Block
from waqai.knowledge.pages import PagePhrases

_LEAST = 25
"""Fewer characters are a label or a menu and say nothing about where the article is."""
_SENTENCE = 60
_TEASER_BLOCKS = 3
_BOX_LARGEST = 0.4
"""What holds a larger share of the text is no box beside the article."""
_ROW_LARGEST = 0.5
"""A row of boxes that holds more may be the article, as in a page of news as they came in."""
_DECK_LONGEST = 300
_LINK_LEAST = 10
_LEAST_WORD = 4
_BRANCH = 0.25
"""An outer container must add so much of what the inner one holds to be the article."""
_LETTERS = re.compile(r"[^\W\d_\u0640]")
_LEAST_LETTERS = 12
_DATED_LONGEST = 80
_DATE_IN_FIGURES = re.compile(r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?!\d)")
_FROM_DIGITS = re.compile(r"\d.*$")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
_COVERED = 0.8
_SENTENCE_ENDS = (".", "!", "؟", "»", '"', "…", ":", "،")
_UNENDED = 0.5
"""What a line counts that ends like no sentence: captions and the lines of a footer do, paragraphs seldom."""
_TOP = 6
_QUOTED_LONGEST = 200
_CAPTION_LONGEST = 120
_NAME_WORDS = 4
_REPEATS = 0.4
"""So much of a quotation that stands out of the text is found in the text, or it is none."""
_WORD = re.compile(r"\w+")


class Body(msgspec.Struct, frozen=True):
    """Where the article of a page is: the blocks that are no other article's, those in its container, and its place on the page."""

    own: Sequence[Block]
    inside: Sequence[Block]
    top: slice
    """The blocks of the page after the headline and before the first paragraph."""
    first: int
    """The number of the first paragraph on the page."""


def find(blocks: Sequence[Block], phrases: PagePhrases) -> Body:
    """Find the container of the article and its first paragraph."""
    head = next((index for index, block in enumerate(blocks) if block.role == "heading"), -1) + 1
    own = _arabic(_before_comments(blocks, head, phrases))
    kept = frozenset(number for block in blocks if block.role == "heading" for number in block.containers)
    elsewhere = _elsewhere(own, phrases, kept)
    own = [block for block in own if block.containers[-1] not in elsewhere]
    running = [block for block in own if _is_running(block, phrases)]
    main = _main_container(running)
    inside = [block for block in own if main in block.containers]
    opening = next((block for block in running if main in block.containers and len(block.text) >= _SENTENCE), None)
    first = next((index for index, block in enumerate(blocks) if block is opening), head)
    return Body(own, inside, slice(head or max(first - _TOP, 0), first), first)


def article(body: Body, phrases: PagePhrases, told: str = "") -> list[str]:
    """The paragraphs of the article in order; none where there is none.

    `told` is the article as the page's linked data has it, "" where it has none: it decides where it is as long as what
    the page shows, and stands in for a page that shows only its beginning.
    """
    shown = [_without_link(block, phrases) for block in _trimmed(body.inside, phrases)]
    return _as_told(shown, body.own, told) if told else shown


def _is_running(block: Block, phrases: PagePhrases) -> bool:
    return (
        len(block.text) - 2 * block.linked >= _LEAST
        and block.role == ""
        and block.tag not in HEADINGS
        and not phrases.is_of_the_site(block.text, linked=block.linked > 0)
        and not phrases.leads_elsewhere(block.text)
    )


def _arabic(blocks: list[Block]) -> list[Block]:
    """The blocks without those in another language, where a page has text in Arabic."""
    foreign = {id(block) for block in blocks if _is_foreign(block.text)}
    text = any(len(block.text) >= _SENTENCE and id(block) not in foreign and not block.is_links for block in blocks)
    return [block for block in blocks if id(block) not in foreign] if foreign and text else blocks


def _is_foreign(text: str) -> bool:
    return len(text) >= _LEAST and not ARABIC_LETTERS.search(text) and bool(_LETTERS.search(text))


def _before_comments(blocks: Sequence[Block], first: int, phrases: PagePhrases) -> list[Block]:
    """From the block after the headline on, up to what readers wrote or to the headline of another article."""
    opening: Block | None = None
    for index in range(first, len(blocks)):
        block = blocks[index]
        if opening is None and len(block.text) >= _SENTENCE and not block.is_links:
            opening = block
        elif opening and (phrases.begins_comments(block.text) or (first and _heads_another(block, blocks[first - 1], opening))):
            return list(blocks[first:index])
    return list(blocks[first:])


def _heads_another(block: Block, headline: Block, opening: Block) -> bool:
    """Whether a heading stands over another article as the headline over the first: in a box like that which holds both headline and text."""
    if block.tag != headline.tag or block.tag not in HEADINGS or len(block.containers) != len(headline.containers):
        return False
    held = next((mine for mine, other in zip(headline.containers, block.containers, strict=True) if mine != other), -1)
    return held in opening.containers


def _elsewhere(blocks: Sequence[Block], phrases: PagePhrases, kept: frozenset[int]) -> set[int]:
    """Containers of other articles and of the site's own words: a small one that begins with a link, or one under a heading
    such as «اقرأ أيضا» or «للمشتركين فقط».

    `kept` are the containers of the headline, which hold the article too.
    """
    members: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        for container in block.containers:
            members[container].append(block)
    whole = sum(len(block.text) for block in blocks)
    sizes = {container: sum(len(block.text) for block in inner) for container, inner in members.items()}
    teasers = _teasers_in_rows(members, kept, {container for container, size in sizes.items() if size > _ROW_LARGEST * whole})
    found: set[int] = set()
    for container, inner in members.items():
        if container in kept or len(inner) < 2 or sizes[container] > _BOX_LARGEST * whole:
            continue
        is_teaser = container in teasers or (inner[0].is_links and len(inner[0].text) >= _LINK_LEAST and len(inner) <= _TEASER_BLOCKS)
        is_headed = (inner[0].tag in HEADINGS or inner[0].strong) and phrases.is_of_the_site(inner[0].text)
        if is_teaser or is_headed or phrases.leads_elsewhere(inner[0].text):
            found.update(number for block in inner for number in block.containers[block.containers.index(container) :])
    return found


def _teasers_in_rows(members: Mapping[int, Sequence[Block]], kept: frozenset[int], large: set[int]) -> set[int]:
    """Boxes in a row that begin with a link in words, however short, or that all begin with a title under a title of their own."""
    linked: dict[int, list[int]] = defaultdict(list)
    titled: dict[int, list[int]] = defaultdict(list)
    for container, inner in members.items():
        path, title = inner[0].containers, inner[0]
        if not 1 < len(inner) <= _TEASER_BLOCKS or container not in path[1:]:
            continue
        row = path[path.index(container) - 1]
        if title.is_links and len(title.text) >= _LEAST_WORD and not any(map(str.isdigit, title.text)):
            linked[row].append(container)
        elif not _is_ended(title) and title.containers[-1] != inner[1].containers[-1]:
            titled[row].append(container)
    alone = {row: boxes for row, boxes in titled.items() if row not in kept and row not in large and _is_titled(row, members)}
    return {box for rows in (linked, alone) for boxes in rows.values() if len(boxes) > 1 for box in boxes}


def _is_titled(row: int, members: Mapping[int, Sequence[Block]]) -> bool:
    """Whether a title stands before the boxes in a container of boxes, in it or just around it."""
    path = members[row][0].containers
    around = path[: path.index(row) + 1][-2:]
    first = members[around[0]][0]
    for block in (members[row][0], first):
        if any(holder in block.containers[-2:] for holder in around) and _LEAST_WORD <= len(block.text) < _SENTENCE and not _is_ended(block):
            return True
    return False


def _main_container(running: Sequence[Block]) -> int:
    """The container that holds the article: that of most running text, or what encloses it with more of the kind."""
    near: dict[int, float] = defaultdict(float)
    held: dict[int, float] = defaultdict(float)
    count: dict[int, int] = defaultdict(int)
    paths: dict[int, tuple[int, ...]] = {0: (0,)}
    for block in running:
        worth = (len(block.text) - 2 * block.linked) * (1 if _is_ended(block) else _UNENDED)
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


def _is_ended(block: Block) -> bool:
    """Whether a text ends like a sentence, a link at its end left aside."""
    return block.text.endswith(_SENTENCE_ENDS) or (block.linked > 0 and block.text[: -block.linked].rstrip().endswith(_SENTENCE_ENDS))


def _trimmed(inside: Sequence[Block], phrases: PagePhrases) -> list[Block]:
    """The blocks without links, captions, bylines and lines of the site; nothing but the article at either end."""
    kept: list[Block] = []
    for block, following in zip(inside, [*inside[1:], None], strict=False):
        links_follow = following is not None and following.is_links
        if block.is_links or block.role or ((block.tag in HEADINGS or (block.strong and len(block.text) < _SENTENCE)) and links_follow):
            continue
        if phrases.leads_elsewhere(block.text) or phrases.is_of_the_site(block.text, linked=block.linked > 0):
            continue
        kept.append(block)
    kept = _once(_without_captions(kept))
    while kept and _is_no_ending(kept[-1]):
        kept.pop()
    opening = next((block for block in kept if len(block.text) >= _SENTENCE), None)
    first = next((index for index, block in enumerate(kept) if not _stands_above(block, opening, phrases)), 0)
    return kept[first:]


def _without_captions(blocks: list[Block]) -> list[Block]:
    """The blocks without the short lines under pictures, where paragraphs end as sentences do."""
    long = [block for block in blocks if len(block.text) >= _SENTENCE]
    if sum(map(_is_ended, long)) < _COVERED * len(long):
        return blocks
    return [block for block in blocks if not (block.pictured and len(block.text) <= _CAPTION_LONGEST and not _is_ended(block) and block.tag not in HEADINGS)]


def _once(blocks: list[Block]) -> list[Block]:
    """The blocks without short quotations that stand out of the text and repeat a part of it."""
    usual = Counter(block.tag for block in blocks if len(block.text) >= _SENTENCE).most_common(1)
    odd = [block for block in blocks if block.tag not in HEADINGS and block.tag != "li" and usual and block.tag != usual[0][0]]
    short = [block for block in odd if len(block.text) <= _QUOTED_LONGEST and len(block.text.split()) > _NAME_WORDS]
    if not short:
        return blocks
    holders = Counter(three for block in blocks for three in set(_threes(block.text)))
    again = {id(block) for block in short if _repeats([holders[three] for three in _threes(block.text)])}
    return [block for block in blocks if id(block) not in again]


def _repeats(holders: Sequence[int]) -> bool:
    return bool(holders) and sum(number > 1 for number in holders) >= _REPEATS * len(holders)


def _threes(text: str) -> list[str]:
    """Each three words in a row."""
    words = _WORD.findall(text)
    return [" ".join(words[index : index + 3]) for index in range(len(words) - 2)]


def _without_link(block: Block, phrases: PagePhrases) -> str:
    """The text of a block without a link at its end that says «التفاصيل» or the like."""
    before, link = block.text[: -block.linked], block.text[-block.linked :]
    return before.rstrip() if block.linked and phrases.leads_elsewhere(link) else block.text


def _stands_above(block: Block, opening: Block | None, phrases: PagePhrases) -> bool:
    """Whether a short line is no beginning of an article but a byline or a date: in figures, with a time, or in a box of its own."""
    if len(block.text) > _DATED_LONGEST or block is opening:
        return False
    if _DATE_IN_FIGURES.search(block.text) or phrases.begins_byline(block.text):
        return True
    if written_date(block.text) and not phrases.before_weekday(_FROM_DIGITS.sub("", block.text).strip()):
        return True
    apart = opening is not None and block.containers[:-1] != opening.containers[:-1]
    if apart and block.tag not in HEADINGS and not _is_ended(block):
        return True
    return bool(_CLOCK.search(block.text) and written_date(block.text))


def _is_no_ending(block: Block) -> bool:
    """A heading, or a line such as the name or the initials of who wrote it, that can be no last line of an article."""
    signed = (block.strong or block.text.startswith("*")) and len(block.text.split()) <= _NAME_WORDS and not _is_ended(block)
    return signed or block.tag in HEADINGS or (len(_LETTERS.findall(block.text)) < _LEAST_LETTERS and not block.text.endswith((".", "!", "؟", "»", '"')))


def _as_told(shown: list[str], blocks: Sequence[Block], told: str) -> list[str]:
    squeezed = _squeezed(told)
    found = [block.text for block in blocks if (letters := _squeezed(block.text)) and letters in squeezed]
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
        bolder = block.strong and not following.strong and not block.text.endswith(".")
        apart = block.containers[:-1] != following.containers[:-1] or block.tag in HEADINGS or bolder
        if described and apart and len(block.text) <= _DECK_LONGEST and _squeezed(block.text) == _squeezed(described):
            return block.text
    return ""
