"""Fetching: where it goes, how long it takes, how much it takes in. Real servers on this machine."""

from __future__ import annotations

import gzip
import time

import pytest
from web_site import Site

from waqai.errors import InputError
from waqai.ingest.fetch import Rules, fetch, request

ANY = Rules(reach="any", seconds=5)


@pytest.fixture
def web():
    with Site() as found:
        yield found


def test_an_answer_in_all_its_parts(web):
    web.pages["/a?x=1"] = (200, {"Content-Type": "text/html; charset=windows-1256", "ETag": '"v1"'}, b"abc")
    answer = request(web.url("/a?x=1"), ANY, headers={"If-None-Match": '"v0"'})
    assert (answer.data, answer.media_type, answer.charset, answer.status, answer.headers["etag"]) == (b"abc", "text/html", "windows-1256", 200, '"v1"')
    assert answer.private and web.asked[0][2]["If-None-Match"] == '"v0"' and web.asked[0][2]["User-Agent"] == "waqai"


def test_a_status_is_an_answer_to_request_and_an_error_to_fetch(web):
    web.pages["/busy"] = (503, {"Retry-After": "7"}, b"")
    assert request(web.url("/busy"), ANY).headers["retry-after"] == "7"
    with pytest.raises(InputError, match=r"WQ-112 .*503"):
        fetch(web.url("/busy"), ANY)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0"])
def test_private_machines_are_refused_whatever_their_name(host):
    with pytest.raises(InputError, match="WQ-117"):
        fetch(f"http://{host}/")


def test_ports_of_other_services_are_refused():
    with pytest.raises(InputError, match=r"WQ-117 .*port 22"):
        request(f"http://e.example:{22}/", resolve=lambda host, port: ["8.8.8.8"])


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(InputError, match="WQ-117"):
        request("http://e.example/", resolve=lambda host, port: ["8.8.8.8", "127.0.0.1"])


def test_the_connection_goes_to_the_address_that_was_checked(web):
    web.pages["/a"] = b"here"
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    # The system knows no such name: only what was checked can have been used, and it was looked up once.
    answer = request(web.url("/a", host="news.example"), ANY, resolve=resolve)
    assert answer.data == b"here" and asked == ["news.example"] and web.asked[0][2]["Host"] == f"news.example:{web.port}"


def test_a_name_that_turns_private_is_refused_at_the_next_look(web, monkeypatch):
    web.pages |= {"/a": (302, {"Location": "/b"}, b""), "/b": b"secret"}
    looks = iter(["127.0.0.1", "127.0.0.2"])
    # The site of this test counts as public; what its name means a moment later does not.
    monkeypatch.setattr("waqai.ingest.fetch.is_public", lambda ip: ip == "127.0.0.1")
    with pytest.raises(InputError, match="WQ-117"):
        request(web.url("/a", host="news.example"), Rules(reach="given"), resolve=lambda host, port: [next(looks)])
    assert web.paths() == ["/a"]


def test_redirects_are_followed_and_bounded(web):
    web.pages |= {"/a": (301, {"Location": "b"}, b""), "/b": b"end", "/loop": (302, {"Location": "/loop"}, b"")}
    assert request(web.url("/a"), ANY).url == web.url("/b")
    with pytest.raises(InputError, match="more than 5 redirects"):
        request(web.url("/loop"), ANY)


def test_arabic_in_a_redirect(web):
    web.pages["/a"] = lambda handler: handler.wfile.write("HTTP/1.1 302 Found\r\nLocation: /خبر\r\n\r\n".encode())
    web.pages["/%D8%AE%D8%A8%D8%B1"] = b"end"
    assert request(web.url("/a"), ANY).data == b"end"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://user:x@e.org/"])
def test_redirects_that_leave_the_web_are_refused(web, target):
    web.pages["/a"] = (302, {"Location": target}, b"")
    with pytest.raises(InputError, match="WQ-115"):
        request(web.url("/a"), ANY)


def test_a_redirect_to_another_host_is_left_to_the_caller(web):
    web.pages["/a"] = (301, {"Location": web.url("/b", host="localhost")}, b"")
    answer = request(web.url("/a"), Rules(reach="any", one_host=True))
    assert (answer.moved, answer.permanent, web.paths()) == (web.url("/b", host="localhost"), True, ["/a"])


def test_who_gives_a_private_address_means_it(web):
    web.pages["/a"] = (302, {"Location": "/b"}, b"")
    web.pages["/b"] = b"mine"
    assert fetch(web.url("/a"), Rules(reach="given")).data == b"mine"


def test_a_server_that_drips_ends_in_time(web):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    web.pages["/drip"] = drip
    start = time.monotonic()
    with pytest.raises(InputError, match=r"longer than 0.4 s"):
        request(web.url("/drip"), Rules(reach="any", seconds=0.4))
    assert time.monotonic() - start < 2


def test_a_head_that_never_ends_ends_in_time(web):
    def endless(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(200):
            handler.wfile.write(b"X-A: 1\r\n")
            handler.wfile.flush()
            time.sleep(0.05)

    web.pages["/head"] = endless
    with pytest.raises(InputError, match="WQ-112"):
        request(web.url("/head"), Rules(reach="any", seconds=0.4))


@pytest.mark.parametrize("announced", [True, False])
def test_a_huge_body_is_cut(web, announced):
    def huge(handler):
        handler.send_response(200)
        if announced:
            handler.send_header("Content-Length", str(10**12))
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 100_000)

    web.pages["/huge"] = huge
    with pytest.raises(InputError, match="larger than 1 MB"):
        request(web.url("/huge"), Rules(reach="any", most=1_000_000))


def test_packed_bodies(web):
    body = b"x" * 50_000
    web.pages["/gz"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(body) + gzip.compress(body))
    web.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 30_000_000))
    web.pages["/cut"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(range(256)) * 90)[:-20])
    web.pages["/br"] = (200, {"Content-Encoding": "br"}, b"x")
    assert request(web.url("/gz"), ANY).data == body * 2
    for path, why in (("/bomb", "more than 1 MB"), ("/cut", "cut off"), ("/br", "'br'")):
        with pytest.raises(InputError, match=f"WQ-112 .*{why}"):
            request(web.url(path), Rules(reach="any", most=1_000_000))


def test_a_body_that_breaks_off_is_no_article(web):
    web.pages["/short"] = lambda handler: (handler.send_response(200), handler.send_header("Content-Length", "100"), handler.end_headers(), handler.wfile.write(b"x"))
    with pytest.raises(InputError, match="ended before"):
        request(web.url("/short"), ANY)
