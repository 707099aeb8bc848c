"""What must not be in a tracked file: one machine's paths, addresses of servers, secrets, build products, huge files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

TEXT = {".py", ".md", ".toml", ".tsv", ".txt", ".cfg", ".ini", ".yaml", ".yml", ".json", ".jsonl", ".sh", ".sql", ".svg", ".html", ""}
# Folders that only one machine has. /tmp, /usr and /dev/null mean the same everywhere.
MACHINE_PATH = re.compile(
    r"(?<![\w./~-])/(home|root|Users|work|workspace|mnt|media|scratch|srv|data|opt/conda)/[\w.-]+"
    r"|\b[A-Za-z]:\\\\?(Users|Documents)\b"
)
PORT = re.compile(r"\bhttps?://(?!localhost\b|127\.0\.0\.1\b|\[::1\])[\w.\[\]-]+:\d{2,5}\b")
PRIVATE_ADDRESS = re.compile(r"\b(10\.\d{1,3}|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}\b")
REGISTRY = re.compile(r"(--|PIP_|UV_)?(extra[-_])?index[-_]url\b", re.IGNORECASE)
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\b(ghp|gho|glpat|sk|pypi)[-_][A-Za-z0-9_-]{20,}|\bAKIA[A-Z0-9]{16}\b")
UNWANTED = re.compile(r"\.(pyc|so|duckdb|wal|log|tmp|bak|orig|swp|egg-info|zip|gz|jar)$|~$|(^|/)(\.DS_Store|Thumbs\.db|\.env)$")
LARGEST = 12_000_000
NETWORK, NETWORK_LARGEST = "src/waqai/resources/models/network/", 35_000_000


def lines(files: list[Path], root: Path) -> Iterator[tuple[str, str]]:
    """Place and text of every line of every text file but this one, whose patterns would find themselves."""
    for path in files:
        if path.suffix in TEXT and path != Path(__file__).resolve():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield f"{path.relative_to(root).as_posix()}:{number}", line


def test_no_machine_paths(files, root, verdict):
    verdict(
        (f"{where}: {found.group()}" for where, line in lines(files, root) if (found := MACHINE_PATH.search(line))),
        "paths of one machine work on no other: make them relative to the file, or an argument.",
    )


def test_no_addresses_of_servers(files, root, verdict):
    problems = []
    for where, line in lines(files, root):
        for pattern in (PORT, PRIVATE_ADDRESS, REGISTRY):
            found = pattern.search(line)
            if found:
                problems.append(f"{where}: {found.group()}")
    verdict(problems, "name the public project page if anything; where packages come from is a setting of the user's machine.")


def test_no_secrets(files, root, verdict):
    verdict((where for where, line in lines(files, root) if SECRET.search(line)), "take it out, and revoke it: it is in the history now.")


def test_no_build_products_or_leftovers(files, root, verdict):
    names = (path.relative_to(root).as_posix() for path in files)
    verdict((name for name in names if UNWANTED.search(name)), "add a line to .gitignore and `git rm --cached` the file.")


def test_no_file_is_huge(files, root, verdict):
    sizes = {path.relative_to(root).as_posix(): path.stat().st_size for path in files}
    verdict(
        (f"{name}: {size / 1e6:.1f} MB" for name, size in sizes.items() if size > LARGEST and not name.startswith(NETWORK)),
        f"files over {LARGEST / 1e6:.0f} MB make every clone slow: select, or compile at build time.",
    )


def test_the_network_keeps_to_its_size(files, root):
    sizes = [path.stat().st_size for path in files if path.relative_to(root).as_posix().startswith(NETWORK)]
    assert 0 < sum(sizes) <= NETWORK_LARGEST


def test_text_files_are_utf8_and_end_with_a_newline(files, root, verdict):
    problems = []
    for path in files:
        if path.suffix in TEXT:
            content = path.read_bytes().decode("utf-8")
            if content and not content.endswith("\n"):
                problems.append(path.relative_to(root).as_posix())
    verdict(problems, "end the file with one newline.")
