"""The desk's plain pages: the button that signs in, and a word to those without JavaScript."""

from html import escape
from typing import Final

from lambda_api.routes.pages.frame import page, paragraph

_NEEDS_SCRIPT: Final = (
    "This page shows calls as they come and needs JavaScript for it. "
    "The links in your messages work without it."
)


def desk_page() -> tuple[str, ...]:
    return ("Desk", paragraph(_NEEDS_SCRIPT))


def sign_in_page(code: str) -> str:
    action = f"/desk/in/{escape(code)}"
    button = '<button type="submit">Sign in</button>'
    return page("Sign in to the desk", f'<form method="post" action="{action}">{button}</form>')
