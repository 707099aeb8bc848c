"""The network: the only module that opens it, and only for an address that the user gave."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import NamedTuple

from waqai.errors import InputError

_LARGEST = 20_000_000
_SECONDS = 30.0


class Answer(NamedTuple):
    """What an address gave: bytes, media type, the encoding that the header names, the address after redirects."""

    data: bytes
    media_type: str
    charset: str
    url: str


def is_address(name: str) -> bool:
    """Whether an input is an address of the web and no file."""
    return name.startswith(("http://", "https://"))


def fetch(url: str, *, seconds: float = _SECONDS) -> Answer:
    """Read one address. InputError where it cannot be read, takes longer than `seconds`, or is over 20 MB."""
    request = urllib.request.Request(url, headers={"User-Agent": "waqai", "Accept": "text/html, text/plain, application/json;q=0.9"})
    try:
        with urllib.request.urlopen(request, timeout=seconds) as response:
            data = response.read(_LARGEST + 1)
            headers = response.headers
            answer = Answer(data, headers.get_content_type(), headers.get_content_charset() or "", response.geturl())
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise InputError("WQ-112", f"cannot be read: {reason}.", where=url, advice="Check the address and the connection.") from error
    if not is_address(answer.url):
        raise InputError("WQ-112", "led away from the web.", where=url)
    if len(data) > _LARGEST:
        raise InputError("WQ-112", "is larger than 20 MB.", where=url, advice="Save it to a file and give the file.")
    return answer
