"""Objects of a list, whatever the chunks they come in."""

from __future__ import annotations

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from waqai.ingest.json_values import Skipped, objects
from waqai.ingest.limits import Limits

VALUES = st.recursive(st.text('أ"\\{}[]\n,:') | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text('"\\}{'), inner), max_leaves=5)
OBJECTS = st.lists(st.dictionaries(st.text("k\"\\{}", max_size=3), VALUES, max_size=3), max_size=4)


class Dripping(io.RawIOBase):
    """A stream that gives a few bytes at a time, whatever is asked for."""

    def __init__(self, data, step):
        self._stream, self._step = io.BytesIO(data), step

    def read(self, size=-1):
        return self._stream.read(self._step)


@given(OBJECTS, st.integers(1, 9), st.sampled_from([None, 0, 2]))
def test_every_object_as_it_is(values, step, indent):
    data = json.dumps(values, ensure_ascii=False, indent=indent).encode()
    assert [json.loads(value) for value in objects(Dripping(data, step), Limits())] == values


@given(st.binary(max_size=300) | st.text('{}[]"\\a').map(str.encode), st.integers(1, 9))
def test_anything_ends(data, step):
    assert all(isinstance(value, bytes | Skipped) for value in objects(Dripping(data, step), Limits(line=20, json_depth=5)))


def test_large_and_deep_objects_are_skipped_and_counted():
    data = b'[{"a": 1}, {"b": "' + b"x" * 100 + b'"}, {"c": [[[[[[1]]]]]]}, {"d": 2}]'
    found = list(objects(io.BytesIO(data), Limits(line=50, json_depth=4)))
    assert found == [b'{"a": 1}', Skipped(2), Skipped(3), b'{"d": 2}']
