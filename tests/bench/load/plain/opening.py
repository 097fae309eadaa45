"""The plain app opens an escalation: one transaction, then the person on duty is texted."""

import json
import logging
import secrets
from datetime import timedelta

from fastapi import HTTPException

from tests.bench.load.plain.codes import code_of
from tests.bench.load.plain.rows import (
    NEW,
    change,
    delete,
    entry,
    get,
    hooks_of,
    key,
    partition,
    person_of,
    put,
    take_sms,
    write,
)
from tests.bench.load.plain.schemas import EscalationIn, Row
from tests.bench.load.plain.surroundings import (
    LINK_KEY,
    PUBLIC_URL,
    SMS_AN_HOUR,
    hashed,
    look_later,
    now,
    text_to,
)

log = logging.getLogger(__name__)
_REASONS = {"caller_request": "asks for a person", "frustration": "is upset"}


def open_escalation(asked: EscalationIn, idempotency_key: str) -> tuple[Row, bool]:
    digest = hashed(json.dumps(asked.model_dump(mode="json"), sort_keys=True))
    known = get("IDEM", hashed(idempotency_key), "IDEM")
    if known:
        return _same_answer(known, digest), False
    pointer = get("ROOM", asked.room, "OPEN")
    if pointer and (row := get("ESC", str(pointer["escalation_id"]), "META")) and not row.get("ended_at"):
        return row, False
    people = [one for one in partition("HUMAN") if one["phone"]]
    if not people:
        raise HTTPException(409, "Nobody is on duty.")
    row = _new(asked)
    if not _stored(row, asked, people, idempotency_key=idempotency_key, digest=digest):
        raise HTTPException(409, "Somebody else is opening it.")
    log.info("an escalation was opened %s", row["id"])
    return _told(row, people), True


def _same_answer(known: Row, digest: str) -> Row:
    if known["body_hash"] != digest:
        raise HTTPException(422, "The key was used for another body.")
    row = get("ESC", str(known["escalation_id"]), "META")
    if row is None:
        raise HTTPException(404, "There is no such escalation.")
    return row


def _new(asked: EscalationIn) -> Row:
    told = asked.model_dump(exclude={"summary", "transcript"}, exclude_none=True)
    new_id = f"esc_{secrets.token_hex(13)}"
    created = now().isoformat()
    first = entry("admin", "requested", "api", asked.reason)
    stored = {"id": new_id, "status": "requested", "created_at": created, "version": 1, "timeline": [first]}
    index = {"status_key": "requested", "list_key": "ESC"}
    return {**key("ESC", new_id, "META"), **told, **stored, **index, "claims": 0}


def _stored(row: Row, asked: EscalationIn, people: list[Row], *, idempotency_key: str, digest: str) -> bool:
    look_later(row["id"], 5)
    at = now()
    month, day = int((at + timedelta(days=30)).timestamp()), int((at + timedelta(days=1)).timestamp())
    words = json.dumps(
        {"summary": asked.summary, "transcript": [one.model_dump() for one in asked.transcript]}
    )
    known = {"escalation_id": row["id"], "body_hash": digest, "expires_at": day}
    actions = [
        put(row, **NEW),
        put({**key("ROOM", row["room"], "OPEN"), "escalation_id": row["id"], "expires_at": month}),
        put({**key("IDEM", hashed(idempotency_key), "IDEM"), **known}, **NEW),
        put({**key("ESC", row["id"], "WORDS"), "words": words, "expires_at": month}),
    ]
    for person in people:
        until = (at + timedelta(minutes=15)).isoformat()
        link = {"escalation_id": row["id"], "person": person["sk"], "name": person["name"], "until": until}
        code = hashed(code_of(LINK_KEY, row["id"], person["sk"]))
        actions.append(put({**key("LINK", code, "LINK"), **link, "expires_at": day}))
        actions.append(put({**key("OUTBOX", row["id"], person["sk"]), "kind": "wanted"}))
    return write([*actions, *hooks_of(row)])


def _told(row: Row, people: list[Row]) -> Row:
    sent = [person for person in people if _texted(row, str(person["sk"]))]

    def notified(fresh: Row) -> list[Row] | None:
        if fresh["status"] != "requested":
            return None
        fresh["status"] = "notified"
        fresh["timeline"].append(entry("notifier", "notified", "published"))
        return [delete(key("OUTBOX", row["id"], str(person["sk"]))) for person in sent]

    return change(row, notified)[0] if sent else row


def _texted(row: Row, person_id: str) -> bool:
    # They may have been deleted since.
    person = person_of(person_id)
    if person is None or not take_sms(SMS_AN_HOUR):
        return False
    link = f"{PUBLIC_URL}/j/{code_of(LINK_KEY, row['id'], person_id)}"
    wants = _REASONS.get(row["reason"], "needs a person")
    text_to(str(person["phone"]), f"A caller {wants} (waiting 0 s). Join: {link}")
    return True
