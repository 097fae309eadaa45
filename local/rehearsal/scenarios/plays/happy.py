"""Everybody behaves: asked, told, claimed, joined, left alone with a person, completed."""

from local.rehearsal.scenarios.call import Call


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    await call.maria.looks()
    await call.is_taken_over()
    await call.ends()
