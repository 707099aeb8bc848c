"""Addresses: one spelling, refusals, and which machines are open to everybody."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.errors import InputError
from waqai.ingest.addresses import is_public, same_page, split_address

# Of the three private ranges of IPv4 the middle of each, computed: a repository names no machine.
RANGES = [str(ipaddress.ip_address(number)) for number in (0x0A010203, 0xAC100001, 0xC0A80101)]
PRIVATE = [
    *RANGES, "127.0.0.1", "127.9.9.9", "0.0.0.0", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "224.0.0.1",
    "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
    "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::", "2001:db8::1", "nonsense",
]


@pytest.mark.parametrize("ip", PRIVATE)
def test_private(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "1.1.1.1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    "url",
    ["ftp://e.org/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http:///x", "http://me:secret@e.org/", f"http://e.org:{99999}/",
     "http://e.org/\nHost: x", "http://e.org\\@f.org/", "http://[::1", "http://e..org/", "http://e.org/" + "x" * 5000, "e.org", ""],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(InputError, match="WQ-115"):
        split_address(url)


def test_arabic_in_host_and_path():
    address = split_address("HTTPS://مثال.إختبار/أخبار/1?ب=2#x")
    assert address.host.startswith("xn--") and address.target == "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1?%D8%A8=2"
    assert split_address(address.url) == address


def test_spellings_of_one_page():
    same = {same_page(url) for url in ("http://www.e.org/a/", "https://e.org/a?utm_source=x&fbclid=1#top", f"https://E.org:{443}/a")}
    assert len(same) == 1
    assert same_page("https://e.org/a?id=1") != same_page("https://e.org/a?id=2")


@given(st.text(max_size=60).map("http://".__add__) | st.text(max_size=40))
def test_any_text_is_an_address_or_refused(text):
    try:
        address = split_address(text)
    except InputError:
        return
    assert address.url.isascii() and not set(address.url) & set(" \r\n\t\\")
    assert split_address(address.url).host == address.host
    assert same_page(address.url)
