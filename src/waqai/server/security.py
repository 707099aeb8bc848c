"""Who is let in, and what answers may do in a browser. One wall around everything, pages and API alike."""

from __future__ import annotations

import hmac
import ipaddress
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from waqai.server.problems import fault, problem
from waqai.server.room import Settings

COOKIE, OUR_HEADER = "waqai_token", "x-waqai"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = frozenset({"/api/v1/session"})


class Wall:
    """Refuses requests by Host, origin, size and identity before anything else sees them, and sets headers on every answer.

    `scope["waqai.reviewer"]` becomes the identity that a reverse proxy vouches for, or "".
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self._hosts = {host.lower() for host in settings.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers) or self._signed_in(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        scope["waqai.reviewer"] = headers.get(self.settings.trusted_header, "")[:80] if self.settings.trusted_header else ""
        try:
            await self.app(scope, self._bounded(receive), sending)
        except Exception as error:
            # Outside of us nobody would put the headers on; an answer that has begun can only be broken off.
            if begun:
                raise
            await fault(scope["method"], scope["path"], error)(scope, receive, sending)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if "*" not in self._hosts and _without_port(host) not in self._hosts:
            advice = "Use the address that `waqai serve` printed, or name this one with --allow-host."
            return problem("WQ-711", "this server does not answer to that name.", where=host[:100], advice=advice)
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self.settings.body_bytes:
            return problem("WQ-713", f"more than {self.settings.body_bytes} bytes were sent.")
        if scope["method"] not in _READING and not self._same_origin(headers, host):
            advice = "Send the header X-Waqai: 1, and from a browser only from the pages of this server."
            return problem("WQ-712", "the request did not come from these pages.", advice=advice)
        return None

    def _same_origin(self, headers: Headers, host: str) -> bool:
        """A page of somebody else's can neither set our header without asking first, nor be of our origin."""
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return False
        if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return False
        return OUR_HEADER in headers or bool(self.settings.token and self._bearer(headers))

    def _signed_in(self, scope: Scope, headers: Headers) -> Response | None:
        """Nothing when the request may go on; else the answer."""
        path = scope["path"]
        if self.settings.token:
            request = Request(scope)
            given = request.query_params.get("token")
            if given is not None and scope["method"] == "GET" and not path.startswith("/api/"):
                return self._enter(request, given)
            if path.startswith("/api/") and path not in _OPEN and not (self._bearer(headers) or self.is_token(request.cookies.get(COOKIE, ""))):
                return problem("WQ-710", "a token is needed.", advice="Open the address that `waqai serve` printed, or send Authorization: Bearer TOKEN.")
        elif self.settings.trusted_header and path.startswith("/api/") and not headers.get(self.settings.trusted_header):
            return problem("WQ-710", "the reverse proxy named nobody.", where=self.settings.trusted_header)
        return None

    def _enter(self, request: Request, given: str) -> Response:
        """The token came in the address: keep it in a cookie, and take it out of the address."""
        rest = urlencode([(k, v) for k, v in parse_qsl(request.url.query, keep_blank_values=True) if k != "token"])
        # A path that begins with two slashes would be the address of another host.
        path = "/" + request.url.path.lstrip("/\\")
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        if self.is_token(given):
            set_cookie(answer, given, secure=request.url.scheme == "https")
        return answer

    def is_token(self, given: str) -> bool:
        """Whether this is the token, in a time that does not tell how much of it is right."""
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self.settings.token.encode())

    def _bearer(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.is_token(given.strip())

    def _bounded(self, receive: Receive) -> Receive:
        """Receives no more than the limit, whatever the request said of its length."""
        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.settings.body_bytes:
                return {"type": "http.disconnect"}
            return message

        return bounded


def set_cookie(answer: Response, token: str, *, secure: bool) -> None:
    """Keep a token in the browser, out of reach of scripts and of other sites."""
    answer.set_cookie(COOKIE, token, max_age=30 * 86400, httponly=True, samesite="strict", secure=secure, path="/")


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _without_port(host: str) -> str:
    host = host.lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]
