"""A page that its script takes over, where one was built and may reach LiveKit; else it stays plain."""

import logging

from fastapi.responses import HTMLResponse

from lambda_api.adapters.web_build import Entry
from lambda_api.config.errors import ConfigError, SecretUnavailableError
from lambda_api.dependencies import Wiring
from lambda_api.routes.pages.frame import page
from lambda_api.routes.pages.guarding import HEADERS, with_script

log = logging.getLogger(__name__)


def shell(wiring: Wiring, name: str, title: str, *content: str, status: int = 200) -> HTMLResponse:
    entry, headers = _script(wiring, name)
    return HTMLResponse(page(title, *content, entry=entry), status_code=status, headers=headers)


def _script(wiring: Wiring, name: str) -> tuple[Entry | None, dict[str, str]]:
    entry = wiring.web.entries.get(name)
    if entry is None:
        return None, HEADERS
    try:
        return entry, with_script(wiring.livekit.keys().ws_url)
    except (ConfigError, SecretUnavailableError):
        log.warning("a page goes without its script: LiveKit's address is not known")
        return None, HEADERS
