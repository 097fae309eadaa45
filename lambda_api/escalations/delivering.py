"""Handing changes to other systems, at least once, signed, again with growing pauses, and in the end not."""

import hashlib
import hmac
import logging
from datetime import timedelta
from functools import partial
from typing import Final

from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Hook, ItemKind, OutboxItem

logger = logging.getLogger(__name__)

FIRST_PAUSE_S: Final = 10  # doubled after each try


def deliver_due(ports: Ports, items: tuple[OutboxItem, ...]) -> None:
    if not items:
        return
    now = ports.clock()
    due = [one for one in items if one.kind is ItemKind.HOOK and one.not_before <= now]
    mine = [one for one in due if ports.store.lease(one, until=now + _pause(one))]
    if not mine:
        return
    known = {one.id: one for one in ports.store.hooks()}
    done = ports.together(partial(_is_done, ports, known), mine)
    ports.store.discard(tuple(item.id for item, ok in zip(mine, done, strict=True) if ok))


def signature(secret: str, *, at: int, body: str) -> str:
    digest = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def _pause(item: OutboxItem) -> timedelta:
    return timedelta(seconds=FIRST_PAUSE_S * 2**item.attempts)


def _is_done(ports: Ports, known: dict[str, Hook], item: OutboxItem) -> bool:
    hook = known.get(item.hook_id)
    facts = {"hook_id": item.hook_id, "escalation_id": item.escalation_id}
    if hook is None:
        return True
    if item.attempts >= ports.policy.sends:
        logger.error("a webhook was given up", extra=facts)
        return True
    try:
        _post(ports, hook, item)
    except UnavailableError:
        logger.warning("a webhook was not taken and will be offered again", extra=facts)
        return False
    return True


def _post(ports: Ports, hook: Hook, item: OutboxItem) -> None:
    signed = signature(hook.secret, at=int(ports.clock().timestamp()), body=item.body)
    headers = {"Content-Type": "application/json", "Handoff-Signature": signed}
    ports.hooks.post(hook.url, body=item.body.encode(), headers=headers)
