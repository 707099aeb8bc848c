"""A network of actors as GraphML, for Gephi, Cytoscape, igraph, networkx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

Attributes = Mapping[str, str | int | float | None]
# Characters that XML 1.0 cannot hold, not even escaped.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(nodes: Iterable[Attributes], edges: Iterable[Attributes], node_kinds: Mapping[str, str], edge_kinds: Mapping[str, str]) -> Iterator[str]:
    """A directed graph piece by piece. Nodes have an `id`, edges a `source` and `target`; kinds are those of GraphML (string, int, double)."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for of, kinds in (("node", node_kinds), ("edge", edge_kinds)):
        for name, kind in kinds.items():
            yield f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node in nodes:
        yield f"<node id={_quoted(node['id'])}>{_data('node', node, node_kinds)}</node>\n"
    for edge in edges:
        yield f"<edge source={_quoted(edge['source'])} target={_quoted(edge['target'])}>{_data('edge', edge, edge_kinds)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(of: str, values: Attributes, kinds: Mapping[str, str]) -> str:
    return "".join(
        f'<data key="{of}_{name}">{escape(_clean(values[name]))}</data>' for name in kinds if values.get(name) is not None
    )


def _quoted(value: str | int | float | None) -> str:
    return quoteattr(_clean(value))


def _clean(value: str | int | float | None) -> str:
    return _IMPOSSIBLE.sub("\ufffd", str(value))
