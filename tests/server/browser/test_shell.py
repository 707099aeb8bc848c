"""What every page has: language and direction, no trouble, no violation of accessibility, filters, settings."""

from __future__ import annotations

import re

import pytest

EVENT, ACTOR = "{event}", "/actors/USA"
PAGES = ["/", "/events", EVENT, "/actors", ACTOR, "/network", "/map", "/outlets", "/query?sql=SELECT event_type, count(*) AS n FROM events GROUP BY ALL"]
LANGUAGES = {"ar": "rtl", "en": "ltr"}


@pytest.fixture
def address(api):
    """The address of a page in a language; `{event}` is an event with a source, a place and a recipient."""

    def make(path, lang):
        if path == EVENT:
            events = api("events", limit=200)["events"]
            rich = max(events, key=lambda event: bool(event["attribution"]) + bool(event["place"]) + bool(event["recipients"]) + bool(event["time"]))
            path = f"/events/{rich['event_id']}"
        return f"{path}{'&' if '?' in path else '?'}lang={lang}"

    return make


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_page_in_every_dress(visit, address, path, lang):
    here = visit()
    here.go(address(path, lang))
    root = here.page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (lang, LANGUAGES[lang])
    for dress in here.dresses():
        assert here.page.locator("h1").count() == 1 and here.page.locator("h1").inner_text().strip()
        assert here.page.locator("[role=alert]").count() == 0
        assert here.overflow() <= 0, f"too wide: {dress}"
        assert (dress, here.axe()) == (dress, [])


@pytest.mark.parametrize("path", PAGES)
def test_arabic_words_are_marked_as_arabic(visit, address, path):
    """In English, every Arabic word stands inside an element that says so; in Arabic, the page itself says so."""
    here = visit()
    here.go(address(path, "en"))
    stray = here.page.evaluate(r"""() => {
        const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const node = walker.currentNode, parent = node.parentElement;
            if (/[\u0621-\u064a]{2}/.test(node.data) && !parent.closest("script,noscript,textarea") && parent.closest("[lang]").getAttribute("lang") !== "ar") found.push(node.data.slice(0, 80));
        }
        return found;
    }""")
    assert not stray


@pytest.mark.parametrize("path", [*PAGES, "/review", "/documents/yemen-school-bus-raid"])
def test_nothing_in_arabic_pages_is_left_in_english(visit, address, path):
    """Names of other tongues and words of articles say what they are; what is left are names of formats and keys."""
    here = visit()
    here.go(address(path, "ar"))
    stray = here.page.evaluate(r"""() => {
        const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const node = walker.currentNode, parent = node.parentElement;
            if (!parent.closest("script, noscript, style, code, pre, kbd, textarea, [lang=en]") && parent.closest("[lang]") === document.documentElement) found.push(...(node.data.match(/[A-Za-z]{3,}/g) ?? []));
        }
        return [...new Set(found)];
    }""")
    assert set(stray) <= {"CSV", "JSON", "JSONL", "GeoJSON", "GraphML", "Parquet", "SQL", "SELECT", "SVG", "Natural", "Earth", "GeoNames", "CAMEO", "Ctrl", "Enter", "duckdb", "waqai", "lexicon"}


def test_no_target_is_too_small(visit):
    here = visit("phone")
    here.go("/events?lang=ar")
    small = here.page.evaluate("""() => [...document.querySelectorAll('button, header a, nav a, .bar a')]
        .map((each) => [each.getBoundingClientRect(), each]).filter(([box]) => box.width && (box.width < 43.5 || box.height < 43.5))
        .map(([box, each]) => `${each.outerHTML.slice(0, 100)} ${box.width}x${box.height}`)""")
    assert not small


def test_the_language_switch_keeps_page_and_filters(visit):
    here = visit()
    here.go("/events?lang=en&type=ASSAULT&sort=confidence")
    before = re.findall(r"\d+", here.page.locator("h1").inner_text())
    here.page.get_by_role("link", name="العربية").click()
    here.settle()
    assert "type=ASSAULT" in here.page.url and "sort=confidence" in here.page.url and "lang=ar" in here.page.url
    assert re.findall(r"\d+", here.page.locator("h1").inner_text()) == before
    assert here.page.locator("html").get_attribute("dir") == "rtl"


def test_filters_are_set_shown_counted_and_removed(visit, api):
    here = visit()
    speaker = api("facets", type="ASSAULT", facet="speaker", limit=1)["facets"]["speaker"][0]
    here.go("/events?lang=en")
    here.page.get_by_role("button", name="Filter").click()
    panel = here.page.get_by_role("dialog")
    assert not here.axe()
    panel.get_by_role("button", name=re.compile("^Assault")).click()
    panel.get_by_role("button", name="Source", exact=True).click()
    panel.get_by_placeholder("Search in the list").fill(speaker["label_ar"])
    panel.get_by_role("button", name=re.compile(re.escape(speaker["label_en"]))).first.wait_for()
    panel.get_by_role("button", name="Show the events").click()
    here.settle()
    assert here.page.locator("h1").inner_text() == f"{api('events', type='ASSAULT')['total']} events"
    here.page.get_by_role("link", name="Remove the filter Type: Assault").click()
    here.settle()
    assert here.page.locator("h1").inner_text() == f"{api('events')['total']} events"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_panel_of_filters_fits_a_phone(visit, lang):
    here = visit("phone")
    here.go(f"/events?lang={lang}")
    here.page.locator("section.bar button").click()
    here.page.locator("dialog[open] li button").first.wait_for()
    assert here.page.evaluate("(() => { const panel = document.querySelector('dialog[open]'); return panel.scrollWidth - panel.clientWidth; })()") <= 0
    assert not here.axe()


def test_filters_go_along_from_page_to_page(visit, api):
    here = visit()
    here.go("/?lang=en&type=ACCUSE")
    here.page.get_by_role("navigation").get_by_role("link", name="Map").click()
    here.settle()
    assert "type=ACCUSE" in here.page.url
    assert here.page.locator("h1").inner_text().startswith(str(api("map", type="ACCUSE")["located"]))


def test_digits_change_the_interface_and_not_the_article(visit, api):
    event = next(e for e in api("events", limit=200)["events"] if re.search(r"\d", e["sentence_text"]))
    here = visit()
    here.go(f"/events/{event['event_id']}?lang=ar")
    here.page.get_by_role("button", name="المظهر والأرقام").click()
    here.page.get_by_role("button", name="أرقام عربية مشرقية").click()
    here.go(f"/events/{event['event_id']}?lang=ar")
    article = here.page.locator(".context .reading").all_inner_texts()
    assert event["sentence_text"] in article
    assert re.search("[٠-٩]", here.page.locator("header").last.inner_text())


def test_the_theme_is_kept(visit):
    here = visit()
    here.go("/query?lang=en")
    here.page.get_by_role("button", name="Appearance and digits").click()
    here.page.get_by_role("button", name="Dark").click()
    here.go("/map?lang=en")
    assert here.page.locator("html").get_attribute("data-theme") == "dark"
    assert here.page.evaluate("getComputedStyle(document.body).colorScheme || getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_the_skip_link_leads_to_the_content(visit):
    here = visit()
    here.go("/events?lang=en")
    here.page.keyboard.press("Tab")
    assert here.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    here.page.keyboard.press("Enter")
    assert here.page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", [*PAGES, "/review", "/documents", "/documents/yemen-school-bus-raid"])
def test_pages_are_walked_with_the_keyboard(visit, address, path):
    """The tab key goes on from control to control, each seen, with a line around it, until it leaves the page or comes to the first again."""
    here = visit()
    here.go(address(path, "ar"))
    seen = []
    for _ in range(60):
        here.page.keyboard.press("Tab")
        where = here.page.evaluate("""async () => {
            const now = document.activeElement;
            await Promise.all(now.getAnimations().map((each) => each.finished));
            const box = now.getBoundingClientRect(), style = getComputedStyle(now);
            if (now === document.body || now === document.documentElement || (now === window.first && now.walked)) return null;
            window.first ??= now;
            now.walked = (now.walked ?? 0) + 1;
            const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
            const shown = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
            return { what: now.outerHTML.slice(0, 120), times: now.walked, fine: ring && shown };
        }""")
        if where is None:
            break
        seen.append(where)
    assert len(seen) > 15
    assert [each["what"] for each in seen if not each["fine"] or each["times"] > 1] == []


def test_words_are_searched_from_the_head_of_the_page(visit, api):
    here = visit()
    here.go("/query?lang=en")
    here.page.get_by_role("searchbox", name="Search").fill("الاتفاق")
    here.page.keyboard.press("Enter")
    here.settle()
    assert here.page.locator("h1").inner_text().startswith(str(api("events", q="الاتفاق")["total"]))


@pytest.mark.parametrize(("path", "said"), [("/nowhere", "There is no such page"), ("/query/x", "There is no such page")])
def test_an_unknown_address(visit, path, said):
    here = visit()
    here.go(f"{path}?lang=en")
    assert here.page.locator("h1").inner_text() == said


def test_a_bad_filter_is_explained(visit):
    here = visit()
    here.page.goto(f"{here.site}/events?lang=en&from=yesterday")
    here.page.get_by_role("alert").wait_for()
    assert "from" in here.page.get_by_role("alert").inner_text()
    # The browser itself reports every answer that refuses.
    here.troubles[:] = [trouble for trouble in here.troubles if "422" not in trouble]
