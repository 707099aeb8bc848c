"""Corrections as functions on records, without a store: what follows from a change, and what is no change."""

from __future__ import annotations

import msgspec
import pytest
import stand_in
from hypothesis import given
from hypothesis import strategies as st

from waqai.errors import UsageError
from waqai.knowledge.loader import Resources
from waqai.knowledge.ontology import Ontology
from waqai.records.rows import ActorRecord, PlaceRecord
from waqai.review.corrections import Article, At, accepted, added, changes_of, corrected

ONTOLOGY = Ontology.load(Resources(None))
RECORDS = stand_in.make_work()(stand_in.coded())
ARTICLE = Article(
    RECORDS.document.doc_id, RECORDS.document.title, RECORDS.document.text, tuple((s.part, s.sentence, s.start, s.end) for s in RECORDS.sentences)
)
EVENT = next(event for event in RECORDS.events if event.place)


class Nobody:
    """A directory that knows one entity and one place."""

    def entity(self, entity_id, words):
        return self.named(words, "text") if entity_id == "one" else None

    def named(self, words, part):
        return ActorRecord(words.text, words.start, words.end, "one", "country", "واحد", "One", "ONE", "GOV", None)

    def place(self, words):
        return PlaceRecord(words.text, words.start, words.end, "هنا", "Here", "ONE", 1.0, 2.0, 3)


def correct(**changes):
    return corrected(EVENT, changes_of(changes), ARTICLE, Nobody(), ONTOLOGY)


def test_a_type_brings_its_codes_and_drops_modes_of_another():
    event = msgspec.structs.replace(EVENT, modes=("yield",), contexts=("military",))
    after = corrected(event, changes_of({"event_type": "ASSAULT"}), ARTICLE, Nobody(), ONTOLOGY)
    assert (after.event_type, after.modes, after.quad, after.intensity, after.contexts) == ("ASSAULT", (), "material conflict", -9.0, ("military",))
    mode = next(name for kind, name in ONTOLOGY.modes if kind == "ASSAULT")
    after = corrected(event, changes_of({"event_type": "ASSAULT", "modes": [mode]}), ARTICLE, Nobody(), ONTOLOGY)
    assert after.modes == (mode,) and after.intensity == ONTOLOGY.modes["ASSAULT", mode].intensity


def test_what_is_not_named_stays():
    after = correct(polarity="negated")
    changed = {"polarity", "confidence", "evidence"}
    assert {f for f in after.__struct_fields__ if getattr(after, f) != getattr(EVENT, f)} == changed
    assert after.evidence[-1] == "review:correct" and correct(polarity="negated").evidence == after.evidence


def test_a_trigger_in_another_sentence_moves_the_event():
    start = ARTICLE.text.index("أدانت")
    after = correct(trigger={"start": start - 1, "end": start + 5})
    assert after.trigger.text == "أدانت" and after.trigger.start == start, "blanks at the edges are no words"
    assert ARTICLE.text[after.sentence_span.start : after.sentence_span.end].startswith("أدانت")
    assert after.event_id == EVENT.event_id


def test_a_place_and_a_time_come_and_go():
    at = {"start": EVENT.place.start, "end": EVENT.place.end}
    assert correct(place=None).place is None
    assert correct(place=at).place.name_en == "Here"
    assert correct(time=None).time is None
    assert correct(time={**at, "from": "2019-04-01", "to": "2019-04-03"}).time.to == "2019-04-03"
    assert correct(time={**at}).time.from_ is None
    same = {"start": EVENT.time.start, "end": EVENT.time.end}
    assert correct(time=same).time == EVENT.time, "the same words keep their days"


def test_a_speaker_keeps_its_cue():
    source = EVENT.attribution[0]
    after = correct(attribution=[{"start": source.start, "end": source.end, "entity_id": "one"}])
    assert after.attribution[0].cue == source.cue and after.attribution[0].anonymous == source.anonymous
    assert after.attribution[0].entity_id == "one"
    assert correct(attribution=[]).attribution == ()


def test_an_added_event_has_what_it_needs():
    start = ARTICLE.text.index("أعلنت")
    at = {"start": start, "end": start + 5}
    event = added(changes_of({"event_type": "AGREE", "trigger": at, "actors": [at]}), ARTICLE, Nobody(), ONTOLOGY, "k")
    assert (event.sentence, event.trigger.text, event.quad, event.confidence, event.coder) == (0, "أعلنت", "verbal cooperation", 1.0, "review")
    assert event.evidence == ("review:add",) and event.actors[0].entity_id == "one"
    assert event.event_id != added(changes_of({"event_type": "AGREE", "trigger": at}), ARTICLE, Nobody(), ONTOLOGY, "l").event_id


def test_an_accepted_event_is_certain():
    assert accepted(EVENT).confidence == 1.0 and accepted(accepted(EVENT)) == accepted(EVENT)


@pytest.mark.parametrize("changes", [{"actors": "x"}, {"trigger": {"start": "a", "end": 2}}, {"nothing": 1}, {"trigger": {"start": 1}}, {"polarity": "?"}])
def test_changes_that_cannot_be_read(changes):
    with pytest.raises(UsageError, match="WQ-637"):
        changes_of(changes)


@given(st.integers(-5, 400), st.integers(-5, 400), st.sampled_from(["text", "title"]))
def test_words_of_a_span_are_in_the_text_or_refused(start, end, part):
    whole = ARTICLE.title if part == "title" else ARTICLE.text
    try:
        words = ARTICLE.words(At(start, end), part)
    except UsageError as error:
        assert error.code == "WQ-630" and (start < 0 or end > len(whole) or start >= end or not whole[start:end].strip())
    else:
        assert whole[words.start : words.end] == words.text == words.text.strip() != "" and start <= words.start < words.end <= end
