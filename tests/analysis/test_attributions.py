"""Who says so: direct and indirect speech, sources in phrases, nesting, what carries over."""

from __future__ import annotations

import pytest


def speech(coder, text):
    """Words and chain (participant, cue) of every quotation."""
    document = coder(text, date="2021-10-26")
    return [
        (document.text_of(quotation.span).strip("«».") , [(document.text_of(source.participant.mention.span), source.cue_lemma) for source in quotation.chain])
        for quotation in document.quotations
    ]


def sources(coder, text):
    """For every event the words of its sources, outermost first."""
    document = coder(text, date="2021-10-26")
    return [[document.text_of(source.participant.mention.span) for source in event.attribution] for event in document.events]


@pytest.mark.parametrize(
    ("text", "words", "source", "cue"),
    [
        ("قال وزير الدفاع إن الجيش قصف القرية.", "الجيش قصف القرية", "وزير الدفاع", "قال"),
        ("أعلنت الحكومة أن الوزير سيغادر البلاد.", "الوزير سيغادر البلاد", "الحكومة", "أعلن"),
        ("اعتبر الوزير أن الجيش قصف القرية.", "الجيش قصف القرية", "الوزير", "اعتبر"),
        ("نفت وزارة الدفاع أن الجيش قصف القرية.", "الجيش قصف القرية", "وزارة الدفاع", "نفى"),
        ("وقال شهود إن الجيش قصف القرية.", "الجيش قصف القرية", "شهود", "قال"),
    ],
)
def test_indirect(coder, text, words, source, cue):
    assert speech(coder, text) == [(words, [(source, cue)])]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("قال المتحدث باسم الحكومة في مؤتمر صحافي: «سنواصل القتال حتى النصر».", "المتحدث باسم الحكومة"),
        ("قال الوزير «سنواصل القتال حتى النصر».", "الوزير"),
    ],
)
def test_direct(coder, text, source):
    assert speech(coder, text) == [("سنواصل القتال حتى النصر", [(source, "قال")])]
    assert coder(text).quotations[0].kind == "direct"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("أدانت الوزارة الهجوم على القرية، بحسب بيان رسمي.", "بيان رسمي"),
        ("قصف الجيش مواقع المسلحين، وفق ما أعلنت وزارة الدفاع.", "وزارة الدفاع"),
        ("قصف الجيش مواقع المسلحين، بحسب ناشطين.", "ناشطين"),
        ("بحسب ناشطين، قصف الجيش مواقع المسلحين.", "ناشطين"),
        ("وفقا لمصادر طبية، قصف الجيش مواقع المسلحين.", "مصادر طبية"),
    ],
)
def test_a_source_in_a_phrase_stands_for_the_whole_sentence(coder, text, source):
    found = sources(coder, text)
    assert found
    assert all(chain == [source] for chain in found)


def test_nested_sources_are_listed_outermost_first(coder):
    text = "ذكرت وكالة الأنباء السورية أن وزير الدفاع قال إن الجيش قصف مواقع المسلحين."
    assert sources(coder, text) == [["وكالة الأنباء السورية", "وزير الدفاع"]]
    assert [chain for _, chain in speech(coder, text)] == [
        [("وكالة الأنباء السورية", "ذكر")], [("وكالة الأنباء السورية", "ذكر"), ("وزير الدفاع", "قال")],
    ]


def test_several_speakers_at_once(coder):
    assert sources(coder, "قال ناشطون ومسعفون إن الجيش قصف القرية.") == [["ناشطون", "مسعفون"]]


def test_a_verb_without_subject_carries_the_source_on(coder):
    text = "قال رئيس الوزراء العراقي إن الحرب انتهت. وأضاف أن الجيش قصف مواقع المسلحين."
    assert sources(coder, text)[-1] == ["رئيس الوزراء العراقي"]


def test_a_new_speaker_ends_what_was_carried(coder):
    text = "قال رئيس الوزراء العراقي إن الحرب انتهت. وأضاف ناشطون أن الجيش قصف مواقع المسلحين."
    assert sources(coder, text)[-1] == ["ناشطون"]


def test_a_sentence_of_the_reporter_has_no_source(coder):
    assert sources(coder, "قال الوزير إن الحرب انتهت. وقصف الجيش مواقع المسلحين.") == [[]]


@pytest.mark.parametrize(("text", "anonymous"), [("وقال شهود إن الجيش قصف القرية.", True), ("قال وزير الدفاع إن الجيش قصف القرية.", False)])
def test_anonymous_sources(coder, text, anonymous):
    assert [source.anonymous for event in coder(text).events for source in event.attribution] == [anonymous]


def test_the_cue_is_the_word_of_saying(coder):
    document = coder("وقال شهود إن الجيش قصف القرية.")
    assert document.text_of(document.events[0].attribution[0].cue) == "وقال"


def test_attributions_lie_in_their_sentence(coder):
    document = coder("قال الوزير إن الحرب انتهت. وأضاف أن الجيش قصف القرية.")
    assert [attribution.sentence for attribution in document.attributions] == [0, 1]
    for attribution in document.attributions:
        assert document.sentences[attribution.sentence].span.contains(attribution.content)
