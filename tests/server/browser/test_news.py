"""What others add while somebody reads: told, shown when the reader asks, and nothing moves before."""

from __future__ import annotations

import shutil

import httpx2
import pytest

TEXT = "أدانت وزارة الخارجية الفرنسية الهجوم على الخرطوم. ورفضت القاهرة مقترح الدوحة."


@pytest.fixture
def site(template, serve, tmp_path):
    """These tests write: each has its own store."""
    shutil.copy(template, tmp_path / "s.duckdb")
    with serve(tmp_path / "s.duckdb") as address:
        yield address


def add(site, text=TEXT):
    answer = httpx2.post(f"{site}/api/v1/documents", json={"text": text, "date": "2024-03-05", "outlet": "وكالة د"}, headers={"X-Waqai": "1"}, timeout=60)
    assert answer.status_code == 201, answer.text
    return len(answer.json()["events"])


@pytest.mark.parametrize(("lang", "show", "words"), [("en", "Show", "new event"), ("ar", "اعرضها", "جديد")])
def test_news_wait_for_the_reader(visit, site, api, lang, show, words):
    here = visit()
    here.go(f"/events?lang={lang}")
    before = here.page.locator("main").inner_text()
    new = add(site)
    bar = here.page.get_by_role("status").filter(has_text=words)
    bar.wait_for()
    assert new and here.page.locator("main").inner_text() == before and not here.axe()
    total = api("events")["total"]
    bar.get_by_role("button", name=show, exact=True).click()
    here.until(f"document.querySelector('h1').innerText.replace(/\\D/g, '') === '{total}'")
    here.settle()
    assert bar.count() == 0 and here.page.locator("h1").inner_text() != before.splitlines()[0]


def test_news_can_wait(visit, site):
    here = visit("phone")
    here.go("/?lang=en")
    add(site)
    here.page.get_by_role("button", name="Not now").click()
    assert here.page.get_by_text("new event").count() == 0 and here.overflow() <= 0


def test_what_came_while_nobody_looked_is_told(visit, site):
    """A hidden page lets go of the stream; news are found when it is seen again."""
    here = visit()
    here.go("/events?lang=en")
    hide = "(hidden) => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }"
    here.page.evaluate(hide, True)
    add(site)
    assert here.page.get_by_text("new event").count() == 0
    here.page.evaluate(hide, False)
    here.page.get_by_text("new event").wait_for()


def test_the_queue_of_reviewers_takes_in_what_is_new(visit, site, api):
    here = visit()
    here.page.add_init_script("localStorage.setItem('waqai', JSON.stringify({reviewer: 'Aya'}))")
    here.go("/review?lang=en")
    here.page.locator(".question h2").wait_for()
    asked = here.page.locator(".question h2").inner_text()
    add(site)
    here.page.get_by_role("button", name="Show", exact=True).click()
    here.until(f"document.querySelector('.order').innerText.includes('of {api('review/queue')['total']}')")
    assert here.page.locator(".question h2").inner_text() == asked
