"""The picture of the tables in docs/store.md is that of the schema."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_picture_is_current():
    spec = importlib.util.spec_from_file_location("er_picture", ROOT / "tools/er_picture.py")
    assert spec and spec.loader
    er_picture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(er_picture)
    schema = (ROOT / "src/waqai/store/schema.sql").read_text(encoding="utf-8")
    assert len(er_picture.tables(schema)) == schema.count("CREATE TABLE")
    assert er_picture.diagram(schema) in (ROOT / "docs/store.md").read_text(encoding="utf-8"), "run tools/er_picture.py"
