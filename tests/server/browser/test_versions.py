"""Where an article stands and what it said before, on its page and in the lists."""

from __future__ import annotations

import shutil

import pytest

LANGUAGES = {"ar": "rtl", "en": "ltr"}


@pytest.fixture(scope="module")
def site(standing, serve, tmp_path_factory):
    """The address of a server with an article that has copies, an earlier version and an earlier coding."""
    path = tmp_path_factory.mktemp("versions") / "s.duckdb"
    shutil.copy(standing, path)
    with serve(path) as address:
        yield address


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_every_dress(visit, lang):
    here = visit()
    here.go(f"/documents/old?lang={lang}")
    here.page.evaluate("document.querySelectorAll('section details').forEach((each) => { each.open = true; })")
    for dress in here.dresses():
        assert (dress, here.overflow() <= 0, here.axe()) == (dress, True, [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_an_article_stands(visit, api, lang):
    copies = api("documents/new")["copies"]
    here = visit()
    here.go(f"/documents/new?lang={lang}")
    rows = here.page.locator("#copies li")
    assert rows.count() == len(copies) == 8 and [row.is_visible() for row in rows.all()] == [True] * 5 + [False] * 3
    here.page.locator("#copies summary").click()
    assert [row.locator(".outlet").inner_text() for row in rows.all()] == [copy["outlet"] for copy in copies]
    assert [row.locator("a").get_attribute("href") for row in rows.all()] == [copy["url"] for copy in copies]
    assert [f"{round(100 * copy['share'])}" in row.inner_text() for copy, row in zip(copies, rows.all(), strict=True)] == [True] * 8
    told = here.page.locator("header a[href='#copies']")
    assert "5" in told.inner_text()
    told.click()
    here.until("scrollY > 0")
    assert here.page.locator("[role=note]").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("asked", ["copy 1", "old"])
def test_a_copy_and_an_old_version_say_what_stands_for_them(visit, api, lang, asked):
    here = visit()
    here.go(f"/documents/{asked.replace(' ', '%20')}?lang={lang}")
    assert here.page.locator("h1").inner_text() == api("documents/new")["title"]
    note = here.page.locator("[role=note]")
    assert note.count() == 1 and api(f"documents/{asked}")["stands_for"]["outlet"] in note.inner_text()
    assert note.locator("a[href='#versions']").count() == (asked == "old")
    assert here.page.locator("aside article").count() == len(api("documents/new")["events"])


@pytest.mark.parametrize(("lang", "direction"), LANGUAGES.items())
def test_what_changed_is_told_with_more_than_colour(visit, api, lang, direction):
    here = visit()
    here.go(f"/documents/old?lang={lang}")
    version = here.page.locator("#versions details[open]").first
    told = api("versions/new")["versions"][1]["comparison"]
    pieces = [piece for paragraph in [told["title"], *told["paragraphs"]] for piece in paragraph]
    for tag, change, line in (("ins", "new", "underline"), ("del", "gone", "line-through")):
        marks = version.locator(f".reading {tag}")
        assert marks.all_text_contents() == [piece["text"] for piece in pieces if piece["change"] == change]
        assert all(mark.evaluate("(each) => getComputedStyle(each).textDecorationLine") == line for mark in marks.all())
        assert all(mark.evaluate("(each) => getComputedStyle(each).display") == "inline" for mark in marks.all())
    paragraphs = version.locator(".reading p")
    assert {paragraph.get_attribute("dir") for paragraph in paragraphs.all()} == {"rtl"}
    assert here.page.locator("html").get_attribute("dir") == direction
    unchanged = version.locator(".reading details")
    assert unchanged.count() == 1 and not unchanged.locator("p").is_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_marks_keep_letters_joined(visit, lang):
    """The paragraphs are as wide without their marks."""
    here = visit()
    here.go(f"/documents/old?lang={lang}")
    measure = """() => [...document.querySelectorAll('#versions .reading > p, #versions .title p')].map((each) => {
        each.style.cssText = 'display: inline-block; white-space: nowrap'; return each.getBoundingClientRect().width; })"""
    marked = here.page.evaluate(measure)
    here.page.evaluate("document.querySelectorAll('#versions :is(ins, del)').forEach((each) => each.replaceWith(each.textContent))")
    assert here.page.evaluate(measure) == pytest.approx(marked, abs=0.5) and len(marked) >= 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_events_gone_new_and_kept(visit, api, lang):
    here = visit()
    here.go(f"/documents/old?lang={lang}")
    changes = api("versions/new")["versions"][1]["events"]
    version = here.page.locator("#versions details[open]").first
    for change in ("new", "gone", "kept"):
        assert version.locator(f"li.{change}").count() == sum(each["change"] == change for each in changes)
    assert version.locator("li.gone a").count() == 0
    version.locator("li.new a").first.click()
    here.until("location.search.includes('event=')")
    coding = here.page.locator("#versions > .there > details").first
    assert "waqai 0.0.1" in coding.locator("> summary").inner_text() and coding.locator("ins").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lists_say_in_how_many_outlets_an_article_stands(visit, lang):
    here = visit()
    here.go(f"/documents?lang={lang}&q=%D8%A7%D9%84%D9%82%D9%85%D8%A9")
    said = {"ar": "في 5 وسائل إعلام", "en": "in 5 outlets"}[lang]
    row = here.page.locator("main li", has=here.page.locator("a[href*='/documents/new']"))
    assert said in row.inner_text() and here.page.get_by_text(said).count() == 1
    here.go(f"/?lang={lang}")
    assert here.page.get_by_text(said).count() == 1


def test_what_is_not_there_leads_to_the_list(visit):
    here = visit()
    here.page.goto(f"{here.site}/documents/none?lang=ar")
    link = here.page.get_by_role("alert").get_by_role("link")
    link.wait_for()
    assert link.get_attribute("href") == "/documents?lang=ar"
    # The browser reports the answer 404 as an error of the console.
    assert all("404" in trouble for trouble in here.troubles)
    here.troubles.clear()
