"""Review in the browser: deciding, correcting by pointer and by keys, adding, undoing, and what others do meanwhile."""

from __future__ import annotations

import json
import shutil
import time
from urllib.parse import quote, urlsplit

import httpx2
import pytest

LANGUAGES = {"ar": "rtl", "en": "ltr"}
NAME = "ليلى"


@pytest.fixture
def site(template, serve, tmp_path):
    """These tests write: each has its own store."""
    shutil.copy(template, tmp_path / "s.duckdb")
    with serve(tmp_path / "s.duckdb") as address:
        yield address


@pytest.fixture
def reviewing(visit):
    """Opens a page of the review as a reviewer who has given a name before."""

    def make(path, size="desktop", theme="light", name=NAME):
        here = visit(size, theme)
        here.page.add_init_script(f"if (!localStorage.getItem('waqai')) localStorage.setItem('waqai', JSON.stringify({{reviewer: {json.dumps(name)}}}))")
        here.go(path)
        return here

    return make


def told(here, part):
    """Wait until the line that tells what happened says this."""
    here.until(f"document.querySelector('.told').innerText.includes({json.dumps(part)})")


def waiting(api, **parameters):
    return api("review/queue", limit=100, **parameters)


def fitting(api, condition):
    """An event in the text of its article that has what a test needs."""
    return next(e for e in api("events", limit=300)["events"] if e["part"] == "text" and condition(e))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_in_every_dress(reviewing, lang):
    here = reviewing(f"/review?lang={lang}")
    here.page.locator(".question h2").wait_for()
    root = here.page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (lang, LANGUAGES[lang])
    for dress in here.dresses():
        assert (dress, here.overflow() <= 0, here.axe()) == (dress, True, [])
    here.page.get_by_role("button", name={"ar": "صحّح", "en": "Correct"}[lang]).click()
    here.page.get_by_role("application").wait_for()
    for dress in here.dresses():
        assert (dress, here.overflow() <= 0, here.axe()) == (dress, True, [])
    here.go(f"/review?lang={lang}&view=log")
    for dress in here.dresses():
        assert (dress, here.overflow() <= 0, here.axe()) == (dress, True, [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_name_is_asked_once(visit, api, lang):
    here = visit()
    here.go(f"/review?lang={lang}")
    assert here.page.locator(".question").count() == 0 and not here.axe()
    here.page.locator("#name").fill(NAME)
    here.page.keyboard.press("Enter")
    here.page.locator(".question h2").wait_for()
    here.go(f"/review?lang={lang}")
    here.page.locator(".question h2").wait_for()
    assert here.page.locator("#name").count() == 0
    here.page.keyboard.press("1")
    here.until("document.querySelector('.told').innerText")
    assert api("review/log")["changes"][0]["reviewer"] == NAME


def test_the_queue_is_decided_with_keys_and_undone(reviewing, api):
    items = waiting(api)["items"]
    here = reviewing("/review?lang=en")
    question = here.page.locator(".question h2")
    question.wait_for()
    first = question.inner_text()
    here.page.keyboard.press("1")
    told(here, "Accepted")
    assert api(f"events/{items[0]['event']['event_id']}")["review"]["status"] == "accepted"
    here.page.keyboard.press("2")
    told(here, "Rejected")
    assert api(f"events/{items[1]['event']['event_id']}")["review"]["status"] == "rejected"
    assert waiting(api)["progress"] | {"reviewers": None} == {
        "reviewed": 2, "accepted": 1, "corrected": 0, "rejected": 1, "added": 0, "unsure": 0, "compared": 0, "agreed": 0,
        "reviewers": None,
    }
    here.page.keyboard.press("u")
    told(here, "Taken back")
    here.page.keyboard.press("u")
    here.until("!document.querySelector('.told button')")
    here.until(f"document.querySelector('.question h2')?.innerText === {json.dumps(first)}")
    assert waiting(api)["progress"]["reviewed"] == 0
    assert [item["event"]["event_id"] for item in waiting(api)["items"]] == [item["event"]["event_id"] for item in items]


def test_the_focus_goes_to_the_next_question(reviewing):
    here = reviewing("/review?lang=en")
    here.page.locator(".question h2").wait_for()
    here.page.keyboard.press("1")
    told(here, "Accepted")
    here.until("document.activeElement.matches('.question h2')")


def test_skip_next_and_previous_store_nothing(reviewing, api):
    here = reviewing("/review?lang=en")
    question = here.page.locator(".question h2")
    question.wait_for()
    texts = "document.querySelector('.passage').innerText"
    seen = [here.page.evaluate(texts)]
    for key in ("n", "p", "Space"):
        before = here.page.evaluate(texts)
        here.page.keyboard.press(key)
        here.until(f"document.querySelector('.passage') && {texts} !== {json.dumps(before)}")
        seen.append(here.page.evaluate(texts))
    assert seen[2] == seen[0], "p goes back to where n came from"
    assert waiting(api)["progress"]["reviewed"] == 0 and api("review/log")["total"] == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_doubt_is_kept_and_found_again(reviewing, api, lang):
    event = waiting(api)["items"][0]["event"]
    here = reviewing(f"/review?lang={lang}")
    here.page.locator(".question h2").wait_for()
    here.page.keyboard.press("3")
    told(here, {"ar": "وتُرك لغيرك", "en": "left for others"}[lang])
    assert api(f"events/{event['event_id']}")["review"] | {"at": None} == {"status": "unsure", "reviewer": NAME, "review_id": 1, "note": "", "at": None}
    assert event["event_id"] not in [item["event"]["event_id"] for item in waiting(api)["items"]]
    here.page.get_by_role("link", name={"ar": "غير محسوم: حدث واحد", "en": "1 doubt"}[lang]).click()
    here.settle()
    here.page.locator(".question h2").wait_for()
    assert {"ar": "غير محسوم", "en": "Unsure"}[lang] in here.page.locator(".question").inner_text() and not here.axe()
    here.page.keyboard.press("1")
    here.until("document.querySelector('.empty')")
    assert api(f"events/{event['event_id']}")["review"]["status"] == "accepted"
    here.page.keyboard.press("u")
    told(here, {"ar": "أُلغي", "en": "Taken back"}[lang])
    assert api(f"events/{event['event_id']}")["review"]["status"] == "unsure"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_correction_by_keys_is_stored_and_shown(reviewing, api, lang):
    """Type, polarity and a participant are corrected without a pointer."""
    event = fitting(api, lambda e: e["event_type"] != "AID" and len(e["sentence_text"].split()) > 6 and len(e["actors"]) == 1)
    here = reviewing(f"/review?lang={lang}&event={event['event_id']}")
    here.page.locator(".question h2").wait_for()
    here.page.keyboard.press("e")
    here.page.get_by_role("application").wait_for()
    assert here.page.evaluate("document.activeElement.getAttribute('role')") == "application"
    # The first press puts the cursor on the first word of the sentence, the second on the next.
    here.page.keyboard.press("ArrowLeft")
    here.page.keyboard.press("ArrowLeft")
    here.page.keyboard.press("Shift+ArrowLeft")
    chosen = here.page.locator(".picked").inner_text()
    here.page.keyboard.press("r")
    here.page.locator("#type").focus()
    here.page.locator("#type").select_option("AID")
    here.page.locator("#polarity").select_option("negated")
    here.page.keyboard.press("Control+Enter")
    here.page.locator(".question h2").wait_for()
    after = api(f"events/{event['event_id']}")
    assert (after["event_type"], after["polarity"], after["review"]["status"], after["review"]["reviewer"]) == ("AID", "negated", "corrected", NAME)
    assert [who["text"] for who in after["recipients"]] == [*[who["text"] for who in event["recipients"]], chosen]
    document = api(f"documents/{quote(event['doc_id'], safe='')}")
    added = after["recipients"][-1]
    assert document["text"][added["start"] : added["end"]] == chosen and len(chosen.split()) == 2
    assert [who["entity_id"] for who in after["actors"]] == [who["entity_id"] for who in event["actors"]]
    assert chosen in here.page.locator(".question dl").inner_text()
    assert {"ar": "منفي", "en": "Negated"}[lang] in here.page.locator(".question").inner_text()
    here.page.keyboard.press("u")
    told(here, {"ar": "أُلغي", "en": "Taken back"}[lang])
    assert api(f"events/{event['event_id']}") | {"history": None} == event | {
        "history": None, **{name: api(f"events/{event['event_id']}")[name] for name in ("previous_sentence", "next_sentence", "similar")},
    }


def test_letters_joined_to_a_word_are_left_out(reviewing, api):
    event = fitting(api, lambda e: e["sentence_text"].startswith("و"))
    here = reviewing(f"/review?lang=ar&event={event['event_id']}")
    here.page.locator(".question h2").wait_for()
    here.page.keyboard.press("e")
    for key in ("ArrowLeft", "Alt+ArrowLeft"):
        here.page.keyboard.press(key)
    here.page.keyboard.press("t")
    here.page.keyboard.press("Control+Enter")
    here.page.locator(".question h2").wait_for()
    trigger = api(f"events/{event['event_id']}")["trigger"]
    start = event["sentence_span"]["start"]
    assert (trigger["start"], trigger["text"]) == (start + 1, event["sentence_text"].split()[0].strip("،.:")[1:])


def test_an_entity_is_chosen_by_name(reviewing, api):
    event = fitting(api, lambda e: len(e["actors"]) == 1)
    here = reviewing(f"/review?lang=en&event={event['event_id']}")
    here.page.locator(".question h2").wait_for()
    here.page.keyboard.press("e")
    here.page.locator(".person button[aria-expanded]").first.click()
    here.page.locator("#entity").fill("ألمانيا")
    here.page.locator(".choose li button", has_text="Germany").first.click()
    assert not here.axe()
    here.page.get_by_role("button", name="Save").click()
    here.page.locator(".question h2").wait_for()
    assert api(f"events/{event['event_id']}")["actors"][0]["entity_id"] == "DEU"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_missed_event_is_added_from_the_words_of_the_reader(reviewing, api, lang):
    article = next(each for each in api("documents", limit=100)["documents"] if "script" in each["doc_id"])
    text = api(f"documents/{quote(article['doc_id'], safe='')}")["text"]
    start = text.index("أدانت فرنسا")
    before = article["events"]
    here = reviewing(f"/review?lang={lang}&add={quote(article['doc_id'], safe='')}&part=text&start={start}&end={start + 5}")
    here.page.get_by_role("application").wait_for()
    here.until("document.querySelector('.picked').innerText === 'أدانت'")
    here.page.keyboard.press("t")
    here.page.locator("#type").select_option("ACCUSE")
    here.page.keyboard.press("Control+Enter")
    told(here, {"ar": "أُضيف", "en": "Added"}[lang])
    after = api(f"documents/{quote(article['doc_id'], safe='')}")
    new = next(each for each in after["events"] if each["coder"] == "review")
    assert len(after["events"]) == before + 1 and new["trigger"]["text"] == "أدانت" and new["trigger"]["start"] == start
    assert new["review"]["status"] == "added"
    here.until("!location.search.includes('add=')")
    here.page.keyboard.press("u")
    told(here, {"ar": "أُلغي", "en": "Taken back"}[lang])
    assert len(api(f"documents/{quote(article['doc_id'], safe='')}")["events"]) == before


def test_words_are_chosen_with_the_pointer(reviewing, api):
    event = fitting(api, lambda e: len(e["sentence_text"].split()) > 6)
    here = reviewing(f"/review?lang=en&event={event['event_id']}")
    here.page.locator(".question h2").wait_for()
    here.page.keyboard.press("e")
    here.page.get_by_role("application").wait_for()
    here.page.evaluate("""() => { const node = document.querySelector('.passage p:not(.around) .segment').firstChild; const range = document.createRange();
        const words = [...node.data.matchAll(/[\\p{L}\\p{M}]+/gu)].slice(2, 4);
        range.setStart(node, words[0].index); range.setEnd(node, words[1].index + words[1][0].length); getSelection().removeAllRanges(); getSelection().addRange(range); }""")
    here.until("document.querySelector('.picked bdi')")
    chosen = here.page.locator(".picked").inner_text()
    here.page.locator("button.slot", has_text="About").click()
    here.page.get_by_role("button", name="Save").click()
    here.page.locator(".question h2").wait_for()
    found = api(f"events/{event['event_id']}")["object"]
    text = api(f"documents/{quote(event['doc_id'], safe='')}")["text"]
    assert found["text"] == chosen == text[found["start"] : found["end"]]


def test_others_decide_meanwhile(reviewing, api, site):
    event = waiting(api)["items"][0]["event"]
    here = reviewing("/review?lang=en")
    here.page.locator(".question h2").wait_for()
    given = {"action": "reject", "event_id": event["event_id"], "reviewer": "Omar"}
    answer = httpx2.post(f"{site}/api/v1/review/decisions", json=given, headers={"X-Waqai": "1"}, timeout=20)
    assert answer.status_code == 200, answer.text
    here.page.get_by_role("alert").wait_for()
    assert "Omar" in here.page.get_by_role("alert").inner_text()
    here.page.get_by_role("button", name="Look at it again").click()
    here.until("document.querySelector('.question')?.innerText.includes('Decided by Omar')")
    here.page.keyboard.press("1")
    told(here, "Accepted")
    here.go("/review?lang=en&view=log")
    rows = here.page.locator("main ol > li")
    assert rows.count() == 2
    assert "Omar decided otherwise" in rows.nth(0).inner_text() and f"{NAME} decided otherwise" in rows.nth(1).inner_text()
    assert rows.nth(0).get_by_role("button", name="Undo").count() == 1 and rows.nth(1).get_by_role("button", name="Undo").count() == 0
    rows.nth(0).get_by_role("button", name="Undo").click()
    here.until("document.querySelectorAll('main ol > li').length === 3")
    assert api(f"events/{event['event_id']}")["review"]["reviewer"] == "Omar"


def test_the_log_says_who_when_and_what(reviewing, api):
    event = fitting(api, lambda e: e["event_type"] != "AID")
    here = reviewing(f"/review?lang=en&event={event['event_id']}")
    here.page.locator(".question h2").wait_for()
    here.page.keyboard.press("e")
    here.page.locator("#type").select_option("AID")
    here.page.locator("#note").fill("<b>سبب</b>")
    here.page.keyboard.press("Control+Enter")
    here.page.locator(".question h2").wait_for()
    here.go("/review?lang=en&view=log")
    row = here.page.locator("main ol > li").first.inner_text()
    assert NAME in row and "Corrected" in row and "Aid" in row and "<b>سبب</b>" in row
    assert here.page.locator("main time").first.get_attribute("datetime").startswith(time.strftime("%Y-", time.gmtime()))
    here.page.locator("#action").select_option("reject")
    here.until("document.querySelector('.empty')")
    here.page.get_by_role("button", name="Export").click()
    with here.page.expect_download() as download:
        here.page.get_by_role("link", name="Sentences, gold format").click()
    lines = [json.loads(line) for line in download.value.path().read_text(encoding="utf-8").splitlines()]
    assert any(event["trigger"]["text"] in json.dumps(line, ensure_ascii=False) for line in lines)


def test_a_store_for_reading_shows_and_does_not_ask(template, serve, tmp_path, chromium):
    shutil.copy(template, tmp_path / "r.duckdb")
    with serve(tmp_path / "r.duckdb", read_only=True) as address:
        page = chromium.new_context(locale="en-GB").new_page()
        page.goto(f"{address}/review?lang=en")
        page.locator(".question h2").wait_for()
        assert "read-only" in page.locator("main").inner_text()
        assert page.get_by_role("button", name="Right").count() == 0 and page.locator("#name").count() == 0
        page.context.close()


def test_the_example_that_means_harm_is_shown_as_text(reviewing, api):
    event = next(e for e in api("events", limit=300)["events"] if "script" in e["doc_id"] and "<script>" in e["sentence_text"])
    here = reviewing(f"/review?lang=ar&event={event['event_id']}")
    here.page.locator(".question h2").wait_for()
    assert "<script>alert(1)</script>" in here.page.locator(".passage").text_content()
    assert here.page.locator("main :is(script, img)").count() == 0
    assert urlsplit(here.page.url).path == "/review"
