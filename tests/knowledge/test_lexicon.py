"""The lexicon as the analyser sees it."""

from __future__ import annotations

import msgspec
import pytest

from waqai.knowledge.lexicon import Lexicon
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load(Resources())


@pytest.mark.parametrize("lemma", ["قتل", "أعلن", "اتّهم", "دعا", "نفى", "رفض", "أدان", "زار", "وقّع", "التقى", "استدعى", "قصف", "هاجم", "طالب", "ندّد"])
def test_verbs_of_the_news_have_both_stems(lexicon, lemma):
    for stems in (lexicon.perfect, lexicon.imperfect):
        assert any(entry.lemma == lemma for entries in stems.values() for entry in entries)


def test_keys_are_folded(lexicon):
    for table in (lexicon.perfect, lexicon.imperfect, lexicon.nouns):
        assert [key for key in table if fold_word(key) != key] == []
    assert [name for name in lexicon.names if fold_word(name) != name] == []


def test_slots_and_voices(lexicon):
    for stems in (lexicon.perfect, lexicon.imperfect):
        for entries in stems.values():
            for entry in entries:
                assert entry.slots
                assert set(entry.slots) <= set("abcdefghABCDEFGH")
                assert entry.voice in ("active", "passive", "either")


@pytest.mark.parametrize(("word", "lemma", "pos"), [
    ("وزير", "وزير", "noun"), ("بيان", "بيان", "noun"), ("اتهام", "اتهام", "masdar"), ("مصادر", "مصدر", "noun"), ("كتايب", None, None), ("حكومه", "حكومة", "noun"),
])
def test_nouns(lexicon, word, lemma, pos):
    noun = lexicon.nouns.get(word)
    assert (noun.lemma, noun.pos) == (lemma, pos) if lemma else noun is None


def test_irregular_plurals_come_before_everything_else(lexicon):
    for row in Resources().table("lexicon/irregular.tsv"):
        noun = lexicon.nouns[fold_word(row["word"])]
        assert noun.pos == "noun"
        assert noun.number in ("s", "d", "p", "")


def test_the_compiled_form_is_the_same(lexicon, tmp_path):
    for _ in range(2):
        assert Lexicon.load(Resources(cache=tmp_path)) == lexicon
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(lexicon), type=Lexicon) == lexicon


def test_a_word_of_the_user(tmp_path):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "irregular.tsv").write_text("word\tlemma\tnumber\tgender\nزعاطيط\tزعطوط\tp\tm\n", encoding="utf-8")
    assert Lexicon.load(Resources(tmp_path)).nouns["زعاطيط"].lemma == "زعطوط"
