"""Makes the app; the wiring behind it is made when the first request needs it."""

from collections.abc import Callable

from fastapi import FastAPI

from lambda_api.app.body_limit import BodyLimit
from lambda_api.app.documentation import document
from lambda_api.app.error_handlers import install_error_handlers
from lambda_api.app.headers import SafeHeaders
from lambda_api.dependencies import Wiring, wiring
from lambda_api.routes import (
    api_keys,
    assets,
    briefs,
    desk,
    desk_doors,
    escalations,
    health,
    hooks,
    human_agents,
    join_pages,
    join_urls,
    link_answers,
    outcomes,
    rooms,
    waiting_time,
    webhooks,
)

WEBHOOK_BODY_LIMIT = 512 * 1024
_SERVICES = (escalations, outcomes, waiting_time, rooms, join_urls, human_agents, hooks, api_keys)
_PAGES = (join_pages, link_answers, briefs, desk_doors, desk)


def create_app(*, wire: Callable[[], Wiring] = wiring) -> FastAPI:
    app = FastAPI(title="LiveKit Handoff", version="1", redoc_url=None, redirect_slashes=False)
    app.state.wiring = wire
    for part in (*_SERVICES, *_PAGES, assets, webhooks, health):
        app.include_router(part.router)
    install_error_handlers(app)
    app.add_middleware(BodyLimit, by_path={webhooks.PATH: WEBHOOK_BODY_LIMIT})
    app.add_middleware(SafeHeaders)
    document(app)
    return app
