"""Chaos: handoffs with real media while a seeded plan breaks things around them, measured and judged.

`catalogue` names the faults, `detour` is where requests are hurt, `plays/` says how a handoff with each goes,
`truth` is LiveKit's own list of the room ten times a second, `judging` holds the promises, `report` tells.
"""
