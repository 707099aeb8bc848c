"""Measures linking alone: `python tools/measure_linking.py GOLD.jsonl... [--errors] [--home none|others|sentence]`.

Every participant of the annotated records is linked by its text, without its sentence, and compared with its code
"COUNTRY SECTOR". `home` is the country that most of the other participants of the sentence have, or the one that the linker
reads off the sentence. A plain country counts as right in sector without one and, where the annotators gave GOV, in the second figure.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from waqai.analysis.linking import Linker
from waqai.document import Entity
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word

WORD = re.compile(r"[\w.+-]*\w")


class Case(msgspec.Struct, frozen=True):
    """One annotated participant: its folded words, the country at home, and the codes expected ("" for none)."""

    text: str
    words: tuple[str, ...]
    home: str
    country: str
    sector: str


def cases(path: Path, *, homeless: bool, linker: Linker | None = None) -> Iterator[Case]:
    """The distinct participants of each record of a file; a linker reads the home country off the sentence."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        coded = dict.fromkeys(pair for event in record["events"] for role in ("actor", "recipient") for pair in _pairs(event, role))
        for text, code in coded:
            country, sector = (part.strip("-") for part in code.split(" ")[:2])
            others = Counter(c.split(" ")[0] for t, c in coded if t != text)
            others.pop("---", None)
            state = next((c for c, _ in others.most_common() if c not in ("UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM")), "")
            if linker is not None and "text" in record:
                state = linker.home_of(Entity("", "group", ""), 0, linker.sightings(WORD.findall(fold_word(record["text"]))))
            yield Case(text, tuple(WORD.findall(fold_word(text))), "" if homeless else state, country, sector)


def _pairs(event: dict[str, list[str]], role: str) -> Iterator[tuple[str, str]]:
    texts = [t if isinstance(t, str) else t["name"] for t in event[role]]
    return ((text, code) for text, code in zip(texts, event[role + "_code"], strict=False) if len(code.split(" ")) > 1)


def main() -> None:
    """Print the accuracy of country and sector, and with --errors the most frequent confusions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--home", choices=("others", "none", "sentence"), default="others")
    options = parser.parse_args()
    linker = Linker(ActorBase.load(Resources()))
    for path in options.files:
        found = list(cases(path, homeless=options.home == "none", linker=linker if options.home == "sentence" else None))
        begun = time.perf_counter()
        linked = [linker.link(case.words, None, case.home) for case in found]
        spent = time.perf_counter() - begun
        country = sum(e.country == c.country for e, c in zip(linked, found, strict=True))
        sector = sum(e.sector == c.sector for e, c in zip(linked, found, strict=True))
        governments = sum(e.sector == c.sector or (e.kind == "country" and c.sector == "GOV") for e, c in zip(linked, found, strict=True))
        both = sum((e.country, e.sector) == (c.country, c.sector) for e, c in zip(linked, found, strict=True))
        unknown = sum(e.kind == "unknown" for e in linked)
        total = len(found)
        print(f"{path.name}: {total} participants, country {country / total:.1%}, sector {sector / total:.1%} "
              f"({governments / total:.1%} with states as governments), both {both / total:.1%}, "
              f"unknown kind {unknown / total:.1%}, {spent / total * 1e6:.0f} microseconds each")
        if options.errors:
            for case, entity in zip(found, linked, strict=True):
                if (entity.country, entity.sector) != (case.country, case.sector):
                    print(f"  {case.country or '---':4}{case.sector or '---':4}| {entity.country or '---':4}{entity.sector or '---':4}"
                          f"| {entity.kind:12}| {case.home:4}| {case.text} -> {entity.id}")


if __name__ == "__main__":
    main()
