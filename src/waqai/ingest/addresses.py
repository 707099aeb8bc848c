"""Addresses of the web: their one spelling, their parts, and which machines on the net are open to everybody."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from waqai.errors import InputError

PORTS = frozenset({80, 443, 8080, 8443})
_DEFAULT = {"http": 80, "https": 443}
_LONGEST = 4096
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_CONTROLS = re.compile(r"[\x00-\x20\x7f\\]")
# What a page is reached by, not what it is.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|ocid|at_(medium|campaign|\w+)|traffic_source", re.IGNORECASE)
# The host's own service of a cloud, on an address that looks like any other.
_SERVICES = frozenset({ipaddress.ip_address("168.63.129.16")})
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class Address(NamedTuple):
    """An address in parts: `host` in ASCII and small letters, `target` is path and query as they are sent."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as robots.txt belongs to them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _DEFAULT[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The whole, in the one spelling."""
        return self.origin + self.target


def is_address(name: str) -> bool:
    """Whether an input is an address of the web and no file."""
    return name.startswith(("http://", "https://"))


def split_address(url: str) -> Address:
    """The parts of an address; Arabic in path and host is encoded. InputError (WQ-115) when it is none that may be asked."""
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError as error:
        raise _refused(url, "is no address") from error
    if parts.scheme not in _DEFAULT:
        raise _refused(url, "is no http or https address")
    if not _HOST.fullmatch(host) or len(url) > _LONGEST or _CONTROLS.search(url.strip()):
        raise _refused(url, "is no address")
    if parts.username is not None or parts.password is not None:
        raise _refused(url, "carries a name or a password")
    target = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*-._")
    query = quote(parts.query, safe="/%:=&?~+!$,;'@()*-._[]|")
    return Address(parts.scheme, host, port or _DEFAULT[parts.scheme], target + (f"?{query}" if query else ""))


def same_page(url: str) -> str:
    """A spelling that different links to one page share: no scheme, www, tracking, fragment or slash at the end."""
    address = split_address(url)
    path, _, query = address.target.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(name)]
    port = "" if address.port in _DEFAULT.values() else f":{address.port}"
    return address.host.removeprefix("www.") + port + (path.rstrip("/") or "/") + (f"?{urlencode(sorted(kept))}" if kept else "")


def is_public(ip: str) -> bool:
    """Whether an IP address is one that everybody on the net can reach; an IPv4 address inside an IPv6 one counts as itself."""
    try:
        found: _IP = ipaddress.ip_address(ip)
    except ValueError:
        return False
    inner = _inner(found) if isinstance(found, ipaddress.IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    local = isinstance(found, ipaddress.IPv6Address) and found.is_site_local
    return found.is_global and not (found.is_multicast or found.is_reserved or local or found in _SERVICES)


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for or tunnels to."""
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour
    if ip.teredo:
        return ip.teredo[1]
    if ip in _TRANSLATED or (ip in _COMPATIBLE and int(ip) > 1):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def _refused(url: str, why: str) -> InputError:
    return InputError("WQ-115", f"{why}.", where=url[:200], advice="Give an address that begins with http:// or https://.")
