"""The whole coder: three lines of Python, offsets of every layer, the same output for the same input, hostile and odd input."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import waqai
from waqai.document import Document, Span
from waqai.errors import UsageError
from waqai.text.folding import fold_word

EXAMPLES = Path(__file__).parents[1] / "examples" / "articles.jsonl"
ARTICLES = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
PARAGRAPHS = [paragraph for article in ARTICLES for paragraph in article["text"].split("\n\n")]
SENTENCE = "قالت لجنة الأطباء إن قوات الجيش قصفت الاثنين مواقع المسلحين في ريف إدلب."


def code(coder, article):
    return coder(article["text"], date=article["date"], title=article["title"], outlet=article["outlet"], id=article["id"])


def spans(value: object) -> Iterator[Span]:
    """Every span inside a structure, the headline's aside (it counts in the title)."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            if name != "headline":
                yield from spans(getattr(value, name))


def check(document: Document) -> None:
    """Every span of every layer lies in the text and covers what its layer says it does."""
    text = document.text
    assert None not in (document.blocks, document.sentences, document.times, document.places, document.parses, document.events, document.quotations)
    for span in spans(document):
        assert 0 <= span.start < span.end <= len(text), span
    for index, (sentence, parse) in enumerate(zip(document.sentences, document.parses, strict=True)):
        assert sentence.index == index
        assert any(block.span.contains(sentence.span) and block.role == sentence.role for block in document.blocks)
        assert document.text_of(sentence.span) == document.text_of(sentence.span).strip()
        for token in sentence.tokens:
            assert sentence.span.contains(token.span)
            assert fold_word(document.text_of(token.span)) == token.folded
        assert all(sentence.span.contains(phrase.span) for phrase in parse.phrases)
    check_events(document)
    if document.headline is not None:
        assert document.headline.text == document.title
        check(document.headline)


def check_events(document: Document) -> None:
    for event in document.events:
        sentence = document.sentences[event.sentence].span
        assert sentence.contains(event.trigger.span)
        assert 0 <= event.confidence <= 1
        for participant in event.actors + event.recipients:
            mention = participant.mention
            assert mention.span.overlaps(mention.head)
            assert document.sentences[mention.sentence].span.contains(mention.span)
            assert participant.entity.id
        for source in event.attribution:
            assert document.text_of(source.cue).strip()
    for quotation in document.quotations:
        assert document.sentences[quotation.sentence].span.contains(quotation.span)


def test_three_lines_of_python(coder):
    document = coder(SENTENCE, date="2021-10-26", outlet="Agency A")
    (event,) = document.events
    assert (event.type, document.text_of(event.trigger.span)) == ("ASSAULT", "قصفت")
    assert [document.text_of(actor.mention.span) for actor in event.actors] == ["قوات الجيش"]
    assert [document.text_of(source.participant.mention.span) for source in event.attribution] == ["لجنة الأطباء"]
    assert event.time.interval.first == dt.date(2021, 10, 25)
    assert event.place.place.country == "SYR"


def test_load_gives_a_coder(coder):
    assert isinstance(coder, waqai.Coder)
    assert isinstance(coder(SENTENCE), waqai.Document)


def test_dates(coder):
    assert coder(SENTENCE, date=dt.date(2021, 10, 26)).published == coder(SENTENCE, date="2021-10-26").published
    assert coder(SENTENCE).published is None
    assert all(time.interval is None for time in coder(SENTENCE).times)
    with pytest.raises(UsageError, match="WQ-302"):
        coder(SENTENCE, date="26/10/2021")


def test_identifiers(coder):
    assert coder(SENTENCE, id="mine").id == "mine"
    assert coder(SENTENCE).id == coder(SENTENCE).id != coder(SENTENCE, url="https://example.org/a").id


def test_a_title_is_coded_as_headline(coder):
    document = coder("انتهت الحرب أمس. وعاد الجنود.", title="الجيش قصف مواقع المسلحين في حلب", date="2021-10-26")
    assert document.headline is not None
    assert document.headline.part == "title"
    assert [sentence.role for sentence in document.headline.sentences] == ["headline"]
    assert [event.type for event in document.headline.events] == ["ASSAULT"]
    assert document.headline.headline is None


def test_a_title_that_the_text_repeats_is_not_coded_twice(coder):
    title = "الجيش قصف مواقع المسلحين في حلب"
    assert coder(f"{title}\nانتهت الحرب أمس. وعاد الجنود.", title=title).headline is None
    assert coder("انتهت الحرب أمس.").headline is None


@pytest.mark.parametrize("article", ARTICLES, ids=[article["id"] for article in ARTICLES])
def test_spans_of_the_examples(coder, article):
    document = code(coder, article)
    check(document)
    assert document.events


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    chosen=st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=3), glue=st.sampled_from(["\n", "\r\n\r\n", " ", "\u2029", "\n\u200f"]),
    noise=st.lists(st.tuples(st.integers(0, 3000), st.sampled_from(["ـ", "\u064e", "\u200f", "\u202b", "«", "»", ".", "\n", "\x00", "ﻻ", "😀", "ﷺ", "(", "\u0301"])), max_size=12),
)
def test_spans_of_spoilt_articles(coder, chosen, glue, noise):
    text = glue.join(chosen)
    for position, char in noise:
        text = text[: position % (len(text) + 1)] + char + text[position % (len(text) + 1) :]
    check(coder(text, date="2021-10-26"))


@settings(deadline=None, max_examples=100)
@given(text=st.text(max_size=200))
def test_any_text_is_coded(coder, text):
    check(coder(text, date="2021-10-26", title=text[:20]))


def test_coding_writes_nothing_but_our_cache_and_calls_nobody(tmp_path):
    program = "import waqai; waqai.load()('اتهمت روسيا أوكرانيا بقصف المدينة.', date='2022-03-01')"
    environment = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    assert {path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*") if path.is_file()} == {("cache", "waqai")}


def test_the_same_input_gives_the_same_output(coder):
    before = [msgspec.json.encode(code(coder, article)) for article in ARTICLES]
    after = [msgspec.json.encode(code(coder, article)) for article in reversed(ARTICLES)]
    assert before == after[::-1]
    assert msgspec.json.encode(code(waqai.load(mode="lexicon"), ARTICLES[0])) == before[0]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", ".", "؟!", "\x00\x01\x1f", "\u200f\u202b\u2066", "ـــــ", "ًٌٍ", "12 34", "😀", "()", "«»", "«" * 50, "\ufeff", "أ", "\ud7ff\ue000"],
)
def test_there_is_nothing_to_code(coder, text):
    document = coder(text, date="2021-10-26")
    check(document)
    assert document.events == document.quotations == ()


def test_latin_text_has_no_events(coder):
    document = coder("The army shelled the town on Monday, officials said.", date="2021-10-26")
    check(document)
    assert document.events == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("ا", "اـ"), lambda text: "\u202b" + text + "\u202c", lambda text: text.replace("الجيش", "الجَيْش"), lambda text: "\ufeff" + text,
        lambda text: text.replace(" ", "\u00a0"), lambda text: text.replace("الأطباء", "اﻷطباء"), lambda text: text.replace(" ", "  "), lambda text: text + "\n",
    ],
    ids=["tatweel", "embedding", "vowels", "byte order mark", "hard spaces", "presentation forms", "double spaces", "line break"],
)
def test_spelling_changes_nothing(coder, spoil):
    document = coder(spoil(SENTENCE), date="2021-10-26")
    check(document)
    assert [(e.type, fold_word(document.text_of(e.trigger.span))) for e in document.events] == [("ASSAULT", "قصفت")]
    assert [fold_word(document.text_of(actor.mention.span)).replace("\u00a0", " ").split() for e in document.events for actor in e.actors] == [["قوات", "الجيش"]]


@pytest.mark.parametrize("text", ["كلمة" * 20_000, SENTENCE.rstrip(".") + " " + "والجيش " * 8_000, "«" * 20_000, SENTENCE * 300, "و" * 50_000, "قال: " * 5_000])
def test_one_long_line(coder, text):
    check(coder(text, date="2021-10-26"))
