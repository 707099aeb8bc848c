"""The rules for resource files: heads, licences, unique keys, clean text. A loader never has to guess, a reader never either."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HEAD = ("what", "columns", "source", "licence", "known problems")
HEAD_TOML = ("source", "licence")
LICENCES = ("Apache-2.0", "CC BY 4.0", "CC0", "Unicode-3.0", "MIT", "public domain", "ODC-PDDL")
FORBIDDEN = re.compile(r"non-?commercial|\bNC\b|-NC\b|\bSA\b|-SA\b|\bND\b|-ND\b|\bA?GPL|research (use )?only|all rights reserved", re.IGNORECASE)
BIDI_AND_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")
TATWEEL = "\u0640"
PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefe]")
DATE_COLUMNS = {"from", "to", "start", "end", "since", "until", "valid_from", "valid_to", "first", "last"}
ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def head(path: Path) -> dict[str, str]:
    """The `# key: text` lines before the data; a key may come several times."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        key, colon, text = line.lstrip("# ").partition(":")
        if colon:
            found[key.strip()] = f"{found.get(key.strip(), '')} {text}".strip()
    return found


def rows(path: Path) -> list[list[str]]:
    """Column names, then the rows."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def tables(resources: list[Path]) -> Iterator[Path]:
    return (path for path in resources if path.suffix == ".tsv")


def short(path: Path) -> str:
    return "/".join(path.parts[-2:])


def test_there_are_resources(resources):
    assert any(path.suffix == ".tsv" for path in resources), "no resource table was found: the tests below would pass on nothing"
    assert any(path.suffix == ".toml" for path in resources)


def test_only_known_formats(resources, verdict):
    known = {".tsv", ".toml", ".sql", ".json", ".jsonl", ".md", ".onnx", ".bin", ".msgpack"}
    verdict(
        (short(p) for p in resources if p.suffix not in known),
        "resources are .tsv or .toml: never YAML, which turns the code 010 into a number and NO into false.",
    )


def test_tables_have_heads(resources, verdict):
    problems = []
    for path in tables(resources):
        missing = [key for key in HEAD if not head(path).get(key)]
        if missing:
            problems.append(f"{short(path)}: the head lacks {', '.join(missing)}")
    for path in resources:
        if path.suffix == ".toml" and path.parent.name != "frames":
            missing = [key for key in HEAD_TOML if not head(path).get(key)]
            if missing:
                problems.append(f"{short(path)}: the head lacks {', '.join(missing)}")
    verdict(problems, "begin the file with lines `# what: ...`, `# columns: ...`, `# source: ...`, `# licence: ...`, `# known problems: ...`.")


def test_frames_say_what_they_are(resources, verdict):
    verdict(
        (short(p) for p in resources if p.parent.name == "frames" and not p.read_text(encoding="utf-8").startswith("#")),
        "the first lines of a frames file say what the type covers, what it does not, and where the other thing belongs.",
    )


def test_licences_let_everybody_use_the_data(resources, verdict):
    problems = []
    for path in resources:
        licence = head(path).get("licence", "") if path.suffix in {".tsv", ".toml"} else ""
        if FORBIDDEN.search(licence):
            problems.append(f"{short(path)}: {licence!r} restricts use")
        if licence and not any(known in licence for known in LICENCES):
            problems.append(f"{short(path)}: {licence!r} is none of {', '.join(LICENCES)}")
    verdict(problems, "data that forbids commercial use or asks for the same licence cannot ship; a new free licence goes into LICENCES and LICENSES/.")


def test_licence_files_are_there(resources, root, verdict):
    problems = []
    for path in resources:
        if path.suffix in {".tsv", ".toml"}:
            named = re.findall(r"LICENSES/[\w.-]+\w", head(path).get("licence", ""))
            problems += [f"{short(path)} names {name}, which is not there" for name in named if not (root / name).exists()]
    needed = ("LICENSE", "NOTICE", "LICENSES/README.md", "LICENSES/CC-BY-4.0.txt", "LICENSES/unicode.txt")
    problems += [f"{name} is missing" for name in needed if not (root / name).exists()]
    verdict(problems, "put the text of the licence and the notice of its owner into LICENSES/ and name it in NOTICE.")


def test_text_is_clean(resources, verdict):
    problems = []
    for path in resources:
        if path.suffix not in {".tsv", ".toml"}:
            continue
        content = path.read_bytes().decode("utf-8")
        if "\r" in content:
            problems.append(f"{short(path)}: line ends of Windows")
        if not content.endswith("\n"):
            problems.append(f"{short(path)}: no newline at the end")
        for number, line in enumerate(content.splitlines(), 1):
            if line != unicodedata.normalize("NFC", line):
                problems.append(f"{short(path)}:{number}: not NFC")
            if BIDI_AND_MARKS.search(line):
                problems.append(f"{short(path)}:{number}: an invisible character")
            if TATWEEL in line and not line.startswith("#"):
                problems.append(f"{short(path)}:{number}: tatweel")
            if PRESENTATION_FORMS.search(line):
                problems.append(f"{short(path)}:{number}: a presentation form of a letter")
    verdict(problems, "save as UTF-8, NFC, with plain letters: what looks the same must be the same.")


def test_tables_are_regular(resources, verdict):
    problems = []
    for path in tables(resources):
        table = rows(path)
        if not table:
            problems.append(f"{short(path)}: no line of column names")
            continue
        columns = table[0]
        for cells in table[1:]:
            if len(cells) != len(columns):
                problems.append(f"{short(path)}: {cells[0]}: {len(cells)} cells for {len(columns)} columns")
            if any(cell != cell.strip() for cell in cells):
                problems.append(f"{short(path)}: {cells[0]}: blanks around a cell")
            if any(part != part.strip() or not part for cell in cells if "|" in cell for part in cell.split("|")):
                problems.append(f"{short(path)}: {cells[0]}: an empty or padded value between |")
    verdict(problems, "one tab between cells, `|` between several values in a cell, no blanks around either.")


def test_rows_are_unique_and_sorted(resources, verdict):
    problems = []
    for path in tables(resources):
        table = rows(path)
        columns, body = table[0], table[1:]
        for cells, count in Counter(map(tuple, body)).items():
            if count > 1:
                problems.append(f"{short(path)}: {cells[0]}: the same row {count} times")
        keys = [cells[0] for cells in body]
        if columns[0] == "id":
            problems += [f"{short(path)}: id {key} {count} times" for key, count in Counter(keys).items() if count > 1]
        if keys != sorted(keys):
            first = next(b for a, b in itertools.pairwise(keys) if b < a)
            problems.append(f"{short(path)}: not sorted by {columns[0]}, first at {first}")
    verdict(problems, "sort by the first column (code point order: `LC_ALL=C sort`), so that changes show as single lines.")


def test_dates_are_iso(resources, verdict):
    problems = []
    for path in tables(resources):
        table = rows(path)
        if path.parent.name not in {"actors", "offices"}:
            continue
        for index, column in enumerate(table[0]):
            if column in DATE_COLUMNS:
                wrong = [cells for cells in table[1:] if cells[index] and not is_date(cells[index])]
                problems += [f"{short(path)}: {cells[0]}: {column} is {cells[index]!r}" for cells in wrong]
    verdict(problems, "write 2019-04-20, 2019-04 or 2019; an empty cell means unknown or still running.")


def is_date(text: str) -> bool:
    if not ISO_DATE.fullmatch(text):
        return False
    padded = text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text
    try:
        dt.date.fromisoformat(padded[:10])
    except ValueError:
        return False
    return True


def test_codes_stay_strings(resources, verdict):
    problems = []
    for path in resources:
        if path.suffix == ".toml":
            for where, key, value in leaves(tomllib.loads(path.read_text(encoding="utf-8"))):
                if key in {"cameo", "code", "id"} and not isinstance(value, str):
                    problems.append(f"{short(path)}: {where}: {key} = {value!r}")
    verdict(problems, 'write codes in quotation marks: cameo = "010".')


def test_identifiers_in_toml_are_unique(resources, verdict):
    problems = []
    frames: Counter[str] = Counter()
    for path in resources:
        if path.suffix != ".toml":
            continue
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for name, entries in content.items():
            if isinstance(entries, list) and entries and isinstance(entries[0], dict):
                ids = [entry["id"] for entry in entries if "id" in entry]
                problems += [f"{short(path)}: [[{name}]] {key} {n} times" for key, n in Counter(ids).items() if n > 1]
                if path.parent.name == "frames":
                    frames.update(ids)
    problems += [f"frame {key} in {n} files" for key, n in frames.items() if n > 1]
    verdict(problems, "an id names one thing: a user's folder replaces entries by it.")


def leaves(node: object, where: str = "", key: str = "") -> Iterator[tuple[str, str, object]]:
    """Every value of a TOML document that is no table or list, with its path and its key."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from leaves(value, f"{where}.{name}", name)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from leaves(value, f"{where}[{index}]", key)
    else:
        yield where, key, node
