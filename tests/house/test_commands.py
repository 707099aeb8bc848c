"""README, Makefile and CI say the same: one command sets up and runs the examples, one sets up and tests."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

SET_UP = "python3 -m venv .venv && "


def shell_lines(path: Path) -> list[str]:
    """The lines of the ```sh blocks of a Markdown file."""
    blocks = re.findall(r"^```sh\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def set_up_commands(path: Path) -> list[str]:
    return [line for line in shell_lines(path) if line.startswith(SET_UP)]


def test_readme_has_the_two_commands(root):
    commands = set_up_commands(root / "README.md")
    assert len(commands) == 2, f"README.md should have one command for the examples and one for the tests, each beginning {SET_UP!r}: {commands}"
    assert commands[0].endswith("waqai code examples/articles.jsonl")
    assert commands[1].endswith("pytest")


def test_readme_in_arabic_has_the_same_commands(root):
    assert set_up_commands(root / "README.ar.md") == set_up_commands(root / "README.md")


def test_ci_runs_the_test_command_of_the_readme(root):
    script = (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in script if line.startswith(SET_UP)] == set_up_commands(root / "README.md")[1:]
    assert os.access(root / ".ci" / "run", os.X_OK), "chmod +x .ci/run"


def test_makefile_runs_the_commands_of_the_readme(root):
    recipes = {line.strip() for line in (root / "Makefile").read_text(encoding="utf-8").splitlines() if line.startswith("\t")}
    missing = [command for command in set_up_commands(root / "README.md") if command not in recipes]
    assert not missing, f"no recipe of the Makefile is word for word: {missing}"


def test_paths_that_the_documents_name_exist(root, verdict):
    problems = []
    for document in [*root.glob("*.md"), *(root / "docs").glob("*.md"), *(root / "benchmarks").glob("*.md"), root / "LICENSES" / "README.md"]:
        text = document.read_text(encoding="utf-8")
        targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text) + re.findall(r'href="([^":#]+)"', text)
        problems += [f"{document.relative_to(root)}: {t}" for t in targets if not (document.parent / t).exists()]
        named = re.findall(r"`((?:src|tests|docs|tools|benchmarks|examples)/[\w./-]+\w)`", text)
        problems += [f"{document.relative_to(root)}: {t}" for t in named if not (root / t).exists()]
    verdict(problems, "mend the path, or take the sentence out.")


def test_every_dependency_is_explained(root, verdict):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = [*project["dependencies"], *(name for group in project["optional-dependencies"].values() for name in group)]
    names = {re.split(r"[<>=!~;\[ ]", requirement)[0] for requirement in required}
    explained = (root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    verdict((name for name in sorted(names) if f"`{name}`" not in explained), "give it a line in docs/dependencies.md: what for, why this one.")
