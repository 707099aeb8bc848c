"""Write known_failures.txt anew: the cases of the decision rules that the coder does not meet.

    python tests/decisions/regenerate.py           write the list
    python tests/decisions/regenerate.py --show    only say what is wrong with each case on it

Run it after a change that mends cases (a mended case that stays on the list fails the tests) and lower MOST_FAILURES in
test_decisions.py to the length of the new list. Do not run it to get a newly broken case past the tests.
"""

from __future__ import annotations

import sys

from cases import LIST, read_cases, unmet

import waqai

HEAD = (
    "# Cases of the decision rules that the coder does not meet yet, as rule.number. Written by regenerate.py.\n"
    "# Each runs as a strict expected failure: a case that is mended must come off this list.\n"
)


def main(arguments: list[str]) -> int:
    failures = unmet(waqai.load(mode="lexicon"), read_cases())
    if "--show" in arguments:
        sys.stdout.writelines(f"{name}: {'; '.join(wrong)}\n" for name, wrong in failures)
    else:
        LIST.write_text(HEAD + "".join(f"{name}\n" for name, _ in failures), encoding="utf-8")
        sys.stdout.write(f"{len(failures)} cases on the list\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
