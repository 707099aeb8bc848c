"""Whatever the description of the API allows, and what it forbids, gets an answer that the description knows; never a fault of ours."""

from __future__ import annotations

import contextlib
import os
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

schemathesis = pytest.importorskip("schemathesis")

from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from waqai.server.app import create_app  # noqa: E402
from waqai.server.room import Room, Settings  # noqa: E402
from waqai.store import Store  # noqa: E402

API = "/api/v1"
# A stream does not end by itself; test_stream.py listens to it.
ENDLESS = f"{API}/stream"
EXAMPLES = 300 if os.environ.get("WAQAI_EXPLORE") else 20
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def operations(template, resources, work, tmp_path_factory):
    path = tmp_path_factory.mktemp("contract") / "s.duckdb"
    shutil.copy(template, path)
    with Store.open(path) as store:
        app = create_app(Room(store, resources, Settings(hosts=("testserver",), sql_seconds=0.5), lambda: work))
        schema = schemathesis.openapi.from_asgi(f"{API}/openapi.json", app)
        yield [result.ok() for result in schema.exclude(path=ENDLESS).get_all_operations()]


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
def test_every_answer_is_described(operations, mode):
    """Requests as described (positive) and requests that the description forbids (negative)."""
    asked = 0
    for operation in operations:

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def answers(case):
            case.call_and_validate(headers={"X-Waqai": "1", "Host": "testserver"}, checks=CHECKS)

        with contextlib.suppress(Unsatisfiable):  # an operation without parameters cannot be asked wrongly
            answers()
            asked += 1
    assert asked > 15
