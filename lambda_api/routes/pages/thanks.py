"""The pages after something was said: each confirms it, and offers what can still be done."""

from lambda_api.escalations import ending
from lambda_api.escalations.models import Disposition, Escalation
from lambda_api.routes.pages.forms import decline_form, join_form
from lambda_api.routes.pages.frame import page, paragraph
from lambda_api.routes.pages.words import disposition_words, eta_words


def eta_page(row: Escalation, *, code: str) -> str:
    said = f"The caller hears: {eta_words(row.eta)}." if row.eta else "Nobody is waited for any more."
    return page("Thank you", paragraph(said), join_form(code, "Join the call"), decline_form(code))


def declined_page(row: Escalation, *, code: str) -> str:
    if not row.is_open:
        return page("Thank you", paragraph(ending.words(row)))
    said = "You are not waited for. Should you find the time after all, the call may still be here."
    return page("Thank you", paragraph(said), join_form(code, "Join the call"))


def handed_back_page() -> str:
    return page("The AI takes over", paragraph("You leave the call as soon as the AI is there."))


def completed_page(row: Escalation) -> str:
    became = disposition_words(row.disposition or Disposition.OTHER)
    return page("Thank you", paragraph(f"Noted: {became}. You may leave LiveKit Meet now."))
