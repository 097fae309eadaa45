"""Whether a person's browser asks, which reads pages, or a program, which reads JSON."""

from typing import Final

from fastapi import Request

PAGES: Final = ("/j/", "/desk/in/")


def wants_json(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return "json" in accept and "text/html" not in accept


def wants_page(request: Request) -> bool:
    return request.url.path.startswith(PAGES) and not wants_json(request)
