"""The OpenAPI document: FastAPI's, with every refusal described as the problem that it is."""

from collections.abc import Iterator
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from lambda_api.errors.problems import MEDIA_TYPE
from lambda_api.routes.pages.wanted import PAGES
from lambda_api.schemas.problem import ProblemOut

_REF = "#/components/schemas/{model}"
_PROBLEM: Final[dict[str, Any]] = {
    "description": "Refused",
    "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}},
}
_PAGE = _PROBLEM | {"content": {**_PROBLEM["content"], "text/html": {}}}  # which a browser asks for
_GENERATED = ("HTTPValidationError", "ValidationError")


def document(app: FastAPI) -> None:
    def described() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = _openapi(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _openapi(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, routes=app.routes)
    schemas = schema["components"]["schemas"]
    for name in _GENERATED:
        schemas.pop(name, None)
    problem = ProblemOut.model_json_schema(ref_template=_REF)
    schemas |= problem.pop("$defs") | {"Problem": problem}
    for path, operation in _operations(schema):
        operation["responses"].pop("422", None)
        operation["responses"]["default"] = _PAGE if path.startswith(PAGES) else _PROBLEM
    return schema


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        yield from ((path, operation) for operation in methods.values())
