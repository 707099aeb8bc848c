"""Data flows one way, so imports point one way. docs/architecture.md shows the picture that this table states."""

from __future__ import annotations

import ast
from collections.abc import Iterator

BASE = {"errors", "issues"}
ARTICLE = BASE | {"document", "text.folding"}
# What each part may import. A part is a folder or module of waqai; text.folding stands apart, because the lexicon
# has to compare words in folded form and therefore needs it before the rest of text.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "issues": {"errors"},
    "settings": BASE,
    "document": set(),
    "text.folding": {"errors", "document"},
    "knowledge": ARTICLE | {"settings"},
    "text": ARTICLE | {"knowledge"},
    "encoder": ARTICLE | {"text", "knowledge"},
    "ingest": ARTICLE | {"settings", "text", "knowledge"},
    "watch": BASE | {"document", "ingest"},
    "analysis": ARTICLE | {"text", "knowledge", "encoder"},
    "coder": ARTICLE | {"settings", "text", "knowledge", "encoder", "analysis"},
    "records": ARTICLE | {"knowledge"},
    "stories": BASE | {"records", "knowledge", "text.folding"},
    "identity": BASE | {"text.folding"},
    "store": BASE | {"settings", "records", "text.folding", "identity"},
    "review": BASE | {"settings", "records", "store", "knowledge"},
    "export": BASE | {"settings", "records", "store"},
    "evaluation": BASE | {"records"},
    "engines": ARTICLE | {"settings", "knowledge", "ingest", "coder", "records", "store"},
    "server": BASE | {"settings", "records", "stories", "store", "review", "export", "engines", "document", "knowledge", "text"},
    "cli": ARTICLE | {
        "settings", "knowledge", "text", "ingest", "coder", "records", "stories", "identity", "store", "review", "export", "evaluation", "engines", "server", "watch",
    },
    "__main__": {"cli"},
    "__init__": ARTICLE | {"coder", "records", "store", "ingest", "settings", "knowledge"},
}
ONLY_HERE = {
    "typer": {"cli"}, "rich": {"cli"}, "click": {"cli"},
    "duckdb": {"store", "export", "ingest", "stories", "cli"},
    "socket": {"ingest.fetch", "server", "cli.serving"}, "http": {"ingest.fetch", "server"}, "urllib.request": {"ingest.fetch"},
    "httpx": {"ingest.fetch"}, "requests": {"ingest.fetch"}, "aiohttp": {"ingest.fetch"}, "urllib3": {"ingest.fetch"},
    "ray": {"engines.cluster"}, "pyarrow": {"engines"}, "pyspark": set(), "pandas": set(),
    "pickle": set(), "yaml": set(),
}


def part(name: str) -> str:
    """The part of the package that a dotted name below waqai belongs to."""
    if name == "text.folding" or name.startswith("text.folding."):
        return "text.folding"
    return name.split(".")[0] if name else "__init__"


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a module imports, imports inside functions and for type checkers too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # `from waqai import text` names a part, `from waqai.text import fold` a member of one.
            names = [f"waqai.{alias.name}" for alias in node.names] if node.module == "waqai" else [node.module]
            if node.module == "waqai.text":
                names = ["waqai.text.folding" if alias.name == "folding" else "waqai.text" for alias in node.names]
            yield from ((node.lineno, name) for name in names)


def test_imports_point_backwards_only(ours, verdict):
    problems = []
    for module in ours:
        here = part("" if module.name == "__init__" else module.name)
        if here not in MAY_IMPORT:
            problems.append(f"{module.path}: no rule for the part {here!r}")
            continue
        for line, name in imports(module.tree):
            if name == "waqai" or not name.startswith("waqai."):
                continue
            there = part(name.removeprefix("waqai."))
            if there == "__version__" or there == here:
                continue
            if there not in MAY_IMPORT[here]:
                problems.append(f"{module.path}:{line}: {here} imports {name}; it may import {sorted(MAY_IMPORT[here]) or 'nothing of ours'}")
    verdict(problems, "pass the value in as an argument, or move the code to the part that may know both. A new part needs a row in MAY_IMPORT.")


def test_no_relative_imports(modules, verdict):
    verdict(
        (f"{m.path}:{n.lineno}" for m in modules for n in ast.walk(m.tree) if isinstance(n, ast.ImportFrom) and n.level),
        "write the full name (from waqai.text.folding import fold), so that the layers can be checked and searched.",
    )


def test_heavy_and_risky_libraries_stay_in_their_place(ours, verdict):
    problems = []
    for module in ours:
        for line, name in imports(module.tree):
            for library, places in ONLY_HERE.items():
                if name == library or name.startswith(f"{library}."):
                    allowed = any(module.name == place or module.name.startswith(f"{place}.") for place in places)
                    if not allowed:
                        problems.append(f"{module.path}:{line}: {name} belongs in {sorted(places) or 'no module of ours'}")
    verdict(problems, "only ingest/fetch.py opens the network, only cli/ speaks to terminals, only store/ and its users know the database.")


def test_only_knowledge_opens_resource_files(ours, verdict):
    problems = []
    for module in ours:
        if part(module.name) in {"knowledge"}:
            continue
        for node in ast.walk(module.tree):
            named = isinstance(node, ast.Name) and node.id == "PACKAGED"
            if named or (isinstance(node, ast.Constant) and node.value == "resources"):
                problems.append(f"{module.path}:{node.lineno}")
    verdict(problems, "read resources through waqai.knowledge.loader.Resources and hand the result on as an argument.")


def test_the_environment_is_read_in_few_places(ours, verdict):
    allowed = {"settings", "cli", "knowledge", "coder"}
    problems = [
        f"{module.path}:{node.lineno}"
        for module in ours
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and part(module.name) not in allowed
    ]
    verdict(problems, "take the value as an argument; the command line and the settings read the environment.")
