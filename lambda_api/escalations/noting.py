"""Notes of people, kept with what was said: personal data, apart from the row."""

from msgspec.structs import replace

from lambda_api.escalations import reading
from lambda_api.escalations.models import Escalation
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Words


def with_note(ports: Ports, row: Escalation, note: str) -> Words | None:
    """None when there is nothing to add; safe, since whoever writes words writes the row's next version."""
    if not note:
        return None
    words = reading.words(ports, row.id)
    return replace(words, notes="\n".join(filter(None, (words.notes, note))))
