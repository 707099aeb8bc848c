"""What of a stream is new, beside what a store holds and what is on its way there."""

from __future__ import annotations

import datetime as dt
import random

import msgspec
import pytest

from waqai.identity import Article, Sieve, Standing, fingerprint, wording

DAY = dt.date(2019, 4, 19)
WIRE = (
    "بغداد - أعلن رئيس الوزراء العراقي أن القوات الأمنية استعادت السيطرة على ناحية جنوب الموصل بعد قتال استمر ثلاثة أيام مع مسلحي تنظيم الدولة. "
    "وقال متحدث عسكري إن 14 مسلحا قتلوا وإن خمسة جنود أصيبوا بجروح. ودعت المنظمة الدولية للهجرة إلى فتح ممرات آمنة أمام الأسر النازحة."
)
LATER = WIRE.replace("14", "22").replace("خمسة جنود", "تسعة جنود") + " وأضاف المتحدث أن العملية تستمر حتى تطهير القرى المجاورة كلها من العبوات الناسفة."
LAST = LATER.replace("22", "31")
OTHER = "التقى وزير الخارجية المصري في القاهرة نظيره السوداني وبحثا ملف سد النهضة، واتفقا على عقد اجتماع فني للخبراء في الخرطوم خلال الشهر المقبل قبل القمة."


class Shelf:
    """A store of articles in memory, coded by "c", that can be asked as a store is."""

    def __init__(self, *articles, copies=(), earlier=()):
        self.articles = {article.doc_id: article for article in articles}
        self.rest = [*(("copy", article) for article in copies), *(("earlier", article) for article in earlier)]

    def standings(self, doc_ids):
        found = {}
        for kind, article in [*(("document", each) for each in self.articles.values()), *self.rest]:
            if article.doc_id in doc_ids:
                found.setdefault(article.doc_id, []).append(Standing(kind, article.text_hash, "c" if kind == "document" else ""))
        return found

    def like(self, asked):
        return [[other for other in self.articles.values() if other.doc_id != article.doc_id and _touch(seen, other)] for article, seen in asked]


def _touch(seen, other):
    return bool(set(seen.marks) & set(fingerprint(wording(other.text), other.url).marks))


def article(doc_id, text=WIRE, *, outlet="وكالة", url="", published=DAY):
    return Article(doc_id, text, outlet, url, published, text_hash=f"{hash((text, outlet, url))}")


def kinds(sieve, *articles, **options):
    return [(verdict.kind, verdict.of) for verdict in sieve.judge(articles, **options)]


def test_copies_of_what_is_stored_and_of_what_is_on_its_way():
    sieve = Sieve(Shelf(article("one")), "c")
    assert kinds(sieve, article("two", outlet="صحيفة"), article("three", OTHER), article("four", OTHER, outlet="صحيفة")) == [
        ("copy", "one"), ("new", ""), ("copy", "three"),
    ]


def test_a_copy_is_known_until_its_original_is_forgotten():
    sieve = Sieve(Shelf(), "c")
    assert kinds(sieve, article("one")) == [("new", "")]
    assert kinds(sieve, article("two", outlet="صحيفة")) == [("copy", "one")]
    assert set(sieve.fingerprints(["one", "two"])) == {"one"}
    sieve.forget(["one", "two"])
    assert kinds(sieve, article("three", outlet="جريدة")) == [("new", "")]


@pytest.mark.parametrize(("again", "coder", "kind"), [(False, "c", "unchanged"), (True, "c", "new"), (False, "d", "new")])
def test_what_is_stored_as_it_is(again, coder, kind):
    sieve = Sieve(Shelf(article("one"), copies=[article("two", outlet="صحيفة")], earlier=[article("old", OTHER)]), coder)
    found = kinds(sieve, article("one"), article("two", outlet="صحيفة"), article("old", OTHER), again=again)
    assert found == [(kind, ""), ("unchanged", ""), ("unchanged", "")]


def test_the_same_article_twice_in_one_stream():
    sieve = Sieve(Shelf(), "c")
    assert kinds(sieve, article("one"), article("one")) == [("new", ""), ("unchanged", "")]
    assert kinds(sieve, article("one"), article("one", LATER)) == [("unchanged", ""), ("version", "one")]


def test_a_corrected_article_is_a_version_of_itself():
    sieve = Sieve(Shelf(article("one")), "c")
    assert kinds(sieve, article("one", LATER), article("two", LATER, outlet="صحيفة")) == [("version", "one"), ("copy", "one")]


def test_a_version_takes_the_place_of_the_newest_before_it():
    sieve = Sieve(Shelf(article("one", url="https://a.example/1")), "c")
    later, last = article("two", LATER, url="https://a.example/1"), article("three", LAST, url="https://a.example/1")
    assert kinds(sieve, later, last) == [("version", "one"), ("version", "two")]
    # Who repeats what the first said is listed with what stands for it.
    assert kinds(sieve, article("four", outlet="صحيفة")) == [("copy", "three")]


def test_a_copy_that_says_something_else_now_is_looked_at_anew():
    sieve = Sieve(Shelf(article("one"), copies=[article("two", outlet="صحيفة")]), "c")
    assert kinds(sieve, article("two", OTHER, outlet="صحيفة")) == [("new", "")]


def test_verdicts_do_not_depend_on_how_many_are_asked_at_once():
    chance = random.Random(5)
    texts = [WIRE, LATER, LAST, OTHER]
    stream = [article(f"{chance.randrange(9)}", chance.choice(texts), outlet=chance.choice("أب"), url=f"https://a.example/{chance.randrange(4)}") for _ in range(60)]
    whole = Sieve(Shelf(article("s", OTHER)), "c").judge(stream)
    single = Sieve(Shelf(article("s", OTHER)), "c")
    assert [verdict for each in stream for verdict in single.judge([each])] == whole
    assert {verdict.kind for verdict in whole} == {"new", "copy", "version", "unchanged"}


def test_verdicts_are_plain_values():
    [verdict] = Sieve(Shelf(), "c").judge([article("one")])
    assert msgspec.to_builtins(verdict) == {"kind": "new", "of": "", "share": 0.0}
