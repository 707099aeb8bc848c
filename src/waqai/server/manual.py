"""The documentation of the API as one page without scripts, made from its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import FastAPI, Response

CSS = """
:root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
h2 { margin-top: 2.5rem; border-block-start: 1px solid GrayText; padding-block-start: 1rem; }
h3 { margin-bottom: 0.25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: 0.25rem 1rem 0.25rem 0; border-block-end: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
"""


def install(app: FastAPI, prefix: str) -> None:
    """Add the page and its style sheet to an app."""

    @app.get(f"{prefix}/docs", include_in_schema=False)
    def docs_page() -> Response:
        """The documentation as HTML."""
        return Response("".join(_page(app.openapi(), prefix)), media_type="text/html; charset=utf-8")

    @app.get(f"{prefix}/docs.css", include_in_schema=False)
    def docs_style() -> Response:
        """The style sheet: the policy of the server allows none inside the page."""
        return Response(CSS, media_type="text/css; charset=utf-8")


def _page(described: Mapping[str, Any], prefix: str) -> Iterator[str]:
    info = described["info"]
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])} API</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<link rel="stylesheet" href="{prefix}/docs.css"></head><body><main>'
    yield f"<h1>{escape(info['title'])} API</h1><p>{escape(info['description'])}</p>"
    yield f'<p>Machines read <a href="{prefix}/openapi.json">openapi.json</a>. Every POST needs the header <code>X-Waqai: 1</code>.</p>'
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield from _operation(path, method, operation)
    yield "<h2>Shapes</h2>"
    for name, shape in described["components"]["schemas"].items():
        yield from _shape(name, shape)
    yield "</main></body></html>"


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h2><code>{method.upper()} {escape(path)}</code></h2><p>{escape(operation.get('description', ''))}</p>"
    parameters = operation.get("parameters", [])
    if parameters:
        yield "<table><thead><tr><th>Parameter<th>Values<th>Meaning</tr></thead><tbody>"
        for each in parameters:
            yield f"<tr><td><code>{escape(each['name'])}</code><td>{_kind(each['schema'])}<td>{escape(each.get('description', ''))}</tr>"
        yield "</tbody></table>"
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        yield f"<p>Send {_kind(body)}.</p>"
    answer = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema")
    if answer:
        yield f"<p>Answers {_kind(answer)}.</p>"


def _shape(name: str, shape: Mapping[str, Any]) -> Iterator[str]:
    yield f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{escape(shape.get("description", ""))}</p>'
    fields = shape.get("properties", {})
    if fields:
        yield "<table><tbody>"
        for field, kind in fields.items():
            yield f"<tr><td><code>{escape(field)}</code><td>{_kind(kind)}<td>{escape(kind.get('description', ''))}</tr>"
        yield "</tbody></table>"


def _kind(schema: Mapping[str, Any]) -> str:
    """A type in words, with links to the shapes."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    if "const" in schema:
        return f"<code>{escape(str(schema['const']))}</code>"
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return escape(" ".join(str(schema[key]) for key in ("type", "format") if key in schema)) or "anything"
