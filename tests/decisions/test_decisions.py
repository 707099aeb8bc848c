"""The 37 decision rules of the PLOVER manual, case by case. known_failures.txt names the cases that are not met yet."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cases import DATE, RULES, problems, read_cases, read_known

CASES, KNOWN = read_cases(), read_known()
MOST_FAILURES = 25


def _parameter(name, case):
    reason = pytest.mark.xfail(strict=True, raises=AssertionError, reason="on the list of known failures")
    return pytest.param(case, id=name, marks=[reason] if name in KNOWN else [])


@pytest.mark.parametrize("case", [_parameter(name, case) for name, case in CASES])
def test_case(coder, case):
    wrong = problems(case, coder(case["text"], date=DATE))
    assert not wrong, f"{case['text']}\n" + "\n".join(wrong)


def test_every_rule_has_two_cases():
    counts = Counter(case["rule"] for _, case in CASES)
    assert set(counts) == set(RULES)
    assert [rule for rule in RULES if counts[rule] < 2] == []


def test_cases_use_known_fields_only():
    fields = {"rule", "text", "type", "mode", "trigger", "actor", "recipient", "polarity", "modality", "not_types", "none"}
    for name, case in CASES:
        assert set(case) <= fields, name
        assert {"type", "not_types", "none"} & set(case), f"{name} expects nothing"


def test_the_list_of_known_failures_only_gets_shorter():
    assert {name for name, _ in CASES} >= KNOWN, "the list names cases that do not exist"
    assert len(KNOWN) <= MOST_FAILURES
