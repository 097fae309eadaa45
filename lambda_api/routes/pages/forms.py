"""The forms of a link's pages: what a person can press before they have the call, and while they have it."""

from html import escape

from lambda_api.escalations.models import Disposition
from lambda_api.routes.pages.words import disposition_words


def join_form(code: str, words: str) -> str:
    return _form(code, "claim", f'<button type="submit">{escape(words)}</button>')


def eta_form(code: str) -> str:
    return _form(
        code,
        "eta",
        '<button type="submit" class="quiet" name="minutes" value="2">I can be there in 2 minutes</button>',
        '<button type="submit" class="quiet" name="minutes" value="0">I am on my way</button>',
    )


def decline_form(code: str) -> str:
    return _form(code, "decline", '<button type="submit" class="quiet">I cannot take this call</button>')


def hand_back_form(code: str) -> str:
    return _form(
        code,
        "hand-back",
        '<label for="note">A note for the AI (optional)</label>',
        '<textarea id="note" name="note" rows="2" maxlength="500"></textarea>',
        '<button type="submit" class="quiet">Hand back to the AI</button>',
    )


def complete_form(code: str) -> str:
    options = (f'<option value="{one}">{escape(disposition_words(one))}</option>' for one in Disposition)
    return _form(
        code,
        "complete",
        '<label for="disposition">What became of the call?</label>',
        f'<select id="disposition" name="disposition" required>{"".join(options)}</select>',
        '<label for="notes">Notes (optional)</label>',
        '<textarea id="notes" name="notes" rows="3" maxlength="2000"></textarea>',
        '<button type="submit" class="quiet">End the call</button>',
    )


def _form(code: str, action: str, *content: str) -> str:
    return f'<form method="post" action="/j/{escape(code)}/{action}">{"".join(content)}</form>'
