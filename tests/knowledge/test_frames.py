"""The frames: they load, they name what exists, and they fire in their examples and not in their counter-examples."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import waqai
from waqai.analysis.grammar import Grammar
from waqai.document import Document
from waqai.errors import ResourceError
from waqai.knowledge.frames import Frame, FrameBook, noun_forms, parse_slots, participle_forms
from waqai.knowledge.loader import Resources
from waqai.knowledge.ontology import Ontology
from waqai.text.folding import fold_word

BOOK = FrameBook.load(Resources())
FRAMES = tuple(BOOK.frames.values())
ONTOLOGY = Ontology.load(Resources())
LEMMAS = frozenset(row["lemma"] for row in Resources().table("lexicon/verbs.tsv"))
KINDS = frozenset(
    ["person", "group", "state", "organisation", "armed", "military", "police", "party", "media", "court", "political", "unknown", "thing", "place"]
)


def test_every_type_has_frames():
    assert {frame.type for frame in FRAMES} == set(ONTOLOGY.types)


def test_ids_name_the_type():
    assert [f.id for f in FRAMES if f.id.split(".")[0] != f.type.lower()] == []


def test_modes_belong_to_the_type():
    assert [(f.id, mode) for f in FRAMES for mode in f.modes if (f.type, mode) not in ONTOLOGY.modes] == []


def test_verbs_are_in_the_lexicon():
    assert [(f.id, verb) for f in FRAMES for verb in f.verbs if verb not in LEMMAS] == []


def test_a_frame_has_words():
    assert [f.id for f in FRAMES if not (f.verbs or f.nouns or f.participles)] == []


def test_kinds_are_known():
    assert {kind for f in FRAMES for kind in f.actor_kinds | f.recipient_kinds} <= KINDS


def test_words_stand_once_in_a_list():
    for frame in FRAMES:
        for words in (frame.verbs, frame.nouns, frame.participles):
            assert [w for w, n in Counter(words).items() if n > 1] == [], frame.id


def test_no_exception_matches_nearly_everything():
    """`with = ["ل*"]` asks for something that begins with ل; `unless = ["ل*"]` would silence the frame nearly everywhere."""
    patterns = ((f.id, p) for f in FRAMES for group in (f.unless, f.unless_sentence) for p in group)
    assert [(name, p) for name, p in patterns if any(w.endswith("*") and len(w) < 3 for w in p)] == []


def test_triggers_of_examples_are_words_of_the_sentence():
    """In their order, with or without clitics; other words may stand between (أنحى الرئيس باللوم)."""
    for frame in FRAMES:
        for example in frame.examples:
            words = iter(example.text.split())
            assert all(any(w.endswith(word) for w in words) for word in example.trigger.split()), (frame.id, example.trigger)


@pytest.mark.parametrize(
    ("noun", "form"), [("غارة", "غارات"), ("غارة", "غارتين"), ("غارة", "غارت"), ("هجوم", "هجوما"), ("هجوم", "هجومين"), ("اعتداء", "اعتداء")]
)
def test_noun_forms(noun: str, form: str):
    assert fold_word(form) in noun_forms(noun)


def test_participle_forms():
    assert {fold_word(w) for w in ("متهم", "متهما", "متهمة", "متهمين", "متهمون")} <= set(participle_forms("متهم"))


def test_slots():
    assert parse_slots("genitive + مع | adjective") == (("genitive", "مع"), ("adjective",))
    assert parse_slots("none") == ()
    with pytest.raises(ValueError, match="صوب"):
        parse_slots("subject | صوب")


def test_a_folder_of_the_user_adds_replaces_and_removes(tmp_path: Path):
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "assault.toml").write_text(
        '[[frame]]\nid = "assault.mine"\nnouns = ["هجوم"]\n\n[[frame]]\nid = "assault.shell"\nverbs = ["قصف"]\nmodes = ["aerial"]\n\n'
        '[[frame]]\nid = "-assault.strike"\n',
        encoding="utf-8",
    )
    book = FrameBook.load(Resources(tmp_path))
    assert "assault.mine" in book.frames
    assert book.frames["assault.shell"].modes == ("aerial",)
    assert "assault.strike" not in book.frames
    assert len(book.frames) == len(FRAMES)


@pytest.mark.parametrize("line", ['noun = { actor = "صوب" }', 'colour = "red"', 'noun = { victim = "object" }'])
def test_mistakes_name_the_frame(tmp_path: Path, line: str):
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "aid.toml").write_text(f'[[frame]]\nid = "aid.wrong"\nnouns = ["هبة"]\n{line}\n', encoding="utf-8")
    with pytest.raises(ResourceError, match=r"aid\.wrong"):
        FrameBook.load(Resources(tmp_path))


def _proposed(coder: waqai.Coder, text: str) -> list[tuple[Frame, int, int]]:
    """Frames proposed for the words of a text, before the choice among them, with the words' offsets."""
    document = Document("test", text)
    for stage in coder.stages[:-1]:
        document = stage.run(document)
    found = []
    for sentence, parse in zip(document.sentences or (), document.parses or (), strict=True):
        for group in coder.tools.selector.triggers.find(Grammar(sentence, parse).sentence, parse):
            span = sentence.tokens[group[0].token].span
            found.extend((candidate.frame, span.start, span.end) for candidate in group)
    return found


def test_examples_are_recognised(coder: waqai.Coder):
    """A share, because an example may rest on a word that the lexicon reads otherwise; the names of those are shown."""
    wrong, total = [], 0
    for frame in FRAMES:
        for example in frame.examples:
            spans = [(start, start + len(word)) for word in example.trigger.split() if (start := example.text.find(word)) >= 0]
            total += 1
            if not any(f.type == frame.type and any(a < end and b > start for start, end in spans) for f, a, b in _proposed(coder, example.text)):
                wrong.append(frame.id)
    assert len(wrong) <= 0.05 * total, wrong


def test_counter_examples_stay_silent(coder: waqai.Coder):
    sentences = [(frame, text) for frame in FRAMES for text in frame.counter]
    wrong = [frame.id for frame, text in sentences if any(f.id == frame.id for f, _, _ in _proposed(coder, text))]
    assert len(wrong) <= 0.05 * len(sentences), wrong
