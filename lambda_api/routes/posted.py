"""Reads what a link's page posts: a form from a browser, JSON from a program, both into one schema."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from lambda_api.schemas.fields import Strict

_FORM: Final = "application/x-www-form-urlencoded"
_REF: Final = "#/components/schemas/{model}"
_MOST_FIELDS: Final = 10

Schema = TypeVar("Schema", bound=Strict)


def posted(schema: type[Schema]) -> Callable[[Request], Awaitable[Schema]]:
    async def read(request: Request) -> Schema:
        body = await request.body()
        try:
            if request.headers.get("content-type", "").lower().startswith(_FORM):
                return schema.model_validate(_fields(body))
            return schema.model_validate_json(body or b"{}")
        except ValidationError as error:
            raise RequestValidationError([_in_body(fault) for fault in error.errors()]) from error

    return read


def described(schema: type[Strict]) -> dict[str, Any]:
    """Say for the document what `posted` reads, since it hides that from the framework."""
    shape = schema.model_json_schema(ref_template=_REF)
    # Enumerations are part of some answer too, which is where the document has them from.
    shape.pop("$defs", None)
    content = {media_type: {"schema": shape} for media_type in ("application/json", _FORM)}
    return {"requestBody": {"required": "required" in shape, "content": content}}


def _fields(body: bytes) -> dict[str, str]:
    """Browsers write a line's end as two characters and count it as one."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        fault = {"type": "form_invalid", "loc": ("body",), "msg": "is not a form that is read here"}
        raise RequestValidationError([fault]) from error
    return {name: value.replace("\r\n", "\n") for name, value in pairs}


def _in_body(fault: Any) -> dict[str, Any]:
    return {**fault, "loc": ("body", *fault["loc"])}
