"""The cases of the PLOVER decision rules, and how one is compared with what was coded.

Kept apart from the tests, because regenerate.py needs it too.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from waqai.document import Document, Event
from waqai.text.folding import fold_word

FOLDER = Path(__file__).parent
LIST = FOLDER / "known_failures.txt"
RULES = range(1, 38)
DATE = "2021-10-26"
_EMPTY = frozenset(["من", "الي", "علي", "في", "عن", "مع", "بين", "ان", "ضد", "هذا", "هذه", "و"])
_CLITICS = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك", "س")

Case = dict[str, Any]


def read_cases() -> list[tuple[str, Case]]:
    """Every case with its name: the rule and its number among the cases of that rule, as "12.1"."""
    counts: Counter[int] = Counter()
    named = []
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            counts[case["rule"]] += 1
            named.append((f"{case['rule']}.{counts[case['rule']]}", case))
    return named


def read_known() -> frozenset[str]:
    """The names on the list of known failures."""
    lines = LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else []
    return frozenset(line.split()[0] for line in lines if line.strip() and not line.startswith("#"))


def problems(case: Case, document: Document) -> list[str]:
    """What is wrong with the coding of a case, in words; empty when the case is met."""
    events = document.events or ()
    coded = [event.type for event in events]
    wrong = [f"{name} is coded" for name in case.get("not_types", []) if name in coded]
    if case.get("none"):
        return wrong + [f"{name} is coded where nothing should be" for name in coded]
    if "type" not in case:
        return wrong
    candidates = [event for event in events if event.type == case["type"]]
    if not candidates:
        return [*wrong, f"no {case['type']} among {coded}"]
    return wrong + min((_differences(case, document, event) for event in candidates), key=len)


def _differences(case: Case, document: Document, event: Event) -> list[str]:
    wrong = []
    if "mode" in case and case["mode"] not in event.modes:
        wrong.append(f"mode {case['mode']} is not in {event.modes}")
    trigger = document.text_of(event.trigger.span)
    if "trigger" in case and not _share(case["trigger"], trigger):
        wrong.append(f"trigger {trigger} is not {case['trigger']}")
    for slot, participants in (("actor", event.actors), ("recipient", event.recipients)):
        words = [document.text_of(participant.mention.span) for participant in participants]
        wrong += [f"{slot} {expected} is not in {words}" for expected in case.get(slot, []) if not any(_share(expected, w) for w in words)]
    for field in ("polarity", "modality"):
        if field in case and getattr(event, field) != case[field]:
            wrong.append(f"{field} is {getattr(event, field)}, not {case[field]}")
    return wrong


def _share(one: str, other: str) -> bool:
    """Whether two stretches of words have a content word in common, its clitics aside."""
    return bool(_content(one) & _content(other))


def _content(text: str) -> set[str]:
    forms = set()
    for word in map(fold_word, text.split()):
        if word not in _EMPTY:
            forms |= {word} | {word.removeprefix(clitic) for clitic in _CLITICS if len(word) - len(clitic) > 2}
    return forms


def unmet(coder: Callable[..., Document], cases: Iterable[tuple[str, Case]]) -> list[tuple[str, list[str]]]:
    """Names of the cases that the coder does not meet, with what is wrong."""
    found = ((name, problems(case, coder(case["text"], date=DATE))) for name, case in cases)
    return [(name, wrong) for name, wrong in found if wrong]
