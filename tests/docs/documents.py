"""Reading the documents: their code blocks and the commands in them."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import waqai

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "README.ar.md", "CONTRIBUTING.md", "benchmarks/README.md", "examples/README.md")


def blocks(document: str, language: str) -> list[str]:
    """The fenced blocks of a document of the repository in one language."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(document: str) -> list[list[str]]:
    """Every call of waqai in a document, split into words; in fenced and in indented blocks."""
    text = (ROOT / document).read_text(encoding="utf-8")
    lines = [line for block in blocks(document, "sh") for line in block.splitlines()]
    lines += [line for line in text.splitlines() if line.startswith("    ")]
    found = []
    for line in lines:
        for call in re.split(r"&&|\|", line.partition(" #")[0]):
            words = shlex.split(call) if call.count("'") % 2 == 0 else []
            if words and words[0] in {"waqai", ".venv/bin/waqai"}:
                found.append(["waqai", *words[1:]])
    return found


def waqai_command() -> list[str]:
    """How to call the command line of this environment."""
    script = Path(sys.executable).with_name("waqai")
    return [str(script)] if script.exists() else [sys.executable, "-m", "waqai.cli.app"]


def run(words: list[str], folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of a document in a folder, with `given` on its standard input."""
    return subprocess.run(
        [*waqai_command(), *words[1:]], cwd=folder, input=given, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )


HAS_CODER = hasattr(waqai, "load")
HAS_COMMANDS = importlib.util.find_spec("waqai.cli.app") is not None
needs_coder = pytest.mark.skipif(not HAS_CODER, reason="waqai.load is not there yet")
needs_commands = pytest.mark.skipif(not (HAS_CODER and HAS_COMMANDS), reason="the command line is not there yet")
