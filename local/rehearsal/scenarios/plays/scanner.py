"""A scanner opens the link fifty times before Maria does: it burns nothing, her claim still works."""

import asyncio

from local.rehearsal.scenarios.browser import Browser
from local.rehearsal.scenarios.call import Call
from local.rehearsal.scenarios.rows import changes

_GETS, _HEADS, _AT_ONCE = 50, 10, 4


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    seen = await _scan(call.maria.link)
    after = await call.rows.reaches("notified")
    call.stage.expect(seen == {200}, f"the scanner was answered with {sorted(seen)}")
    # While it looks, the next tier may be told; what a link can change is a claim.
    touched = set(changes(after)) - {"requested", "notified", "told"}
    call.stage.expect(not touched, f"looking at the link changed the escalation: {sorted(touched)}")
    call.stage.expect(after["claim"] is None, "looking at the link claimed the call")
    call.stage.figures.append(f"{_GETS} GETs, {_HEADS} HEADs and a preview changed nothing")
    await call.is_taken_over()
    await call.ends()


async def _scan(link: str) -> set[int]:
    scanner, preview, turn = Browser(), Browser(), asyncio.Semaphore(_AT_ONCE)

    async def look(method: str) -> int:
        async with turn:
            return await scanner.look(link, method=method)

    found = await asyncio.gather(*map(look, ["GET"] * _GETS + ["HEAD"] * _HEADS), preview.load(link))
    await asyncio.gather(scanner.close(), preview.close())
    return set(found)
