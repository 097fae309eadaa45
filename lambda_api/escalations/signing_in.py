"""Signing in at the desk: a link of one use by the person's own channel, and nobody learns who is known."""

import logging
from datetime import datetime, timedelta
from typing import Final

from lambda_api.escalations import effects, message, sending
from lambda_api.escalations.desk_records import SignInCode, SignIns
from lambda_api.escalations.errors import ConflictError
from lambda_api.escalations.models import Delivery, HumanAgent
from lambda_api.escalations.names import hashed, of_desk
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import ItemKind, OutboxItem

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=30)
_DESK: Final = "desk"
_EMAIL, _SMS = "email", "sms"


def ask(ports: Ports, who: str) -> None:
    """`who` is a phone, an e-mail address or an id; the same is done for one whom nobody knows."""
    person = _known(ports.store.people(), who)
    key = person.id if person else f"?{hashed(who)}"
    look = of_desk(key)
    for _ in range(ports.policy.attempts):
        try:
            taken = _take(ports, key, person, channel=_channel(who))
        except ConflictError:
            continue
        if taken:
            effects.attempt(lambda: ports.timers.look_later(look, delay_s=0, chain=False), None, "sign_in")
        return


def deliver(ports: Ports, human_agent_id: str) -> None:
    """Send what waits for this person, unless it has waited for longer than it is good for."""
    now = ports.clock()
    for item in ports.store.outbox(of_desk(human_agent_id)):
        mine = item.not_before <= now and ports.store.lease(item, until=now + LEASE)
        if mine and _is_done(ports, item, now):
            ports.store.discard((item.id,))


def _take(ports: Ports, key: str, person: HumanAgent | None, *, channel: str) -> bool:
    before, now = ports.store.sign_ins(key), ports.clock()
    window = timedelta(seconds=ports.policy.sign_in_seconds)
    lately = tuple(at for at in before.times if at > now - window) if before else ()
    if len(lately) >= ports.policy.sign_ins:
        logger.warning("somebody asks to sign in more often than they may")
        return False
    number = int(now.timestamp() * 1000)
    code = SignInCode(
        code_hash=hashed(ports.codes.derive(_DESK, key, number)), human_agent_id=key, valid_until=now + window
    )
    outbox = (_item(person.id, channel, number, now),) if person else ()
    asked = SignIns(who=key, times=(*lately, now))
    ports.store.ask_sign_in(asked, before=before, code=code, outbox=outbox)
    return True


def _item(human_agent_id: str, channel: str, number: int, at: datetime) -> OutboxItem:
    return OutboxItem(
        id=f"{of_desk(human_agent_id)}:{number}",
        escalation_id=of_desk(human_agent_id),
        human_agent_id=human_agent_id,
        round=number,
        kind=ItemKind.SIGN_IN,
        not_before=at,
        channel=channel,
    )


def _known(people: tuple[HumanAgent, ...], who: str) -> HumanAgent | None:
    """By id before by channel, which two may share."""
    found = [one for one in people if who in (one.id, one.phone) or _is_address(who, one.email)]
    return min(found, key=lambda one: (one.id != who, one.id), default=None)


def _is_address(who: str, email: str | None) -> bool:
    return email is not None and who.casefold() == email.casefold()


def _channel(who: str) -> str:
    """The one that was named; by an id, whichever there is."""
    return _EMAIL if "@" in who else _SMS if who.startswith("+") else ""


def _is_done(ports: Ports, item: OutboxItem, now: datetime) -> bool:
    person = ports.store.person(item.human_agent_id)
    if person is None or item.round < (now.timestamp() - ports.policy.sign_in_seconds) * 1000:
        return True
    if item.attempts >= ports.policy.sends:
        logger.error("a sign-in link was given up", extra={"human_agent_id": person.id})
        return True
    url = ports.policy.desk_link(ports.codes.derive(_DESK, person.id, item.round))
    return _send(ports, person, item.channel, message.sign_in(url))


def _send(ports: Ports, person: HumanAgent, channel: str, said: sending.Message) -> bool:
    if channel == _EMAIL or not person.phone:
        return sending.by_email(ports, None, person, said) is Delivery.SENT
    return sending.by_sms(ports, None, person, said) is Delivery.SENT
