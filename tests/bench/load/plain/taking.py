"""The plain app's claim, webhooks and end of a call."""

import logging
import secrets
from typing import Any

from fastapi import HTTPException

from tests.bench.load.plain.rows import NEW, change, entry, get, key, put, row_of
from tests.bench.load.plain.schemas import CompleteIn, Row
from tests.bench.load.plain.surroundings import hashed, look_later, now, nudge, people_in, table

log = logging.getLogger(__name__)


def link_of(code: str) -> Row:
    link = get("LINK", hashed(code), "LINK")
    if link is None:
        raise HTTPException(404, "There is no such link.")
    return link


def claim(link: Row, browser: str) -> Row:
    identity = f"human-agent-{link['person']}-{secrets.token_hex(4)}"

    def taken(row: Row) -> list[Row] | None:
        if row.get("ended_at"):
            raise HTTPException(410, "The call is over.")
        if row.get("claim"):
            raise HTTPException(409, f"{row['claim']['name']} has taken the call.")
        if link["until"] <= now().isoformat():
            raise HTTPException(410, "The link is no longer good.")
        at, who = now().isoformat(), f"human_agent:{link['person']}"
        row["claim"] = {
            "identity": identity,
            "name": link["name"],
            "person": link["person"],
            "browser": hashed(browser),
            "claimed_at": at,
        }
        row["status"] = "claimed"
        row["timeline"].append(entry(who, "claimed", "link"))
        return []

    row, _ = change(row_of(str(link["escalation_id"])), taken)
    nudge(row["room"], {"type": "claimed", "escalation_id": row["id"], "identity": identity})
    look_later(row["id"], 60)
    log.info("an escalation was claimed %s", row["id"])
    return row


def apply(event: Any) -> None:
    """The human of the claim is there, or can be heard; whatever else comes is not for us."""
    kinds = {"participant_joined": _there, "track_published": _heard}
    if event.event not in kinds:
        return
    row = _claimed_by(event)
    if row is None:
        return
    decide, seconds = kinds[event.event], {"participant_joined": 1, "track_published": 3}
    saved, changed = change(row, lambda fresh: decide(fresh, event))
    if changed:
        kind = {"participant_joined": "human_there", "track_published": "human_heard"}[event.event]
        nudge(
            saved["room"],
            {"type": kind, "escalation_id": saved["id"], "identity": event.participant.identity},
        )
        look_later(saved["id"], seconds[event.event])
    log.info("a webhook was taken %s", event.id)


def _claimed_by(event: Any) -> Row | None:
    pointer = get("ROOM", event.room.name, "OPEN")
    row = get("ESC", str(pointer["escalation_id"]), "META") if pointer else None
    held = row and not row.get("ended_at") and row.get("claim", {}).get("identity")
    return row if held == event.participant.identity else None


def _there(row: Row, event: Any) -> list[Row] | None:
    held = row["claim"]
    if held.get("sid") == event.participant.sid:
        return None
    held["sid"], held["there_at"] = event.participant.sid, now().isoformat()
    row["timeline"].append(entry(f"human_agent:{held['person']}", "human_there", "webhook"))
    return [_once(event)]


def _heard(row: Row, event: Any) -> list[Row] | None:
    if row["status"] != "claimed" or event.track.muted:
        return None
    held = row["claim"]
    held["heard_at"] = now().isoformat()
    row["status"] = "connected"
    row["timeline"].append(entry(f"human_agent:{held['person']}", "connected", "webhook", "human_heard"))
    return [_once(event)]


def _once(event: Any) -> Row:
    return put({**key("EVENT", event.id, "EVENT"), "expires_at": int(now().timestamp()) + 86_400}, **NEW)


def complete(link: Row, browser: str, body: CompleteIn) -> Row:
    def completed(row: Row) -> list[Row] | None:
        if row["status"] != "connected" or row["claim"]["browser"] != hashed(browser):
            raise HTTPException(409, "The call is not yours.")
        row["status"], row["disposition"] = "completed", body.disposition
        row["ended_at"], row["end_reason"] = now().isoformat(), "human_completed"
        row["timeline"].append(entry(f"human_agent:{link['person']}", "completed", "link"))
        return [_watch(row)]

    row, _ = change(row_of(str(link["escalation_id"])), completed)
    if row["caller_identity"] in people_in(row["room"]):
        look_later(row["id"], 3)
    else:
        table.delete_item(Key=_watched(row))
    return row


def _watch(row: Row) -> Row:
    """Until somebody has seen that the caller is not left alone."""
    return put({**_watched(row), "until": row["ended_at"], "expires_at": int(now().timestamp()) + 86_400})


def _watched(row: Row) -> Row:
    return {"pk": "WATCH", "sk": row["room"]}
