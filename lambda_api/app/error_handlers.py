"""The one place where an error turns into an answer: RFC 9457, bounded, echoing nothing."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from lambda_api.errors.problems import MEDIA_TYPE, PROBLEMS, Problem, http_problem, problem_of
from lambda_api.routes.links import code_in
from lambda_api.routes.pages.guarding import HEADERS
from lambda_api.routes.pages.join import problem_page
from lambda_api.routes.pages.wanted import wants_page

_MOST_FAULTS = 10
_LONGEST_PLACE = 100

log = logging.getLogger(__name__)


def install_error_handlers(app: FastAPI) -> None:
    for error in PROBLEMS:
        app.add_exception_handler(error, known_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, invalid_request)
    app.add_exception_handler(Exception, unexpected_error)


def known_error(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    level = logging.ERROR if problem.status >= 500 else logging.INFO
    facts = {"error": problem.error, "status": problem.status, "route": _route(request)}
    log.log(level, "a request was refused", extra=facts, exc_info=error if problem.status >= 500 else None)
    return _answer(request, problem)


def http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise TypeError from error
    return _answer(request, http_problem(error.status_code, str(error.detail)), headers=error.headers)


def invalid_request(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise TypeError from error
    faults = [_fault(fault) for fault in error.errors()[:_MOST_FAULTS]]
    status = 400 if any(fault["type"] == "json_invalid" for fault in error.errors()) else 422
    problem = http_problem(status, "The request is not what this call takes; see errors.")
    return _answer(request, problem, errors=faults)


def unexpected_error(request: Request, error: Exception) -> Response:
    log.error("a request failed unexpectedly", extra={"route": _route(request)}, exc_info=error)
    return _answer(request, problem_of(error))


def _answer(
    request: Request, problem: Problem, *, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    headers = problem.headers | dict(headers or {})
    if wants_page(request):
        return HTMLResponse(
            problem_page(problem, code=code_in(request)),
            status_code=problem.status,
            headers=headers | HEADERS,
        )
    body = problem.body() | more
    return JSONResponse(body, status_code=problem.status, headers=headers, media_type=MEDIA_TYPE)


def _fault(fault: dict[str, Any]) -> dict[str, str]:
    """Name the place and the fault; what was sent may be a transcript and is not repeated."""
    return {"place": _place(fault["loc"]), "fault": str(fault["msg"])[:200]}


def _place(parts: Sequence[Any]) -> str:
    place = ".".join(str(part) for part in parts)[:_LONGEST_PLACE]
    return place.encode("ascii", "replace").decode()


def _route(request: Request) -> str:
    # The template, never the path: a path may hold a join code.
    return str(getattr(request.scope.get("route"), "path", ""))
