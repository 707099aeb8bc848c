"""The types with which the pages are checked are those that the API describes: web/src/shapes.d.ts is made from its OpenAPI."""

from __future__ import annotations

import re
from pathlib import Path

from waqai.server.app import create_app
from waqai.server.room import Room, Settings

SHAPES = Path(__file__).resolve().parents[2] / "web" / "src" / "shapes.d.ts"
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null", "object": "Record<string,never>"}
ADVICE = "web/src/shapes.d.ts is older than the API: save /api/v1/openapi.json of `waqai serve` and run npx openapi-typescript@7 openapi.json -o web/src/shapes.d.ts"


def written(schema):
    """A schema as openapi-typescript writes it, without blanks."""
    if "$ref" in schema:
        return f'components["schemas"]["{schema["$ref"].rsplit("/", 1)[1]}"]'
    if "anyOf" in schema:
        return "|".join(f"({each})" if "|" in each else each for each in dict.fromkeys(map(written, schema["anyOf"])))
    if "const" in schema or "enum" in schema:
        return "|".join(f'"{value}"' for value in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        inner = written(schema.get("items", {}))
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    named = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
    if isinstance(named[0], dict):
        return f"{{[key:string]:{written(named[0])};}}"
    if schema.get("additionalProperties") is True:
        return "{[key:string]:unknown;}"
    return PLAIN[schema["type"]] if "type" in schema else "unknown"


def described(openapi):
    """Each shape with its fields and their types."""
    return {
        name: {field: written(inner) for field, inner in schema.get("properties", {}).items()}
        for name, schema in openapi["components"]["schemas"].items()
        if schema.get("type") == "object"
    }


def declared(text):
    """The same, read from the file."""
    text = re.sub(r"/\*\*.*?\*/", "", text, flags=re.DOTALL)
    start = text.index("export interface components")
    inside = text[text.index("    schemas: {", start) : text.index("\n    };", start)]
    found = {}
    for name, body in re.findall(r"^        (\w+): \{\n(.*?)^        \};", inside, re.DOTALL | re.MULTILINE):
        fields = re.split(r'^ {12}(?=["\w])', body, flags=re.MULTILINE)[1:]
        pairs = (re.sub(r"\s", "", field).removesuffix(";").split(":", 1) for field in fields)
        found[name] = {field.strip('"?'): kind for field, kind in pairs}
    return found


def test_the_types_of_the_pages_are_those_of_the_api():
    openapi = create_app(Room(None, None, Settings(), None)).openapi()
    here, there = declared(SHAPES.read_text(encoding="utf-8")), described(openapi)
    assert len(there) > 40
    different = {name: (fields, here.get(name)) for name, fields in there.items() if here.get(name) != fields}
    assert not different, ADVICE
    assert set(here) == set(there), ADVICE
    paths = re.findall(r'^    "(/api/[^"]+)": \{', SHAPES.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(paths) == set(openapi["paths"]), ADVICE
