"""The linter and the type checker have nothing to say. They run here, so that one command tests everything."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("command", [("ruff", "check"), ("mypy",)], ids=["ruff", "mypy"])
def test_tool_is_content(root, command):
    tool, *arguments = command
    done = subprocess.run([sys.executable, "-m", tool, *arguments], cwd=root, capture_output=True, text=True, check=False)
    if "No module named" in done.stderr and tool in done.stderr:
        pytest.skip(f"{tool} is not installed: pip install -e '.[dev]'")
    if done.returncode:
        pytest.fail(f"{' '.join(command)} says:\n{done.stdout[-6000:]}{done.stderr[-2000:]}", pytrace=False)
