"""The reader: an article with its evidence, and the list of articles."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest

LANGUAGES = {"ar": "rtl", "en": "ltr"}
SLOTS = {"trigger", "actor", "recipient", "object", "time", "place", "speaker"}
ARTICLE = "yemen-school-bus-raid"
COLOURED = """() => Object.fromEntries([...CSS.highlights].filter(([name]) => name.startsWith("waqai-"))
    .map(([name, ranges]) => [name.slice(6), [...ranges].map(String)]))"""


def words(event):
    """The words of each slot of an event, as the API has them; a slot's words may stand in several lines of text."""
    found = {
        "trigger": [event["trigger"]], "actor": event["actors"], "recipient": event["recipients"], "speaker": event["attribution"],
        "object": [event["object"]], "time": [event["time"]], "place": [event["place"]],
    }
    texts = {slot: sorted(each["text"] for each in many if each) for slot, many in found.items()}
    return {slot: many for slot, many in texts.items() if many}


def lit(here):
    """The words that the page colours as slots of an event."""
    return {name: sorted(many) for name, many in here.page.evaluate(COLOURED).items() if name in SLOTS}


def current(here):
    """The event that the address names."""
    return parse_qs(urlsplit(here.page.url).query).get("event", [None])[0]


@pytest.fixture
def article(api):
    return api(f"documents/{ARTICLE}")


@pytest.fixture
def hostile(api):
    """The article that means harm."""
    found = next(each for each in api("documents", limit=100)["documents"] if "script" in each["doc_id"])
    return api(f"documents/{quote(found['doc_id'], safe='')}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_in_every_dress(visit, article, lang):
    here = visit()
    event = max(article["events"], key=lambda each: len(words(each)))
    for path, heading in ((f"/documents?lang={lang}", None), (f"/documents/{ARTICLE}?lang={lang}&event={event['event_id']}", article["title"])):
        here.go(path)
        root = here.page.locator("html")
        assert (root.get_attribute("lang"), root.get_attribute("dir")) == (lang, LANGUAGES[lang])
        for dress in here.dresses():
            assert here.page.locator("h1").count() == 1
            assert heading is None or here.page.locator("h1").text_content().strip() == heading
            assert (dress, here.overflow() <= 0, here.axe()) == (dress, True, [])
    # The last dress is that of a phone: the list of events is a sheet.
    here.page.locator("aside button[aria-expanded]").first.click()
    assert here.page.locator("aside article").count() == len(article["events"])
    assert not here.axe()


def test_the_text_is_whole_and_numbered(visit, article):
    here = visit()
    here.go(f"/documents/{ARTICLE}?lang=en")
    shown = here.page.locator(".article > p").all_text_contents()
    assert "\n".join(shown) == "\n".join(line for line in article["text"].split("\n") if line.strip())
    numbers = [each.get_attribute("data-number") for each in here.page.locator(".article [data-number]").all()]
    assert numbers == [str(n + 1) for n in range(sum(each["part"] == "text" for each in article["sentences"]))]
    assert here.page.locator(".article").get_attribute("lang") == "ar" and here.page.locator(".article").get_attribute("dir") == "rtl"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hover_and_focus_light_up_the_words_of_an_event(visit, article, lang):
    here = visit()
    here.go(f"/documents/{ARTICLE}?lang={lang}")
    assert not lit(here)
    for event in article["events"][:6]:
        card = here.page.locator(f"#claim-{event['event_id']}")
        # The list may still slip to its place under the pointer, after the page was scrolled to the event.
        for _ in range(20):
            card.locator("button").first.hover()
            if lit(here) == words(event):
                break
            here.page.wait_for_timeout(150)
        assert lit(here) == words(event)
    here.page.mouse.move(5, 5)
    last = article["events"][-1]
    here.page.locator(f"#claim-{last['event_id']} button").first.focus()
    assert lit(here) == words(last)


def test_nothing_moves_while_reading(visit, article):
    here = visit()
    here.go(f"/documents/{ARTICLE}?lang=ar")
    places = "[...document.querySelectorAll('.segment')].map(each => { const box = each.getBoundingClientRect(); return [box.x, box.y + scrollY, box.width, box.height]; })"
    before = here.page.evaluate(places)
    for event in article["events"][:3]:
        here.page.locator(f"#claim-{event['event_id']} button").first.hover()
        assert here.page.evaluate(places) == before
    assert here.page.evaluate("[...document.querySelectorAll('.segment')].every(each => !each.children.length && [...each.childNodes].filter(node => node.nodeType === 3 && node.data).length === 1)")


def test_keys_lead_from_event_to_event(visit, article):
    ids = [event["event_id"] for event in article["events"]]
    here = visit()
    here.go(f"/documents/{ARTICLE}?lang=ar")
    here.page.keyboard.press("j")
    here.page.keyboard.press("j")
    assert current(here) == ids[1] and lit(here) == words(article["events"][1])
    here.page.keyboard.press("k")
    assert current(here) == ids[0]
    # The same key on an Arabic keyboard.
    here.page.evaluate("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ت', code: 'KeyJ', bubbles: true, cancelable: true}))")
    assert current(here) == ids[1]
    here.page.keyboard.press("Enter")
    card = here.page.locator(f"#claim-{ids[1]}")
    assert card.locator("button").first.get_attribute("aria-expanded") == "true"
    here.page.keyboard.press("Escape")
    assert card.locator("button").first.get_attribute("aria-expanded") == "false"
    here.page.keyboard.press("Escape")
    assert current(here) is None and not lit(here)
    here.page.keyboard.press("?")
    assert here.page.get_by_role("dialog").is_visible()
    here.page.keyboard.press("Escape")
    assert not here.page.get_by_role("dialog").is_visible()


def test_single_keys_can_be_switched_off(visit):
    here = visit()
    here.go(f"/documents/{ARTICLE}?lang=en")
    here.page.get_by_role("button", name="Keys").click()
    here.page.get_by_label("Single letters are shortcuts").uncheck()
    here.page.keyboard.press("Escape")
    here.page.keyboard.press("j")
    assert current(here) is None


def test_it_opens_at_the_hit(visit, article):
    event = article["events"][-1]
    here = visit()
    here.go(f"/documents/{ARTICLE}?lang=en&event={event['event_id']}")
    assert lit(here) == words(event)
    card = here.page.locator(f"#claim-{event['event_id']}")
    here.until("(() => { const box = [...CSS.highlights.get('waqai-trigger')][0].getBoundingClientRect(); return box.top > 60 && box.bottom < innerHeight; })()")
    box = card.bounding_box()
    assert 0 <= box["y"] < 900
    assert card.get_by_role("link", name="Open the event").get_attribute("href").startswith(f"/events/{event['event_id']}")
    assert f"event={event['event_id']}" in card.get_by_role("link", name="Review the event").get_attribute("href")
    card.get_by_text("Why?").click()
    frames = [each.removeprefix("frame:") for each in event["evidence"] if each.startswith("frame:")]
    for frame in frames:
        assert frame in card.inner_text()


def test_what_is_unknown_is_said(visit, article):
    here = visit()
    here.go(f"/documents/{ARTICLE}?lang=ar")
    for event in article["events"]:
        text = here.page.locator(f"#claim-{event['event_id']}").inner_text()
        assert ("فاعل غير معروف" in text) == (not event["actors"])
        assert ("زمن غير محدد" in text) == (not (event["time"] and event["time"]["from"]))
    unresolved = next(e for e in article["events"] if any(who["entity_id"].startswith("local:") for who in e["actors"] + e["recipients"]))
    card = here.page.locator(f"#claim-{unresolved['event_id']}")
    card.locator("button").first.click()
    assert "معروف هنا فقط" in card.inner_text()


def test_negated_and_expected_events_say_so(visit, api):
    for parameters, sign in (({"polarity": "negated"}, "Negated"), ({"modality": "future"}, "Expected")):
        event = next(iter(api("events", **parameters)["events"]), None)
        assert event, f"the examples should hold an event with {parameters}"
        here = visit()
        here.go(f"/documents/{quote(event['doc_id'], safe='')}?lang=en")
        assert sign.lower() in here.page.locator(f"#claim-{event['event_id']} .meta").inner_text().lower()


def test_the_chain_of_sources_is_drawn(visit, api):
    event = max(api("events", limit=300)["events"], key=lambda each: len(each["attribution"]))
    assert len(event["attribution"]) >= 1
    here = visit()
    here.go(f"/documents/{quote(event['doc_id'], safe='')}?lang=ar&event={event['event_id']}")
    chain = here.page.locator(f"#claim-{event['event_id']} ol > li")
    assert chain.count() == len(event["attribution"]) + 2
    for source, shown in zip(event["attribution"], chain.all()[1:-1], strict=True):
        assert (source["text"] if source["anonymous"] else source["name_ar"]) in shown.inner_text()


def test_quotations_carry_their_speakers(visit, article):
    here = visit()
    here.go(f"/documents/{ARTICLE}?lang=ar")
    quotation = next(each for each in article["quotations"] if each["speaker"])
    # The words of a quotation over several sentences come one sentence a range.
    inside = "".join(quotation["text"].split())
    button = here.page.locator("aside li > button", has_text=quotation["speaker"]["name_ar"]).first
    button.focus()
    found = here.page.evaluate(COLOURED)
    assert quotation["speaker"]["text"] in found["speaker"]
    assert inside in "".join("".join(found["object"]).split())


def test_layers_and_types_stand_in_the_address(visit, article):
    here = visit()
    here.go(f"/documents/{ARTICLE}?lang=en&layers=times")
    times = {event["time"]["text"] for event in article["events"] if event["time"]}
    found = here.page.evaluate(COLOURED)
    assert set(found) == {"moment"} and set(found["moment"]) == times
    here.page.get_by_role("button", name="Events", exact=True).click()
    assert "layers=times%2Cevents" in here.page.url
    assert len(here.page.evaluate(COLOURED)["event"]) >= len({event["trigger"]["start"] for event in article["events"]})
    kind = article["events"][0]["event_type"]
    here.go(f"/documents/{ARTICLE}?lang=en&type={kind}")
    assert here.page.locator("aside article").count() == sum(event["event_type"] == kind for event in article["events"])


def test_letters_stay_joined_under_colours(visit, article):
    """A range that begins inside a word changes the width of nothing."""
    here = visit()
    here.go(f"/documents/{ARTICLE}?lang=ar&layers=none")
    measure = "[...document.querySelectorAll('.segment')].map(each => { const range = document.createRange(); range.selectNodeContents(each); return [...range.getClientRects()].reduce((sum, box) => sum + box.width, 0); })"
    plain = here.page.evaluate(measure)
    here.page.evaluate("""() => { for (const each of document.querySelectorAll('.segment')) {
        const range = document.createRange(); range.setStart(each.firstChild, 1); range.setEnd(each.firstChild, each.textContent.length - 1);
        CSS.highlights.set('waqai-actor', new Highlight(range)); } }""")
    assert here.page.evaluate(measure) == pytest.approx(plain, abs=0.5)


def test_without_highlights_there_are_marks_with_a_background_only(visit, article):
    here = visit()
    here.page.add_init_script("delete CSS.highlights; Object.defineProperty(CSS, 'highlights', {value: undefined}); delete window.Highlight;")
    event = next(each for each in article["events"] if each["actors"])
    here.go(f"/documents/{ARTICLE}?lang=en&event={event['event_id']}")
    shown = here.page.locator(".article mark.paint-actor").all_text_contents()
    assert "".join(shown) == "".join(who["text"] for who in event["actors"])
    style = here.page.evaluate("""() => { const style = getComputedStyle(document.querySelector('.article mark.paint-actor'));
        return [style.display, style.paddingInlineStart, style.borderInlineStartWidth, style.fontWeight === getComputedStyle(document.querySelector('.segment')).fontWeight]; }""")
    assert style == ["inline", "0px", "0px", True]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_article_that_means_harm_is_text(visit, hostile, lang):
    here = visit()
    here.go(f"/documents/{quote(hostile['doc_id'], safe='')}?lang={lang}")
    assert here.page.locator("h1").text_content() == hostile["title"]
    text = here.page.locator(".article").text_content()
    assert "<script>alert(1)</script>" in text and "\u202e" in text
    assert here.page.locator(".article :is(script, img, svg, a)").count() == 0
    assert here.page.locator("a[href^='javascript']").count() == 0
    assert not here.axe()


def test_a_selection_after_wide_characters_has_the_offsets_of_the_store(visit, hostile):
    here = visit()
    here.go(f"/documents/{quote(hostile['doc_id'], safe='')}?lang=en")
    here.page.evaluate("""() => { const node = [...document.querySelectorAll('.segment')].map(each => each.firstChild).find(each => each.data.includes('بيروت'));
        const range = document.createRange(); const at = node.data.indexOf('بيروت');
        range.setStart(node, at); range.setEnd(node, at + 5); getSelection().removeAllRanges(); getSelection().addRange(range); }""")
    link = here.page.get_by_role("link", name="Add an event with these words")
    asked = parse_qs(urlsplit(link.get_attribute("href")).query)
    start, end = int(asked["start"][0]), int(asked["end"][0])
    assert hostile["text"][start:end] == "بيروت" and asked["add"] == [hostile["doc_id"]]
    assert "🙂" in hostile["text"][:start]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_of_articles(visit, api, lang):
    here = visit()
    here.go(f"/documents?lang={lang}")
    answer = api("documents", limit=30)
    titles = here.page.locator("main li h2").all_inner_texts()
    assert titles == [(each["title"] or each["beginning"]).replace("\n", " ") for each in answer["documents"]]
    here.page.locator("#sort").select_option("-events")
    here.until("location.search.includes('sort=-events')")
    here.settle()
    most = api("documents", sort="-events", limit=1)["documents"][0]
    assert here.page.locator("main li h2").first.inner_text() == most["title"]
    here.go(f"/documents?lang={lang}&q={quote('السيستاني')}")
    assert here.page.locator("main li").count() == api("documents", q="السيستاني")["total"] >= 1
    here.page.locator("main li h2 a").first.click()
    here.settle()
    assert re.match(r"/documents/[^/]+$", urlsplit(here.page.url).path)
    here.go(f"/documents?lang={lang}&q=zzzz")
    assert here.page.locator("main li").count() == 0 and not here.axe()


def test_a_long_article_has_a_map(visit, article):
    here = visit()
    here.page.set_viewport_size({"width": 1280, "height": 420})
    here.go(f"/documents/{ARTICLE}?lang=ar")
    marks = here.page.locator(".minimap span")
    here.until(f"document.querySelectorAll('.minimap span').length === {len(article['events'])}")
    tops = here.page.evaluate("[...document.querySelectorAll('.minimap span')].map((each) => parseFloat(each.style.insetBlockStart))")
    assert tops == sorted(tops) and tops[0] >= 0 and tops[-1] <= 100
    marks.last.click()
    here.until("location.search.includes('event=')")
    assert current(here) == article["events"][-1]["event_id"]
    here.until("scrollY > 0")
