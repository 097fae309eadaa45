"""Other systems are offered each change: signed, with the same words at every try, in the end no more."""

import hashlib
import hmac
import json
import logging
import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import callbacks, delivering, hooks, leaving, looking
from lambda_api.escalations.errors import (
    BadHookUrlError,
    TooManyHooksError,
    UnavailableError,
    UnknownHookError,
)
from lambda_api.escalations.models import Escalation, Reason
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.ports import NoHooks
from lambda_api.escalations.records import Hook, Wish
from tests.unit.lambda_api.domain.fakes import World

URL = "https://desk.example/hooks?x=1"


@pytest.fixture
def hook(world: World) -> Hook:
    return hooks.put(world.ports, "desk", url=URL).hook


def ask(world: World) -> Escalation:
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    return open_escalation(world.ports, request, key_name="w", idempotency_key="k").escalation


def look(world: World, row: Escalation, *, after: float = 1) -> None:
    world.clock.advance(after)
    looking.look(world.ports, row.id, chain=False)


def test_each_change_is_offered_once_by_a_look(world: World, hook: Hook) -> None:
    row = ask(world)
    assert (row.id, 1, False) in world.timers.queued
    assert not world.hooks.posts

    look(world, row)
    look(world, row)

    bodies = [json.loads(body) for _, body, _ in world.hooks.posts]
    assert sorted(one["type"] for one in bodies) == ["escalation.notified", "escalation.requested"]
    assert len({one["id"] for one in bodies}) == 2
    assert {url for url, _, _ in world.hooks.posts} == {hook.url}
    assert not world.store.items


def test_the_signature_is_over_the_time_and_the_body(world: World, hook: Hook) -> None:
    look(world, ask(world))

    _, body, headers = world.hooks.posts[0]
    at = int(world.clock().timestamp())
    expected = hmac.new(hook.secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers == {
        "Content-Type": "application/json",
        "Handoff-Signature": f"t={at},v1={expected}",
    }


def test_no_personal_data_is_offered(world: World, hook: Hook, opened: Escalation) -> None:
    callbacks.ask(world.ports, opened.id, Wish(name="Ada", phone="+15005550177", when="at six"), actor="w")
    look(world, opened)

    said = b"".join(body for _, body, _ in world.hooks.posts)
    assert b"callback_asked" in said
    assert not [secret for secret in (b"Ada", b"0177", b"at six", b"caller-1") if secret in said]
    del hook


def test_only_the_wished_events_are_offered(world: World) -> None:
    hooks.put(world.ports, "desk", url=URL, events=("escalation.cancelled",))
    row = ask(world)
    assert not [item for item in world.store.items.values() if item.hook_id]

    leaving.cancel(world.ports, row.id, cause="caller_changed_mind", actor="worker")
    look(world, row)

    [(_, body, _)] = world.hooks.posts
    assert json.loads(body)["escalation"]["claim"] is None
    assert json.loads(body)["escalation"]["status"] == "cancelled"


def test_what_was_not_taken_is_offered_again_with_the_same_words(world: World, hook: Hook) -> None:
    row = ask(world)
    before = {item.id: item.body for item in world.store.items.values()}
    world.hooks.down = True
    look(world, row)
    world.hooks.down = False
    look(world, row, after=5)
    assert not world.hooks.posts

    world.clock.advance(5)
    looking.sweep(world.ports)

    assert sorted(body.decode() for _, body, _ in world.hooks.posts) == sorted(before.values())
    del hook


def test_it_is_given_up_after_eight_tries(world: World, hook: Hook, caplog: pytest.LogCaptureFixture) -> None:
    row = ask(world)
    leaving.cancel(world.ports, row.id, cause="operator", actor="admin")
    world.hooks.down = True

    with caplog.at_level(logging.ERROR):
        for _ in range(9):
            world.clock.advance(3600)
            looking.sweep(world.ports)

    assert not world.store.items
    errors = {record.message for record in caplog.records if record.name == delivering.__name__}
    assert errors == {"a webhook was given up"}
    about = [vars(one) for one in caplog.records if one.name == delivering.__name__]
    assert {(one["hook_id"], one["escalation_id"]) for one in about} == {("desk", row.id)}
    del hook


def test_a_slow_system_does_not_hold_up_the_people(world: World, hook: Hook) -> None:
    world.hooks.down = True
    row = ask(world)

    look(world, row, after=45)

    assert len(world.notifier.texts) == 2
    del hook


def test_a_deleted_hook_is_offered_nothing_more(world: World, hook: Hook) -> None:
    row = ask(world)
    hooks.delete(world.ports, hook.id)
    hooks.delete(world.ports, hook.id)

    look(world, row)

    assert not world.hooks.posts
    assert not world.store.items


def test_a_hook_keeps_its_secret_and_shows_it_once(world: World, hook: Hook) -> None:
    again = hooks.put(world.ports, "desk", url="https://desk.example/other")

    assert (again.created, again.hook.secret) == (False, hook.secret)
    assert hooks.list_(world.ports) == (again.hook,)
    assert hooks.get(world.ports, "desk") == again.hook
    assert len(hook.secret) > 43
    with pytest.raises(UnknownHookError):
        hooks.get(world.ports, "nobody")


def test_only_so_many_may_be_set(world: World) -> None:
    for number in range(5):
        hooks.put(world.ports, f"h{number}", url=URL)

    with pytest.raises(TooManyHooksError):
        hooks.put(world.ports, "one more", url=URL)
    hooks.put(world.ports, "h0", url="https://desk.example/new")


@pytest.mark.parametrize(
    "url",
    [
        "http://desk.example/",
        "http://127.0.0.1:8080/",
        "ftp://desk.example/",
        "https:///path",
        "https://user:pw@desk.example/",
        "https://desk.example/#part",
        "https://desk.example:99999/",
        "https://desk.example:0/",
        "https://desk.example/a b",
        "https://desk.exämple/",
        "https://[bad/",
    ],
)
def test_an_address_that_is_not_plain_https_is_refused(world: World, url: str) -> None:
    with pytest.raises(BadHookUrlError):
        hooks.put(world.ports, "desk", url=url)


def test_a_laptop_may_call_itself_without_tls(world: World) -> None:
    world.policy = replace(Policy(), loopback_hooks=True)

    assert hooks.put(world.ports, "desk", url="http://127.0.0.1:8080/").created
    with pytest.raises(BadHookUrlError):
        hooks.put(world.ports, "far", url="http://desk.example/")


def test_without_a_way_out_nothing_is_taken() -> None:
    with pytest.raises(UnavailableError) as refused:
        NoHooks().post(URL, body=b"", headers={})
    assert refused.value.part == "webhook"


def test_each_pause_is_twice_the_one_before(world: World) -> None:
    hooks.put(world.ports, "desk", url=URL, events=("escalation.requested",))
    row, pauses = ask(world), []
    world.hooks.down = True

    for _ in range(4):
        [item] = world.store.items.values()
        world.clock.now = item.not_before
        looking.look(world.ports, row.id, chain=False)
        pauses.append(world.store.items[item.id].not_before - world.clock())

    assert pauses == [timedelta(seconds=seconds) for seconds in (10, 20, 40, 80)]


def test_a_hook_is_stored_as_it_was_set_and_keeps_the_day_it_was_made(world: World, hook: Hook) -> None:
    assert hook == Hook(id="desk", url=URL, secret=hook.secret, created_at=world.clock())
    assert re.fullmatch(r"whsec_[\w-]{43}", hook.secret)
    world.clock.advance(60)

    again = hooks.put(world.ports, "desk", url=f"{URL}&y=2", events=("escalation.completed",)).hook

    assert again == replace(hook, url=f"{URL}&y=2", events=("escalation.completed",))
