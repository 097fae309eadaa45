"""The pages a person meets behind a link: look, press Join, go in, or learn why not."""

from datetime import datetime
from html import escape

from lambda_api.adapters.tokens import JoinToken
from lambda_api.errors.problems import Problem
from lambda_api.escalations.claiming import Seat, View
from lambda_api.escalations.models import LinkKind, Role
from lambda_api.routes.pages.forms import complete_form, decline_form, eta_form, hand_back_form, join_form
from lambda_api.routes.pages.frame import facts, page, paragraph, section
from lambda_api.routes.pages.words import clock_words, eta_words, reason_words, waiting_words

_REFUSALS = {
    "AlreadyClaimedError": "This call is taken",
    "NotConnectedError": "Nobody hears you yet",
    "SignInRefusedError": "This link does not sign you in",
}
_GONE = {404: "This link is not known", 410: "This call is over"}


def join_page(view: View, *, code: str, now: datetime) -> tuple[str, ...]:
    """The title and what stands below it."""
    known = facts(_rows(view, now))
    if view.ended:
        return (_GONE[410], paragraph(view.ended.words))
    if view.yours:
        return ("You have this call", known, join_form(code, "Join again"), _ending(view, code))
    if view.taken_by:
        return ("This call is taken", _taken(view), known, join_form(code, "It was me: join again"))
    title = "A caller is waiting" if view.escalation_id else "Join the call"
    return (title, known, join_form(code, "Join the call"), _answers(view, code))


def claimed_page(seat: Seat, join: JoinToken, *, code: str) -> str:
    href = escape(join.meet_url)
    link = f'<a class="button" rel="noreferrer" target="_blank" href="{href}">Open LiveKit Meet</a>'
    hint = (
        "LiveKit Meet opens in a new tab and asks for the microphone; this page stays here for later. "
        "The button works for one minute."
    )
    return page(f"{seat.name}, the call is yours", paragraph(hint), link, _ending(seat, code))


def problem_page(problem: Problem, *, code: str | None) -> str:
    """With the way back, where there is still something at its end."""
    title = _REFUSALS.get(problem.error) or _GONE.get(problem.status, "That did not work")
    back = ""
    if code and problem.status not in _GONE:
        back = f'<p><a href="/j/{escape(code)}">Back to the call</a></p>'
    return page(title, paragraph(problem.detail), back)


def _rows(view: View, now: datetime) -> dict[str, str]:
    return {
        "Reason": reason_words(view.reason),
        "Team": view.team or "",
        "Language": view.language or "",
        "Waiting": waiting_words(view.waiting_since, now),
        "On the way": eta_words(view.eta) if view.eta and not view.taken_by else "",
    }


def _taken(view: View) -> str:
    since = f" at {clock_words(view.taken_at)}" if view.taken_at else ""
    return paragraph(f"{view.taken_by} took this call{since}.")


def _answers(view: View, code: str) -> str:
    """Only who was told has something to answer to."""
    if view.kind is not LinkKind.CLAIM:
        return ""
    last = paragraph("You said that you cannot take it.") if view.declined else decline_form(code)
    return section("Not right now?", eta_form(code), last)


def _ending(place: View | Seat, code: str) -> str:
    """Whether they may do it is decided when they press."""
    if place.role is not Role.HUMAN_AGENT or place.escalation_id is None:
        return ""
    ending = section("When you are done", complete_form(code))
    return ending + section("Or let the AI go on", hand_back_form(code))
