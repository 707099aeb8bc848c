"""GraphML that every reader of XML reads, whatever names hold."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from waqai.export.graph import graphml

SPACE = "{http://graphml.graphdrawing.org/xmlns}"


@given(st.text(), st.text())
def test_any_name_is_kept(name, other):
    text = "".join(graphml([{"id": name, "label": other}], [{"source": name, "target": name, "events": 3, "first": None}], {"label": "string"}, {"events": "int", "first": "string"}))
    root = ElementTree.fromstring(text.encode("utf-8", "replace"))
    [node] = root.findall(f".//{SPACE}node")
    [edge] = root.findall(f".//{SPACE}edge")
    assert edge.get("source") == edge.get("target") == node.get("id")
    assert [data.text for data in edge] == ["3"], "what is unknown is left out"
    if name.isprintable():
        assert node.get("id") == name
