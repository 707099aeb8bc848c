"""The built pages: files as they are, index.html for addresses of pages, nothing else however one asks."""

from __future__ import annotations

import pytest

from waqai.server.pages import files


@pytest.fixture
def client(serving, tmp_path):
    built = tmp_path / "built"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html><title>page</title>", encoding="utf-8")
    (built / "assets" / "app-Bx3k9_Qz.js").write_text("let a", encoding="utf-8")
    (built / "assets" / "plain.css").write_text("a{}", encoding="utf-8")
    (built / "assets" / "font-Ab12Cd34.woff2").write_bytes(b"\x00\x01")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (built / "link.txt").symlink_to(tmp_path / "secret.txt")
    return serving(built=built)


@pytest.mark.parametrize("path", ["/", "/events", "/events/abc", "/documents/a%2Fb", "/actors/local:%D8%A8", "/no/such/page", "/index.html"])
def test_addresses_of_pages(client, path):
    answer = client.get(path)
    assert answer.status_code == 200 and "<title>page</title>" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8" and answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/assets/app-Bx3k9_Qz.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/assets/font-Ab12Cd34.woff2", "font/woff2", "public, max-age=31536000, immutable"), ("/assets/plain.css", "text/css; charset=utf-8", "no-cache"),
    ],
)
def test_files_of_the_build(client, path, kind, cache):
    answer = client.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"] == kind and answer.headers["cache-control"] == cache
    assert client.get(path, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    head = client.head(path)
    assert head.status_code == 200 and not head.content and head.headers["content-length"] == str(len(answer.content))


def test_a_file_that_is_gone_is_no_page(client):
    assert client.get("/assets/old-12345678.js").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/assets/..%2f..%2fsecret.txt", "/..%5csecret.txt", "//secret.txt",
        "/%00secret.txt", "/link.txt", "/etc/passwd", "//etc/passwd", "/assets/%2e%2e/%2e%2e/secret.txt", "/file:///etc/passwd",
    ],
)
def test_nothing_else_is_served(client, path):
    answer = client.get(f"http://testserver{path}")
    assert "secret" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v2/events", "/api/v1/none", "/api/v1/../../events"])
def test_what_is_unknown_in_the_api_is_json(client, path):
    answer = client.get(f"http://testserver{path}")
    assert answer.status_code == 404 or ("<title>page" in answer.text and not path.startswith("/api/v1/n"))
    if answer.status_code == 404:
        assert answer.json()["error"]["code"] == "WQ-404"


def test_without_a_build_it_says_how_to_make_one(serving, tmp_path):
    (tmp_path / "none").mkdir()
    answer = serving(built=tmp_path / "none").get("/")
    assert answer.status_code == 200 and "npm run build" in answer.text


def test_the_files_of_a_folder(tmp_path):
    assert files(tmp_path / "nothing") == {}
