"""`python -m tests.bench.load.races`: many people press at the same moment, and one of them has the call.

In this process: the real use case and the real store over a table whose writes are conditional, without HTTP
or botocore between them, so that thousands of races fit in minutes; each contender is a thread.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier
from typing import Any, Final

from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.escalations import claiming
from lambda_api.escalations.errors import AlreadyClaimedError
from lambda_api.escalations.models import Entry, Escalation, LinkKind, Reason, Status
from lambda_api.escalations.names import hashed
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change, Link
from tests.bench.load.kept import keep
from tests.bench.load.stand_in.client import InProcess
from tests.bench.load.stand_in.table import MemoryTable
from tests.unit.lambda_api.domain.fakes import World

CONTENDERS: Final = 32
# Often enough for reads and writes of different threads to come between one another.
_SWITCHES_S: Final = 2e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Races:
    count: int
    one_winner: int
    told_whose: int
    overtaken: int


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load.races", description=__doc__)
    parser.add_argument("--races", type=int, default=10_000)
    raced = run(parser.parse_args().races)
    keep(races=asdict(raced))
    print(f"{raced.count:,} races of {CONTENDERS}: {raced.one_winner:,} with one winner")
    return 0 if raced.one_winner == raced.told_whose == raced.count else 1


def run(count: int, *, contenders: int = CONTENDERS) -> Races:
    table = MemoryTable()
    store: Any = DynamoStore(client=InProcess(table), table_name="table")
    with _many_switches(), ThreadPoolExecutor(contenders) as pool:
        raced = [_race(number, store, table, pool, contenders) for number in range(count)]
    return Races(
        count=count,
        one_winner=sum(winners == 1 for winners, _ in raced),
        told_whose=sum(losers == contenders - 1 for _, losers in raced),
        overtaken=table.refused,
    )


def _race(
    number: int, store: Any, table: MemoryTable, pool: ThreadPoolExecutor, contenders: int
) -> tuple[int, int]:
    """How many won, and how many were told who did."""
    table.clear()
    now = datetime.now(UTC)
    codes = [f"{number}-{one}" for one in range(contenders)]
    store.commit(_escalation(number, codes, now))
    world = World(store=store)
    world.clock.now = now
    barrier = Barrier(contenders)
    seats = list(pool.map(partial(_press, world.ports, barrier), codes))
    (row,) = [store.escalation(f"esc_{number}")]
    winners = [identity for identity in seats if identity]
    assert [row.claim.identity] == winners or len(winners) != 1
    return len(winners), sum(identity == "" for identity in seats)


def _press(ports: Ports, barrier: Barrier, code: str) -> str | None:
    """The identity that the call is taken by, or "" for somebody who was told that it is another's."""
    barrier.wait()
    try:
        return claiming.claim(ports, code, f"browser-{code}").identity
    except AlreadyClaimedError:
        return ""


def _escalation(number: int, codes: list[str], now: datetime) -> Change:
    entry = Entry(at=now, actor="admin", change="requested", cause="api")
    row = Escalation(
        id=f"esc_{number}",
        room=f"room-{number}",
        room_sid="",
        status=Status.REQUESTED,
        reason=Reason.CALLER_REQUEST,
        created_at=now,
        caller_identity="caller-1",
        timeline=(entry,),
    )
    links = tuple(_link(row, code, now) for code in codes)
    return Change(escalation=row, expected=None, links=links)


def _link(row: Escalation, code: str, now: datetime) -> Link:
    return Link(
        code_hash=hashed(code),
        kind=LinkKind.CLAIM,
        room=row.room,
        human_agent_id=f"person-{code}",
        name=f"Person {code}",
        valid_until=now + timedelta(minutes=15),
        escalation_id=row.id,
    )


@contextmanager
def _many_switches() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCHES_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


if __name__ == "__main__":
    raise SystemExit(main())
