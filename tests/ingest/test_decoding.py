"""Every way in which Arabic bytes come, and texts that were decoded wrongly before."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.ingest.decoding import arabic_share, decode, repair

SENTENCE = "قال وزير الخارجية المصري إن بلاده ترفض نشر قوات أجنبية في ليبيا، ودعا إلى هدنة فورية."
ARABIC = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ءآأؤإئةى،؟.0123456789\n"), min_size=12).filter(
    lambda text: arabic_share(text) == 1 and len(text.split()) > 1
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
def test_encodings(encoding):
    assert decode(SENTENCE.encode(encoding)).text == SENTENCE


def test_iso_8859_6_when_the_page_says_so():
    plain = SENTENCE.replace("،", ",")
    assert decode(plain.encode("iso8859-6"), "iso-8859-6").text == plain


def test_an_unknown_declared_encoding_is_passed_over():
    assert decode(SENTENCE.encode("cp1256"), "x-no-such").text == SENTENCE


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
@pytest.mark.parametrize("right", ["utf-8", "cp1256"])
def test_wrong_decoding_is_undone(right, wrong):
    table = {code: chr(code) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
    bad = "".join(
        table[byte] if wrong == "cp1252" and byte in table else bytes([byte]).decode(wrong) for byte in SENTENCE.encode(right)
    )
    decoded = decode(bad.encode("utf-8"))
    assert decoded.text == SENTENCE
    assert decoded.repair


@pytest.mark.parametrize("text", [SENTENCE, "Décision à l'Élysée: l'été où naît", "Ça", "", "plain words", "Öl und Äpfel, größer"])
def test_sound_text_is_left_alone(text):
    assert repair(text) is None


def test_a_few_broken_bytes_do_not_change_the_encoding():
    data = (SENTENCE * 3).encode() + b"\xff " + SENTENCE.encode()
    decoded = decode(data)
    assert decoded.text == SENTENCE * 3 + "\ufffd " + SENTENCE
    assert "1 places" in decoded.repair


def test_controls_and_presentation_forms_are_kept():
    text = "\u202bﻗﺎﻝ الرئيس\u202c\u200f إنّ\u0640 ذلك\u0000 كذلك"
    assert decode(text.encode()).text == text


@given(ARABIC)
def test_utf8_comes_through_untouched(text):
    assert decode(text.encode()).text == text


@given(ARABIC)
def test_utf16_with_a_mark_comes_through_untouched(text):
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")).text == text


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data):
    text = decode(data).text
    text.encode("utf-8")
