"""The laptop's door for editing with reload, and the writer of docs/openapi.json."""

import json
import os
import sys
from pathlib import Path

from lambda_api.app.factory import create_app
from lambda_api.config.logs import configure_logging

DOCUMENT = Path(__file__).parents[1] / "docs" / "openapi.json"


def main(arguments: list[str]) -> None:
    match arguments:
        case ["openapi"]:
            DOCUMENT.write_text(openapi_text(), encoding="utf-8")
        case ["openapi", "--check"]:
            check_document()
        case []:
            serve()
        case _:
            sys.exit("usage: python -m lambda_api [openapi [--check]]")


def check_document() -> None:
    if DOCUMENT.read_text(encoding="utf-8") != openapi_text():
        sys.exit("docs/openapi.json is not the app's own; write it with: python -m lambda_api openapi")


def openapi_text() -> str:
    return json.dumps(create_app().openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def serve() -> None:
    import uvicorn

    port = int(os.environ.get("HANDOFF_API_PORT", "8080"))
    uvicorn.run(
        "lambda_api.__main__:laptop_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        reload=True,
        reload_dirs=[str(Path(__file__).parent)],
        log_config=None,
        # Paths hold join codes.
        access_log=False,
        proxy_headers=False,
    )


def laptop_app() -> object:
    configure_logging(deployed=False)
    return create_app()


if __name__ == "__main__":
    main(sys.argv[1:])
