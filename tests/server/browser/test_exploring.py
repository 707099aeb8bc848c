"""The pages on which one explores: overview, events, event, actors, network, map, query."""

from __future__ import annotations

import re

import pytest


def table_of(here, title):
    """The rows of the twin of a picture, as lists of texts."""
    here.page.get_by_role("button", name=f"{title}: show as a table").click()
    rows = here.page.get_by_role("region", name=title).locator("tbody tr")
    return [row.locator("td").all_inner_texts() for row in rows.all()]


def test_the_table_of_the_timeline_has_the_total_of_the_picture(visit, api):
    here = visit()
    here.go("/?lang=en")
    rows = table_of(here, "Events over time")
    dated = sum(bin["events"] for bin in api("overview")["timeline"])
    assert sum(int(cell.replace(",", "")) for row in rows for cell in row[1:]) == dated > 0


def test_dragging_over_the_timeline_chooses_a_period(visit):
    here = visit()
    here.go("/?lang=en")
    box = here.page.get_by_role("img", name=re.compile("^Bars of")).bounding_box()
    here.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60)
    here.page.mouse.down()
    here.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 60, steps=4)
    here.page.mouse.up()
    here.settle()
    assert re.search(r"from=20\d\d-\d\d-\d\d&to=20\d\d", here.page.url)
    assert here.page.get_by_role("link", name=re.compile("Remove the filter From")).count() == 1


@pytest.mark.parametrize(("lang", "button"), [("en", "Code it"), ("ar", "رمِّز")])
def test_a_pasted_article_is_coded(visit, lang, button):
    here = visit()
    here.go(f"/?lang={lang}")
    here.page.locator("#paste-text").fill("أدانت فرنسا الهجوم على الخرطوم، وقال وزير خارجيتها إن باريس ترفض العنف.")
    here.page.get_by_role("button", name=button, exact=True).click()
    here.page.locator("#paste article").first.wait_for()
    assert here.page.locator("#paste mark.trigger").first.inner_text() == "أدانت"
    assert not here.axe()


def test_rows_of_events_are_walked_with_the_keyboard(visit, api):
    here = visit()
    here.go("/events?lang=en")
    ids = [event["event_id"] for event in api("events", limit=50)["events"]]
    here.page.locator("tr[data-id]").first.focus()
    here.page.keyboard.press("j")
    here.page.keyboard.press("ArrowDown")
    here.page.keyboard.press("k")
    assert here.page.evaluate("document.activeElement.dataset.id") == ids[1]
    here.page.keyboard.press("Space")
    assert here.page.locator("tr.detail mark").count() >= 1
    here.page.keyboard.press("Enter")
    here.settle()
    assert here.page.url.split("?")[0].endswith(f"/events/{ids[1]}")
    here.page.go_back()
    here.settle()
    assert here.page.url.split("?")[0].endswith("/events")


def test_events_are_sorted_grouped_and_continued(visit, api):
    here = visit()
    here.go("/events?lang=en&sort=confidence&group=type")
    shown = [row.get_attribute("data-id") for row in here.page.locator("tr[data-id]").all()]
    first = api("events", sort="confidence", limit=50)["events"]
    assert sorted(shown) == sorted(event["event_id"] for event in first)
    assert here.page.locator("tbody th[scope=rowgroup]").count() == len({event["event_type"] for event in first})
    here.page.get_by_role("button", name="Show more").click()
    here.until("document.querySelectorAll('tr[data-id]').length === 100")


def test_the_download_has_the_columns_and_the_filters_of_the_page(visit):
    here = visit()
    here.go("/events?lang=en&type=ASSAULT")
    here.page.get_by_role("button", name="Columns").click()
    here.page.get_by_role("checkbox", name="Sentence", exact=True).check()
    here.page.get_by_role("checkbox", name="Place", exact=True).uncheck()
    here.page.keyboard.press("Escape")
    here.page.get_by_role("button", name="Download").click()
    with here.page.expect_download() as waiting:
        here.page.get_by_role("link", name="CSV", exact=True).click()
    lines = waiting.value.path().read_text(encoding="utf-8").splitlines()
    assert "sentence_text" in lines[0] and "place" not in lines[0] and all("ASSAULT" in line for line in lines[1:] if line)


@pytest.mark.parametrize("format", ["JSON lines, full records", "Parquet", "GeoJSON for maps", "GraphML for networks"])
def test_every_format_is_offered(visit, format):
    here = visit()
    here.go("/events?lang=en")
    here.page.get_by_role("button", name="Download").click()
    with here.page.expect_download() as waiting:
        here.page.get_by_role("link", name=format).click()
    assert waiting.value.path().stat().st_size > 100


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_an_event_says_everything_about_itself(visit, api, lang):
    event = next(e for e in api("events", limit=200)["events"] if e["attribution"] and e["recipients"] and e["actors"])
    here = visit()
    here.go(f"/events/{event['event_id']}?lang={lang}")
    name = event["actors"][0][f"name_{lang}"] or event["actors"][0]["name_en"]
    assert name in here.page.locator("h1").inner_text().replace("\u2068", "").replace("\u2069", "")
    assert here.page.locator("mark.trigger").all_inner_texts() == [event["trigger"]["text"]]
    assert here.page.locator(".context .reading", has=here.page.locator("mark")).inner_text() == event["sentence_text"]
    text = here.page.locator("main").inner_text()
    assert event["outlet"] in text and event["event_id"] in text and event["trigger"]["lemma"] in text
    here.page.get_by_role("button", name={"ar": "انسخ", "en": "Copy"}[lang], exact=True).click()
    assert event["event_id"] in here.page.evaluate("navigator.clipboard.readText()")


def test_letters_stay_joined_across_a_mark(visit, api):
    """A mark that begins in the middle of a word does not change its width."""
    event = next(
        e for e in api("events", limit=300)["events"]
        if e["part"] == "text" and (e["trigger"]["start"] - e["sentence_span"]["start"]) > 0
        and e["sentence_text"][e["trigger"]["start"] - e["sentence_span"]["start"] - 1].isalpha()
    )
    here = visit()
    here.go(f"/events/{event['event_id']}?lang=ar")
    marked, plain = here.page.evaluate("""() => {
        const shown = document.querySelector('.context .reading:has(mark)'), width = (element) => {
            element.style.position = 'absolute'; element.style.whiteSpace = 'nowrap'; return element.getBoundingClientRect().width; };
        const copy = shown.cloneNode(false); copy.textContent = shown.textContent; shown.after(copy);
        return [width(shown), width(copy)];
    }""")
    assert abs(marked - plain) < 0.5


def test_a_hostile_article_is_only_text(visit, api):
    hostile = [event for event in api("events", limit=300)["events"] if "script" in event["doc_id"]]
    assert hostile
    here = visit()
    for event in hostile:
        here.go(f"/events/{event['event_id']}?lang=en")
        assert here.page.locator("main img, main script, main iframe").count() == 0
    here.go("/events?lang=en&q=alert")
    here.go("/query?lang=en&sql=SELECT title, url FROM documents")
    assert here.page.locator("main [href^='javascript:']").count() == 0


def test_actors_are_searched_in_either_script(visit):
    here = visit()
    for words in ("غوتيريش", "guterres"):
        here.go("/actors?lang=en")
        here.page.get_by_role("searchbox", name="Search").fill(words)
        here.page.keyboard.press("Enter")
        here.page.wait_for_url("**/actors?*q=*")
        here.settle()
        assert here.page.locator("tbody tr").count() == 1
    here.page.get_by_role("link", name="António Guterres").click()
    here.settle()
    assert here.page.locator("h1").inner_text() == "António Guterres" and "q=" not in here.page.url


def test_the_numbers_of_an_actor_open_their_events(visit, api):
    actor = api("actors/USA")
    here = visit()
    here.go("/actors/USA?lang=en")
    assert here.page.get_by_role("img").count() >= 2
    here.page.locator("dl.numbers a").first.click()
    here.settle()
    assert here.page.locator("h1").inner_text() == f"{actor['actor']['as_actor']} events" and "by=USA" in here.page.url


def test_the_network_and_its_list_say_the_same(visit, api):
    network = api("network", limit=120)
    here = visit()
    here.go("/network?lang=en")
    assert here.page.locator(".graph g.node").count() == len(network["nodes"])
    assert here.page.locator(".graph path.edge").count() == len([edge for edge in network["edges"] if edge["source"] != edge["target"]])
    here.page.get_by_role("button", name=re.compile("^United States")).click()
    own = [edge for edge in network["edges"] if "USA" in (edge["source"], edge["target"])]
    assert here.page.locator("section.card ul a").count() == len(own)
    assert not here.axe()
    title = f"{len(network['nodes'])} actors, {len(network['edges'])} relations"
    assert len(table_of(here, title)) == len(network["edges"])


def test_time_passes_in_the_network_without_moving_anybody(visit):
    here = visit()
    here.go("/network?lang=en")
    places = "[...document.querySelectorAll('.graph .rim')].map((each) => each.getAttribute('cx')).join()"
    before, edges = here.page.evaluate(places), here.page.locator(".graph path.edge").count()
    here.page.locator(".time input[type=range]").focus()
    here.page.keyboard.press("ArrowRight")
    assert here.page.evaluate(places) == before and here.page.locator(".graph path.edge").count() < edges


def test_the_picture_of_the_network_is_taken_along(visit):
    here = visit()
    here.go("/network?lang=ar")
    here.page.get_by_role("button", name=re.compile("تنزيل$")).click()
    with here.page.expect_download() as waiting:
        here.page.get_by_role("button", name="الصورة بصيغة SVG").click()
    picture = waiting.value.path().read_text(encoding="utf-8")
    assert picture.startswith("<svg") and "الولايات المتحدة" in picture and "var(--" not in picture


def test_the_map_and_its_list_say_the_same(visit, api):
    answer = api("map")
    here = visit()
    here.go("/map?lang=en")
    circles = "[...document.querySelectorAll('.map g.point')].map((each) => Number(each.querySelector('text')?.textContent ?? 1))"
    assert sum(here.page.evaluate(circles)) == len([place for place in answer["places"] if place["lat"] is not None])
    assert here.page.locator("ul.list li").count() == len(answer["places"]) + len(answer["countries"])
    assert f"{answer['unlocated']} events have no place" in here.page.locator("main").inner_text()
    here.page.locator("ul.list a").first.click()
    here.settle()
    assert "/events?" in here.page.url and "place" in here.page.url


def test_places_close_together_part_as_one_comes_closer(visit, api):
    answer = api("map")
    here = visit()
    here.go("/map?lang=en")
    several = here.page.locator(".map g.several")
    before, first = here.page.locator(".map g.point").count(), int(several.first.locator("text").text_content())
    assert before < len(answer["places"])
    several.first.click()
    here.until(f"document.querySelectorAll('.map g.point').length > {before}")
    assert here.page.locator("#list").inner_text() == f"{first} places" and here.page.locator("ul.list li").count() == first
    assert not here.axe()
    here.page.get_by_role("button", name="All places and countries").click()
    assert here.page.locator("ul.list li").count() == len(answer["places"]) + len(answer["countries"])


def test_outlets_and_their_table_say_the_same(visit, api):
    answer = api("outlets")
    here = visit()
    here.go("/outlets?lang=en")
    rows = here.page.locator("tbody tr")
    assert rows.count() == len(answer["outlets"])
    held = table_of(here, "Articles over time")
    assert sum(int(row[2]) for row in held) == sum(each["documents"] for row in answer["outlets"] for each in row["coverage"])
    name = answer["outlets"][0]["outlet"]
    here.page.get_by_role("region", name="What each outlet reports").locator("tbody tr").first.locator("td a").nth(1).click()
    here.settle()
    assert here.page.locator("h1").inner_text() == f"{api('events', outlet=name)['total']} events"


def test_sql_is_asked_shown_and_shared(visit):
    here = visit()
    here.go("/query?lang=en")
    here.page.locator("#sql").fill("SELECT event_id, sentence_text FROM event_wide ORDER BY event_id LIMIT 3")
    here.page.keyboard.press("Control+Enter")
    here.page.get_by_role("region", name="Result").wait_for()
    assert here.page.get_by_role("region", name="Result").locator("tbody tr").count() == 3
    address = here.page.url
    again = visit()
    again.page.goto(address)
    again.settle()
    again.page.get_by_role("region", name="Result").locator("tbody a").first.click()
    again.settle()
    assert "/events/" in again.page.url


@pytest.mark.parametrize("sql", ["DROP TABLE events", "SELECT * FROM read_csv('/etc/passwd')", "SELEKT 1"])
def test_what_sql_may_not_do_is_explained(visit, sql):
    here = visit()
    here.go("/query?lang=en")
    here.page.locator("#sql").fill(sql)
    here.page.get_by_role("button", name="Run", exact=True).click()
    here.page.get_by_role("alert").wait_for()
    assert "WQ-" in here.page.get_by_role("alert").inner_text()
    here.troubles[:] = [trouble for trouble in here.troubles if "the server responded with a status of 4" not in trouble]
