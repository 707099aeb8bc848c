"""The network: the only module that opens it, for an address that the user gave or one that stood in what he gave.

Every address is resolved once, all that it resolves to is checked, and the connection goes to what was checked: a name that
means another machine a moment later gains nothing. Redirects are followed by the same way. Standard library only.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple
from urllib.parse import urljoin

import msgspec

from waqai.errors import InputError
from waqai.ingest.addresses import PORTS, Address, is_address, is_public, split_address
from waqai.ingest.inflate import inflate

__all__ = ["PUBLIC_ONLY", "Answer", "Reach", "Rules", "fetch", "is_address", "request"]

Reach = Literal["public", "given", "any"]
Resolve = Callable[[str, int], Sequence[str]]

USER_AGENT = "waqai"
_PIECE = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


class Answer(NamedTuple):
    """What an address gave: bytes, media type, the encoding that the header names, the address after redirects.

    `headers` have small letters. `moved` is where a redirect leads that was not followed, `permanent` whether it is for good;
    `private` says that the answer came from a machine that is not open to everybody.
    """

    data: bytes
    media_type: str
    charset: str
    url: str
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    moved: str = ""
    permanent: bool = False
    private: bool = False


class Rules(msgspec.Struct, frozen=True):
    """What a request may do.

    `reach`: "public" machines only; "given": the address itself may be private, but no public one leads there; "any".
    `seconds` for the whole of it, `most` bytes, packed and unpacked; `one_host` leaves redirects to another host to the caller.
    """

    reach: Reach = "public"
    seconds: float = 30.0
    most: int = 20_000_000
    redirects: int = 5
    one_host: bool = False
    user_agent: str = USER_AGENT


PUBLIC_ONLY = Rules()


def fetch(url: str, rules: Rules = PUBLIC_ONLY) -> Answer:
    """Read one address. InputError (WQ-112) where it cannot be read, takes too long, is too large, or lies where it must not."""
    answer = request(url, rules)
    if answer.status >= 300:
        raise _unread(url, f"the server answered {answer.status}")
    return answer


def request(url: str, rules: Rules = PUBLIC_ONLY, *, headers: Mapping[str, str] | None = None, resolve: Resolve | None = None) -> Answer:
    """One answer of a server, whatever its status; the body only of a 200. InputError (WQ-112) when there is none.

    `resolve` gives the IP addresses of a host and port, by default those that the system knows.
    """
    deadline = time.monotonic() + rules.seconds
    address, private_before = split_address(url), rules.reach != "public"
    for _ in range(rules.redirects + 1):
        ips, private = _checked(address, rules.reach, private_before, resolve or _resolve)
        answer = _ask(address, ips, deadline, rules, headers or {})
        target = _location(answer)
        if not target:
            return answer._replace(private=private)
        following = split_address(urljoin(address.url, target))
        if rules.one_host and following.host != address.host:
            return answer._replace(private=private, moved=following.url, permanent=answer.status in _PERMANENT)
        address, private_before = following, rules.reach == "any" or (rules.reach == "given" and private)
    raise _unread(url, f"more than {rules.redirects} redirects")


def _location(answer: Answer) -> str:
    """Where an answer leads, "" where it leads nowhere. Servers write Arabic there as UTF-8, headers are read as Latin-1."""
    target = answer.headers.get("location", "") if answer.status in _REDIRECTS else ""
    try:
        return target.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return target


def _resolve(host: str, port: int) -> list[str]:
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def _checked(address: Address, reach: Reach, may_be_private: bool, resolve: Resolve) -> tuple[Sequence[str], bool]:
    """The IP addresses of a host, and whether one of them is private. InputError when that, or the port, is not allowed."""
    if reach == "public" and address.port not in PORTS:
        raise InputError("WQ-117", f"port {address.port} is none of the web's.", where=address.url, advice="See --allow-private.")
    try:
        ips = resolve(address.host, address.port)
    except (OSError, UnicodeError) as error:
        raise _unread(address.url, f"its host is not known ({getattr(error, 'strerror', None) or error})") from error
    private = not ips or not all(map(is_public, ips))
    if private and not may_be_private:
        raise InputError(
            "WQ-117",
            f"{address.host} is a machine of a private network, which articles and feeds must not lead to.",
            where=address.url,
            advice="Where it is your own, `waqai watch --allow-private` reads it.",
        )
    return ips, private


def _ask(address: Address, ips: Sequence[str], deadline: float, rules: Rules, headers: Mapping[str, str]) -> Answer:
    sent = {"User-Agent": rules.user_agent, "Accept": "text/html, application/xml, text/plain, application/json;q=0.9, */*;q=0.5"}
    sent |= {"Accept-Encoding": "gzip", "Connection": "close", **headers}
    plain: socket.socket | None = None
    try:
        connection = http.client.HTTPConnection(address.host, address.port)
        if address.origin.endswith(address.host):
            # Then the port does not stand in the header Host.
            connection.default_port = address.port
        plain = _connected(address, ips, deadline)
        connection.sock = _TimedSocket(plain, deadline)
        connection.request("GET", address.target, headers=sent)
        with connection.getresponse() as response:
            data = _body(response, rules.most) if response.status == 200 else b""
            content = response.headers
            given = {name.lower(): value for name, value in content.items()}
            return Answer(data, content.get_content_type(), content.get_content_charset() or "", address.url, response.status, given)
    except TimeoutError as error:
        raise _unread(address.url, f"it took longer than {rules.seconds:g} s") from error
    except (OSError, http.client.HTTPException, ValueError, LookupError) as error:
        raise _unread(address.url, str(getattr(error, "reason", None) or error or type(error).__name__)) from error
    except InputError as error:
        raise InputError("WQ-112", error.message, where=address.url, advice=error.advice) from error
    finally:
        if plain is not None:
            plain.close()


def _connected(address: Address, ips: Sequence[str], deadline: float) -> socket.socket:
    """A connection to the first of the addresses that answers. They are numbers: nothing is looked up again."""
    failure: OSError = OSError("its host has no address")
    for ip in ips:
        try:
            plain = socket.create_connection((ip, address.port), timeout=min(10.0, _left(deadline)))
        except OSError as error:
            failure = error
            continue
        if address.scheme == "http":
            return plain
        plain.settimeout(_left(deadline))
        return ssl.create_default_context().wrap_socket(plain, server_hostname=address.host)
    raise failure


def _body(response: http.client.HTTPResponse, most: int) -> bytes:
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding in {"gzip", "x-gzip", "deflate"}:
        return inflate(_pieces(response, most), most)
    if coding not in {"", "identity"}:
        raise InputError("WQ-112", f"is packed as {coding[:20]!r}, which was not asked for.")
    return b"".join(_pieces(response, most))


def _pieces(response: http.client.HTTPResponse, most: int) -> Iterator[bytes]:
    size = 0
    while piece := response.read(_PIECE):
        size += len(piece)
        if size > most:
            raise InputError("WQ-112", f"is larger than {most // 1_000_000} MB.", advice="Save it to a file and give the file.")
        yield piece
    if response.length:
        raise InputError("WQ-112", "the connection ended before the whole was there.")


class _TimedReader(io.RawIOBase):
    """The reading end of a connection; every reading ends at the same moment."""

    def __init__(self, plain: socket.socket, deadline: float) -> None:
        self._plain, self._deadline = plain, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._plain.settimeout(_left(self._deadline))
        return self._plain.recv_into(buffer)


class _TimedSocket:
    """A socket as http.client uses it. A server that sends a byte now and then gains no time by it."""

    def __init__(self, plain: socket.socket, deadline: float) -> None:
        self._plain, self._deadline = plain, deadline

    def sendall(self, data: bytes) -> None:
        """As that of a socket."""
        self._plain.settimeout(_left(self._deadline))
        self._plain.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """As that of a socket, for reading."""
        return io.BufferedReader(_TimedReader(self._plain, self._deadline))

    def close(self) -> None:
        """http.client closes when it has the head of the answer; the body is still to come, and who connected closes."""


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _unread(url: str, why: str) -> InputError:
    return InputError("WQ-112", f"cannot be read: {why}.", where=url[:300], advice="Check the address and the connection.")
