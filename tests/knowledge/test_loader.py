"""Resource files: tables, overlay, mistakes, compiled forms."""

from __future__ import annotations

import pytest

from waqai.errors import ResourceError
from waqai.knowledge.loader import Resources, read_table, read_toml

HEAD = "# what: a table for tests\n# columns: word, tag\n"


@pytest.fixture
def folders(tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder in (ours, theirs):
        (folder / "lexicon").mkdir(parents=True)
    (ours / "lexicon" / "words.tsv").write_text(HEAD + "word\ttag\nفي\tpreposition\nقد\tparticle\nقد\tadverb\n", encoding="utf-8")
    (ours / "frames.toml").write_text('[[frame]]\nid = "a.one"\nnouns = ["حرب"]\n\n[[frame]]\nid = "a.two"\n', encoding="utf-8")
    return ours, theirs


def overlaid(folders, rows):
    ours, theirs = folders
    (theirs / "lexicon" / "words.tsv").write_text("word\ttag\n" + rows, encoding="utf-8")
    return [(row["word"], row["tag"]) for row in Resources(theirs, packaged=ours).table("lexicon/words.tsv")]


def test_rows_in_file_order(folders):
    assert Resources(packaged=folders[0]).table("lexicon/words.tsv") == [
        {"word": "في", "tag": "preposition"}, {"word": "قد", "tag": "particle"}, {"word": "قد", "tag": "adverb"},
    ]


def test_a_new_key_is_added(folders):
    assert overlaid(folders, "سوف\tauxiliary\n") == [("في", "preposition"), ("قد", "particle"), ("قد", "adverb"), ("سوف", "auxiliary")]


def test_a_known_key_replaces_all_rows_of_it(folders):
    assert overlaid(folders, "قد\tnoun\n") == [("في", "preposition"), ("قد", "noun")]


def test_a_minus_removes(folders):
    assert overlaid(folders, "-قد\t\n") == [("في", "preposition")]


def test_removing_what_is_not_there_is_no_mistake(folders):
    assert len(overlaid(folders, "-لا\t\n")) == 3


def test_a_file_of_the_user_alone(folders):
    ours, theirs = folders
    (theirs / "lexicon" / "more.tsv").write_text("word\ttag\nلن\tnegation\n", encoding="utf-8")
    resources = Resources(theirs, packaged=ours)
    assert resources.table("lexicon/more.tsv") == [{"word": "لن", "tag": "negation"}]
    assert resources.files("lexicon/*.tsv") == ("lexicon/more.tsv", "lexicon/words.tsv")
    assert resources.table("lexicon/none.tsv") == []


def test_entries_are_overlaid_by_id(folders):
    ours, theirs = folders
    (theirs / "frames.toml").write_text(
        '[[frame]]\nid = "a.three"\n[[frame]]\nid = "-a.two"\n[[frame]]\nid = "a.one"\nnouns = ["سلم"]\n', encoding="utf-8"
    )
    found = Resources(theirs, packaged=ours).entries("frames.toml", "frame")
    assert {entry["id"]: entry.get("nouns") for entry in found} == {"a.three": None, "a.one": ["سلم"]}


@pytest.mark.parametrize("row", ["في", "في\tpreposition\textra"])
def test_a_broken_row_is_named_by_file_and_line(tmp_path, row):
    path = tmp_path / "words.tsv"
    path.write_text(f"{HEAD}word\ttag\nقد\tparticle\n{row}\n", encoding="utf-8")
    with pytest.raises(ResourceError) as caught:
        read_table(path)
    assert caught.value.code == "WQ-201"
    assert "words.tsv line 5" in str(caught.value)


def test_broken_toml_is_named_by_file_and_line(tmp_path):
    path = tmp_path / "frames.toml"
    path.write_text('[[frame]]\nid = "a\n', encoding="utf-8")
    with pytest.raises(ResourceError, match=r"frames\.toml.*line 2"):
        read_toml(path)


def test_empty_cells_and_comments(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text("# what: x\n\nword\ttag\nفي\t\n# a remark\nقد\tx\n", encoding="utf-8")
    assert read_table(path) == [{"word": "في", "tag": ""}, {"word": "قد", "tag": "x"}]


def test_a_compiled_form_is_built_once_and_anew_after_a_change(folders, tmp_path):
    ours, built = folders[0], []
    path = ours / "lexicon" / "words.tsv"

    def count():
        resources = Resources(packaged=ours, cache=tmp_path / "cache")
        return resources.compiled("words", ["lexicon/words.tsv"], list[str], lambda: built.append(1) or [row["word"] for row in resources.table("lexicon/words.tsv")])

    assert count() == count() == ["في", "قد", "قد"]
    assert len(built) == 1
    path.write_text(path.read_text(encoding="utf-8") + "لن\tnegation\n", encoding="utf-8")
    assert count()[-1] == "لن"
    assert len(built) == 2


def test_a_damaged_compiled_form_is_built_again(folders, tmp_path):
    resources = Resources(packaged=folders[0], cache=tmp_path)
    resources.compiled("words", ["lexicon/words.tsv"], list[str], lambda: ["في"])
    (kept,) = tmp_path.glob("words-*.msgpack")
    kept.write_bytes(b"\xc1 damaged")
    assert resources.compiled("words", ["lexicon/words.tsv"], list[str], lambda: ["قد"]) == ["قد"]


def test_a_cache_that_cannot_be_written_stops_nobody(folders, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    resources = Resources(packaged=folders[0], cache=tmp_path / "file" / "cache")
    assert resources.compiled("words", ["lexicon/words.tsv"], list[str], lambda: ["في"]) == ["في"]


def test_read_bytes_prefers_the_user(folders):
    ours, theirs = folders
    assert b"a.one" in (Resources(theirs, packaged=ours).read_bytes("frames.toml") or b"")
    (theirs / "frames.toml").write_bytes(b"# mine")
    assert Resources(theirs, packaged=ours).read_bytes("frames.toml") == b"# mine"
    assert Resources(theirs, packaged=ours).read_bytes("none.toml") is None
