"""Errors as answers: a status, a permanent code, and a message for people; never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from waqai.errors import StoreError, WaqaiError
from waqai.server.answers import Problem, ProblemAnswer

_STATUS = {
    "WQ-702": 404, "WQ-703": 404, "WQ-704": 404, "WQ-621": 404, "WQ-622": 409, "WQ-623": 409, "WQ-611": 403, "WQ-610": 408, "WQ-705": 503, "WQ-706": 503,
    "WQ-710": 401, "WQ-711": 421, "WQ-712": 403, "WQ-713": 413,
}
_MEANINGS = {
    400: "A body that cannot be read", 401: "No token, or a wrong one", 403: "Refused", 404: "Not there", 405: "This address takes another method",
    408: "It took too long", 409: "Something later stands in the way", 413: "Too much was sent", 421: "The server does not answer to this name",
    422: "A request that makes no sense as it was put", 503: "Too many at once",
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemAnswer, "description": text} for status, text in _MEANINGS.items()
}
_log = logging.getLogger("waqai.server")


def problem(code: str, message: str, *, where: str = "", advice: str = "", status: int | None = None) -> Response:
    """The answer for something that went wrong."""
    body = ProblemAnswer(error=Problem(code=code, message=message, where=where, advice=advice))
    return JSONResponse(body.model_dump(), status or _STATUS.get(code, 422))


def install(app: FastAPI) -> None:
    """Make every error of the app such an answer."""

    @app.exception_handler(WaqaiError)
    def _ours(_: Request, error: WaqaiError) -> Response:
        status = _STATUS.get(error.code, 500 if isinstance(error, StoreError) else 422)
        return problem(error.code, error.message, where=error.where, advice=error.advice, status=status)

    @app.exception_handler(RequestValidationError)
    def _invalid(_: Request, error: RequestValidationError) -> Response:
        said = [_in_words(each) for each in error.errors()[:8]]
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        return problem("WQ-700", " ".join(said), where=where, advice="GET /api/v1/docs lists the parameters.", status=422)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        message = {404: "there is nothing at this address.", 405: "this address takes another method."}.get(error.status_code, str(error.detail))
        shown = problem(f"WQ-{error.status_code}", message, where=request.url.path[:200], status=error.status_code)
        shown.headers.update(error.headers or {})
        return shown


def fault(method: str, path: str, error: Exception) -> Response:
    """The answer for a fault of ours: the log has the details, the asker learns nothing about our insides."""
    _log.error("%s %s failed", method, path, exc_info=error)
    return problem("WQ-500", "a fault in Waqai.", where=path[:200], advice="The terminal of the server shows it: please report it.", status=500)


def _in_words(error: Mapping[str, Any]) -> str:
    """One complaint of the validation as a sentence."""
    name = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "the request")
    if error["type"] == "extra_forbidden":
        return f"There is no parameter {name!r}."
    if error["type"] == "missing":
        return f"{name!r} is missing."
    return f"{name!r}: {str(error['msg']).removeprefix('Value error, ')}."
