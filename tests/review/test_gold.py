"""Reviewed events as annotated reports."""

from __future__ import annotations

import stand_in

from waqai.review.corrections import Article
from waqai.review.gold import Mention, fullest, report, sentences

RECORDS = stand_in.make_work()(stand_in.coded())
ARTICLE = Article(
    RECORDS.document.doc_id, RECORDS.document.title, RECORDS.document.text, tuple((s.part, s.sentence, s.start, s.end) for s in RECORDS.sentences)
)


def test_a_report_has_the_headline_first_and_words_of_its_sentences():
    whole = report(ARTICLE, "2019-04-17", "news", RECORDS.events, [])
    assert whole["sentences"][0] == stand_in.TITLE and whole["sentences"][1:] == stand_in.TEXT.split("\n")
    assert [event["sentence"] for event in whole["events"]] == sorted(event["sentence"] for event in whole["events"])
    for event in whole["events"]:
        assert event["trigger"] in whole["sentences"][event["sentence"]]
    event = next(each for each in whole["events"] if each["place"])
    assert (event["type"], event["actor"], event["actor_code"], event["day"]) == ("REJECT", [{"text": "القاهرة", "name": "القاهرة"}], ["EGY GOV"], "2019-04-16")
    assert event["speaker"] == [{"text": "دبلوماسي", "name": "دبلوماسي"}]


def test_sentences_hold_their_own_events():
    whole = report(ARTICLE, None, "news", RECORDS.events, [])
    each = list(sentences(whole))
    assert [s["text"] for s in each] == whole["sentences"] and sum(len(s["events"]) for s in each) == len(whole["events"])
    assert each[0]["id"] == f"{ARTICLE.doc_id}-1" and "sentence" not in each[2]["events"][0] and "day" not in each[2]["events"][0]


def test_the_fullest_name_is_the_longest_proper_one():
    mentions = [Mention("a", "pronoun", "هو الذي قال ذلك"), Mention("a", "nominal", "الرئيس السابق للجمهورية"), Mention("a", "name", "مرسي"), Mention("a", "name", "محمد مرسي")]
    assert fullest(mentions) == {"a": "محمد مرسي"}
    assert fullest(mentions[:2]) == {"a": "الرئيس السابق للجمهورية"}
    assert fullest(mentions[:1]) == {}
