"""The pages a person meets behind a link: look, press Join, go in, or learn why not."""

from datetime import datetime
from html import escape

from lambda_api.adapters.tokens import JoinToken
from lambda_api.errors.problems import Problem
from lambda_api.escalations.claiming import Seat, View
from lambda_api.routes.pages.frame import facts, page, paragraph
from lambda_api.routes.pages.words import clock_words, reason_words, waiting_words


def join_page(view: View, *, code: str, now: datetime) -> str:
    rows = {
        "Reason": reason_words(view.reason),
        "Team": view.team or "",
        "Language": view.language or "",
        "Waiting": waiting_words(view.waiting_since, now),
    }
    if view.taken_by:
        return page("This call is taken", _taken(view), facts(rows), _button(code, "It was me: join again"))
    title = "A caller is waiting" if view.escalation_id else "Join the call"
    return page(title, facts(rows), _button(code, "Join the call"))


def claimed_page(seat: Seat, join: JoinToken) -> str:
    link = f'<a class="button" rel="noreferrer" href="{escape(join.meet_url)}">Open LiveKit Meet</a>'
    hint = "Your browser will ask for the microphone. This button works for one minute."
    return page(f"{seat.name}, the call is yours", paragraph(hint), link)


def problem_page(problem: Problem) -> str:
    titles = {404: "This link is not known", 409: "This call is taken", 410: "This call is over"}
    return page(titles.get(problem.status, "That did not work"), paragraph(problem.detail))


def _taken(view: View) -> str:
    since = f" at {clock_words(view.taken_at)}" if view.taken_at else ""
    return paragraph(f"{view.taken_by} took this call{since}.")


def _button(code: str, words: str) -> str:
    action = f"/j/{escape(code)}/claim"
    return f'<form method="post" action="{action}"><button type="submit">{escape(words)}</button></form>'
