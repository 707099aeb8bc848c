"""A store of the example articles, coded once for all tests of the server, with one article that means harm."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient

from waqai.cli.work import converter, knowledge
from waqai.document import Document
from waqai.engines import worker
from waqai.identity import Article, Copy
from waqai.server.app import create_app
from waqai.server.room import Room, Settings
from waqai.store import Store

ROOT = Path(__file__).resolve().parents[2]
API = "/api/v1"
OURS = {"X-Waqai": "1"}
HOSTILE = Document(
    id='evil"><script>alert(1)</script>',
    title="<img src=x onerror=alert(1)> رفضت بغداد طلب واشنطن",
    text=(
        "رفضت القاهرة <script>alert(1)</script> مقترح الدوحة. \u202eأدانت أنقرة الهجوم\u202c 🙂🙂 في بيروت.\n"
        "=HYPERLINK(\"http://evil.example\") أدانت فرنسا الهجوم. </script><svg/onload=alert(1)> \u0000 \ud83d رفضت روسيا القرار."
    ).replace("\ud83d", "\ufffd"),
    url="javascript:alert(1)",
    outlet="=cmd|' /C calc'!A0",
    published=dt.date(2024, 2, 29),
)


@pytest.fixture(scope="session")
def work(coder):
    return worker(coder, converter(None, "lexicon"))


@pytest.fixture(scope="session")
def template(work, tmp_path_factory):
    """The file of a closed store; tests take copies."""
    path = tmp_path_factory.mktemp("store") / "template.duckdb"
    lines = (ROOT / "examples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    outlets = ["وكالة أ", "قناة ب", "Paper C"]
    documents = [HOSTILE]
    for number, line in enumerate(lines):
        article = json.loads(line)
        day = dt.date.fromisoformat(article["date"])
        documents.append(Document(article["id"], article["text"], title=article["title"], published=day, outlet=outlets[number % 3]))
    documents.append(Document("undated", "أدانت وزارة الخارجية الفرنسية الهجوم على الخرطوم."))
    with Store.open(path) as store:
        store.add([work(document) for document in documents])
        store.finish_run()
    return path


FIRST = "قالت وزارة الخارجية الفرنسية إن باريس رفضت طلب أنقرة.\nوأدانت مصر الهجوم على الخرطوم أمس.\nوأضافت الوزارة أن الأزمة تحتاج إلى حل سياسي."
SECOND = "قالت وزارة الخارجية الفرنسية إن باريس رفضت طلب أنقرة تأجيل القمة.\nوأضافت الوزارة أن الأزمة تحتاج إلى حل سياسي.\nوطالبت ألمانيا بوقف إطلاق النار."
COPIES = 8


@pytest.fixture(scope="session")
def standing(template, work, tmp_path_factory):
    """The file of a store in which "new" took the place of "old", was coded anew once, and has copies in seven outlets, one of them of "old"."""
    path = tmp_path_factory.mktemp("standing") / "s.duckdb"
    shutil.copy(template, path)
    about = {"outlet": "وكالة أ", "url": "https://agency.example/1"}
    old = Document("old", FIRST, title="باريس ترفض طلب أنقرة", published=dt.date(2024, 3, 5), **about)
    new = Document("new", SECOND, title="باريس ترفض طلب أنقرة تأجيل القمة", published=dt.date(2024, 3, 6), **about)
    later = work(new)
    earlier = msgspec.structs.replace(later, document=msgspec.structs.replace(later.document, coder="waqai 0.0.1"), events=later.events[1:])
    with Store.open(path) as store:
        store.add([work(old)])
        store.add([earlier], versions_of={"new": "old"})
        store.add([later])
        store.add([
            Copy(
                Article(
                    f"copy {number}", SECOND, f"Outlet {number // 2}", f"https://{number}.example/x", dt.date(2024, 3, 8) - dt.timedelta(number),
                    text_hash=str(number), title="باريس ترفض",
                ),
                "old" if number == 3 else "copy 3" if number == 4 else "new", 0.8 + number / 100,
            )
            for number in range(COPIES)
        ])
        store.finish_run()
    return path


@pytest.fixture(scope="session")
def resources():
    return knowledge(None)


def make_room(store, resources, work, **settings):
    return Room(store, resources, Settings(**{"hosts": ("testserver",), "sql_seconds": 1.0, **settings}), lambda: work)


@pytest.fixture(scope="session")
def reading(template, resources, work, tmp_path_factory):
    """A client for tests that only read."""
    path = tmp_path_factory.mktemp("reading") / "s.duckdb"
    shutil.copy(template, path)
    with Store.open(path) as store, TestClient(create_app(make_room(store, resources, work)), base_url="http://testserver") as client:
        yield client


@pytest.fixture
def writing(template, resources, work, tmp_path):
    """A client on a store of the test's own."""
    shutil.copy(template, tmp_path / "s.duckdb")
    with Store.open(tmp_path / "s.duckdb") as store, TestClient(create_app(make_room(store, resources, work))) as client:
        yield client


@pytest.fixture
def serving(template, resources, work, tmp_path):
    """Makes clients with settings of the test's own."""
    opened = []

    def make(*, read_only=False, built=None, raises=True, **settings):
        path = tmp_path / f"{len(opened)}.duckdb"
        shutil.copy(template, path)
        store = Store.open(path, read_only=read_only)
        opened.append(store)
        app = create_app(make_room(store, resources, work, **settings), **({"built": built} if built else {}))
        return TestClient(app, raise_server_exceptions=raises)

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def ask(reading):
    """GET below the API, as JSON."""

    def get(path, **parameters):
        answer = reading.get(f"{API}/{path}", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get


@pytest.fixture
def truth(reading):
    """Rows straight from the database, to compare answers with."""

    def rows(sql, values=None):
        with reading.app.state.room.store.reader() as reader:
            return [tuple(row.values()) for row in reader.rows(sql, values)]

    return rows
