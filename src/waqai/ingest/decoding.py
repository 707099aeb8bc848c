"""Bytes to text: UTF-8, UTF-16, windows-1256, and text that somebody decoded wrongly before it came to us."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATES = re.compile("[\ud800-\udfff]")
ARABIC_LETTERS = re.compile("[\u0621-\u064a\u0671-\u06d3\u06fa-\u06fc\ufb50-\ufdfb\ufe70-\ufefc]")
LETTERS = re.compile(r"[^\W\d_]")
# Arabic in UTF-8 read as Latin-1 or cp1252: each letter becomes one of these and a second character.
_DOUBLE = re.compile("[ØÙÚÛ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
# Arabic in windows-1256 read as Latin-1 or cp1252: the letters of the article and the commonest others, in words.
_SINGLE = re.compile("(?:[ÇáÃÅÂÈÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÝÞßãäåæìíÉ]{3,})")
# Bytes that cp1252 leaves undefined but that decoders pass on.
_UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


class Decoded(NamedTuple):
    """Text, the encoding that was used, and what had to be done beyond that ("" when nothing had)."""

    text: str
    encoding: str
    repair: str


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of `data`. `declared` is what a header or page says; a byte mark and valid UTF-8 count more."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(encoding, "replace"), encoding)
    encoding = _utf16(data)
    if encoding:
        return _clean(data.decode(encoding, "replace"), encoding)
    try:
        return _clean(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _legacy(data, declared)


def repair(text: str) -> str | None:
    """Arabic that was decoded as Latin-1 or cp1252, put right; None when the text shows no sign of it."""
    if ARABIC_LETTERS.search(text):
        return None
    doubles = len(_DOUBLE.findall(text))
    if doubles >= 3 and 2 * doubles * 2 > len(LETTERS.findall(text)):
        return _again(text, "utf-8")
    singles = sum(map(len, _SINGLE.findall(text)))
    if singles >= 6 and 2 * singles > len(LETTERS.findall(text)):
        return _again(text, "cp1256")
    return None


def arabic_share(text: str) -> float:
    """The share of Arabic letters among the letters of a text, 0 to 1; 0 when it has no letter."""
    letters = len(LETTERS.findall(text))
    return len(ARABIC_LETTERS.findall(text)) / letters if letters else 0.0


def _clean(text: str, encoding: str) -> Decoded:
    # Half of a surrogate pair is no character and no database takes it; one for one keeps every offset.
    text = _SURROGATES.sub("\ufffd", text)
    repaired = repair(text)
    if repaired is not None:
        return Decoded(repaired, encoding, "it was UTF-8 or windows-1256 decoded as Latin-1, which has been undone")
    return Decoded(text, encoding, "")


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of Arabic is 06, of Latin text 00."""
    head = data[:4000]
    if len(head) < 8 or len(head) % 2:
        head = head[:-1]
    pairs = len(head) // 2
    if pairs < 4 or not any(byte in head for byte in (0, 6)):
        return ""
    high = {"utf-16-le": head[1::2], "utf-16-be": head[0::2]}
    for encoding, bytes_ in high.items():
        if (bytes_.count(0) + bytes_.count(6)) > 0.8 * pairs:
            return encoding
    return ""


def _legacy(data: bytes, declared: str) -> Decoded:
    loose = data.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    if broken * 50 < len(ARABIC_LETTERS.findall(loose)):
        return Decoded(loose, "utf-8", f"{broken} places were no valid UTF-8 and show as \ufffd")
    for encoding in (declared, "cp1256"):
        try:
            text = data.decode(encoding or "cp1256")
        except (LookupError, UnicodeDecodeError):
            continue
        if arabic_share(text) > 0.3:
            return Decoded(text, codecs.lookup(encoding or "cp1256").name, "")
    return Decoded(data.decode("cp1256", "replace"), "cp1256", "")


def _again(text: str, encoding: str) -> str | None:
    encoded = bytearray()
    for char in text:
        code = ord(char)
        try:
            encoded += bytes([code]) if code < 0xA0 and (code < 0x80 or code in _UNDEFINED) else char.encode("cp1252")
        except UnicodeEncodeError:
            if code > 0xFF:
                return None
            encoded.append(code)
    try:
        found = encoded.decode(encoding)
    except UnicodeDecodeError:
        return None
    return found if arabic_share(found) > 0.5 else None
