"""The link is looked at by machines, pressed by a hundred, opened by two."""

import asyncio
from collections import Counter

import aiohttp

from local.rehearsal.chaos.act import Act
from local.rehearsal.chaos.faults import cut_after
from local.rehearsal.scenarios.browser import Answer, Browser
from local.rehearsal.scenarios.rows import changes

_REFUSED = 500
_LOOKS, _RACERS, _AT_ONCE = 50, 100, 4
_JSON = {"Accept": "application/json"}


async def scanned(act: Act) -> None:
    """Fifty times in both ways, by clients that look as people's do; it changes nothing."""
    await act.is_asked_for_a_person()
    turn, scanner = asyncio.Semaphore(_AT_ONCE), Browser()

    async def look(number: int) -> int:
        async with turn:
            return await scanner.look(act.maria.link, method=("GET", "HEAD")[number % 2])

    seen = set(await asyncio.gather(*map(look, range(_LOOKS))))
    await scanner.close()
    act.stage.expect(seen == {200}, f"the scanner was answered with {sorted(seen)}")
    row = await act.rows.reaches("notified")
    touched = set(changes(row)) - {"requested", "notified", "told"}
    act.stage.expect(not touched, f"I10: looking at the link changed the escalation: {sorted(touched)}")
    await act.is_taken_over()
    await act.hangs_up()


async def raced(act: Act) -> None:
    """The embedded AWS refuses what is more than it runs at once, as AWS does: those may press again."""
    await act.is_asked_for_a_person()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), headers=_JSON) as racers:
        answers = await asyncio.gather(*(_press(racers, act.maria.link) for _ in range(_RACERS)))
    counts = Counter(answer.status for answer in answers)
    act.stage.figures.append(f"{_RACERS} claims were answered with {dict(sorted(counts.items()))}")
    row = await act.rows.reaches("claimed")
    # A hundred cold starts may outlast a claim: it is released then, and the next one wins.
    claimed = changes(row).count("claimed")
    act.stage.expect(
        counts[200] == claimed, f"I1: {counts[200]} of {_RACERS} claims won, {claimed} are stored"
    )
    others = set(counts) - {200, 409, 429, 503}
    act.stage.expect(not others, f"I1: claims were answered with {sorted(others)}")
    for winner in (answer for answer in answers if answer.body.get("identity") == row["claim"]["identity"]):
        act.maria.takes(winner)
    await act.is_joined(by=act.maria)
    await act.hangs_up()


async def _press(racers: aiohttp.ClientSession, link: str) -> Answer:
    async with racers.post(f"{link}/claim") as answer:
        body = await answer.json() if "json" in answer.content_type else {}
        return Answer(answer.status, body)


async def unanswered(act: Act) -> None:
    """The claim is stored, and its answer never arrives: whoever presses again still has the call."""
    await act.is_asked_for_a_person()
    await act.maria.looks()
    code = act.maria.link.rpartition("/")[2]
    with act.detour.hurt(act.fault("api", cut_after, everywhere=True, path=f"{code}/claim", most=1)):
        lost = await act.maria.presses("claim")
    act.stage.expect(lost.status >= _REFUSED, f"the answer was not lost: {lost.status}")
    await act.maria.claims()
    await act.is_joined(by=act.maria)
    await act.hangs_up()


async def opened_twice(act: Act) -> None:
    """A link that was passed on: the second browser is told who has the call, the first may press again."""
    await act.is_asked_for_a_person()
    await act.maria.claims()
    other = Browser()
    second = await other.press(act.maria.link, "claim")
    await other.close()
    act.stage.expect(second.status == 409, f"I1: the second browser was answered with {second.status}")
    act.stage.expect(act.maria.name in second.detail, "the second browser was not told who has the call")
    await act.maria.claims()
    await act.is_joined(by=act.maria)
    await act.hangs_up()
