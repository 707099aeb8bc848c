"""The filters on events that the command line and the reading room share, turned into one condition of SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec

from waqai.store.search import Forms, Search, Where, read_question
from waqai.text.folding import fold

_PARTICIPANT = "e.event_id IN (SELECT event_id FROM participants p WHERE {})"
_SOURCE = "e.event_id IN (SELECT event_id FROM attributions p WHERE {})"
_DYAD = "e.event_id IN (SELECT p.event_id FROM participants p JOIN participants o USING (event_id) WHERE p.slot <> o.slot AND {} AND {})"
_AMONG = "IN (SELECT unnest(?))"
# Two or three letters are a code: as part of a name they would be found in half of the names.
_LONGEST_CODE = 3
# The spellings of names that matter, as `fold` makes them.
_SPELLINGS = "'أإآٱىة', 'اااايه'"


class EventFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Conditions on events. Values of one filter are alternatives; different filters must all hold.

    `actor`, `by`, `to_whom` and `speaker` are entity identifiers. What ends in `_named` is what a person writes: a country (EGY), a sector
    (MIL), an identifier, or a part of a name in any spelling. `from_` and `to` are days, both included; `q` are words of the sentence.
    """

    from_: dt.date | None = None
    to: dt.date | None = None
    actor: Sequence[str] = ()
    by: Sequence[str] = ()
    to_whom: Sequence[str] = ()
    country: Sequence[str] = ()
    by_country: Sequence[str] = ()
    to_country: Sequence[str] = ()
    place_country: Sequence[str] = ()
    place: Sequence[str] = ()
    type: Sequence[str] = ()
    mode: Sequence[str] = ()
    quad: Sequence[str] = ()
    outlet: Sequence[str] = ()
    speaker: Sequence[str] = ()
    confidence: float | None = None
    polarity: str | None = None
    modality: str | None = None
    review: str | None = None
    q: str = ""
    by_named: Sequence[str] = ()
    to_whom_named: Sequence[str] = ()
    dyad: tuple[str, str] | None = None
    speaker_named: Sequence[str] = ()
    place_named: Sequence[str] = ()
    outlet_named: Sequence[str] = ()


def where(filters: EventFilters, forms: Forms, *, but: str = "") -> Where:
    """The condition on `events e` that filters make, the filter `but` left out; "TRUE" for all events."""
    found: list[str] = []
    values: dict[str, Any] = {}
    for name, condition in {**_CONDITIONS, **_named(filters)}.items():
        value = getattr(filters, name)
        if name != but and value not in (None, "") and value != [] and value != ():
            found.append(condition.replace("?", f"$f_{name}"))
            values[f"f_{name}"] = _value(name, value)
    question = read_question(filters.q)
    if question and but != "q":
        asked = Search(question, forms, "f_q").condition("sentence", "e")
        found.append(asked.sql)
        values |= asked.values
    if filters.dyad:
        values |= {f"f_dyad{n}": _folded(side) for n, side in enumerate(filters.dyad)}
        found.append(_DYAD.format(_is("p", "[$f_dyad0]", filters.dyad[:1]), _is("o", "[$f_dyad1]", filters.dyad[1:])))
    return Where(" AND ".join(found) or "TRUE", values)


_CONDITIONS = {
    "from_": "e.day >= ?",
    "to": "e.day <= ?",
    "actor": _PARTICIPANT.format(f"entity_id {_AMONG}"),
    "by": _PARTICIPANT.format(f"slot = 'actor' AND entity_id {_AMONG}"),
    "to_whom": _PARTICIPANT.format(f"slot = 'recipient' AND entity_id {_AMONG}"),
    "country": _PARTICIPANT.format(f"country {_AMONG}"),
    "by_country": _PARTICIPANT.format(f"slot = 'actor' AND country {_AMONG}"),
    "to_country": _PARTICIPANT.format(f"slot = 'recipient' AND country {_AMONG}"),
    "place_country": f"e.place_country {_AMONG}",
    "place": f"coalesce(e.geonames_id::VARCHAR, e.place_en, e.place_ar) {_AMONG}",
    "type": f"e.event_type {_AMONG}",
    "mode": "list_has_any(e.modes, ?)",
    "quad": f"e.quad {_AMONG}",
    "outlet": f"e.doc_outlet {_AMONG}",
    "speaker": _SOURCE.format(f"entity_id {_AMONG}"),
    "confidence": "e.confidence >= ?",
    "polarity": "e.polarity = ?",
    "modality": "e.modality = ?",
    "review": "coalesce(e.review, 'none') = ?",
    "outlet_named": f"len(list_filter(?, lambda v: contains(lower(translate(e.doc_outlet, {_SPELLINGS})), v))) > 0",
    "place_named": "len(list_filter(?, lambda v: v IN (lower(e.place_country), e.geonames_id::VARCHAR) OR (length(v) > 3 AND "
    f"contains(lower(concat_ws(' ', e.place_en, translate(e.place_ar, {_SPELLINGS}))), v)))) > 0",
}


def _named(filters: EventFilters) -> dict[str, str]:
    """The conditions of people as a person writes them, which hang on what is written."""
    speaker = _is("p", "?", filters.speaker_named)
    return {
        "by_named": _PARTICIPANT.format(f"p.slot = 'actor' AND {_is('p', '?', filters.by_named)}"),
        "to_whom_named": _PARTICIPANT.format(f"p.slot = 'recipient' AND {_is('p', '?', filters.to_whom_named)}"),
        "speaker_named": _SOURCE.format(f"({speaker} OR p.anonymous)" if "anonymous" in filters.speaker_named else speaker),
    }


def _is(who: str, values: str, written: Sequence[str]) -> str:
    """That a row of participants or attributions is one of those `written`, which are folded in `values`."""
    codes = f"list_has_any({values}, [lower({who}.country), lower({who}.sector), lower({who}.entity_id)])"
    if all(len(value) <= _LONGEST_CODE for value in written):
        return codes
    names = f"lower(concat_ws(' | ', {who}.name_en, translate(concat_ws(' | ', {who}.name_ar, {who}.text), {_SPELLINGS})))"
    return f"({codes} OR len(list_filter({values}, lambda v: length(v) > {_LONGEST_CODE} AND contains({names}, v))) > 0)"


def _value(name: str, value: Any) -> Any:
    if name.endswith("_named"):
        return [_folded(each) for each in value]
    return list(value) if isinstance(value, tuple) else value


def _folded(text: str) -> str:
    return fold(text).text.lower().strip()
