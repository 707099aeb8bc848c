"""Articles on their way into a store."""

from __future__ import annotations

from waqai.identity import Article, fingerprint, wording
from waqai.identity.recent import Recent

TEXT = "أعلنت الحكومة اليمنية أن وفدها وصل إلى الكويت لاستئناف المحادثات مع جماعة الحوثي برعاية المبعوث الدولي، وقال المتحدث باسمها إن البحث يشمل الأسرى."


def seen(text):
    return fingerprint(wording(text))


def test_what_was_taken_up_is_found_until_it_is_forgotten():
    recent = Recent()
    recent.add(Article("one", TEXT), seen(TEXT))
    like = Article("two", TEXT + " ")
    assert [other.doc_id for other in recent.like(like, seen(like.text))] == ["one"]
    assert recent.like(Article("one", TEXT), seen(TEXT)) == []
    assert recent.fingerprint_of("one") == seen(TEXT) and recent.fingerprint_of("two") is None
    recent.forget(["one", "unknown"])
    assert recent.like(like, seen(like.text)) == []


def test_another_text_takes_the_place_of_the_earlier():
    recent = Recent()
    recent.add(Article("one", TEXT), seen(TEXT))
    recent.add(Article("one", "نص آخر لا يشبه الأول"), seen("نص آخر لا يشبه الأول"))
    assert recent.like(Article("two", TEXT), seen(TEXT)) == []
