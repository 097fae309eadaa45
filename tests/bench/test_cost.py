"""What is told of costs is what was computed, from one handover that is really played."""

from tests.bench.cost import table
from tests.bench.cost.bill import Assumed, bill, memory_mb, used
from tests.bench.cost.handover import handed_over
from tests.bench.cost.metered import MeteredTable, size


def test_the_operators_read_what_was_computed() -> None:
    assert table.shown() == table.tables(), "make bench-cost"


def test_one_handover_is_played_to_its_end() -> None:
    one = used()

    assert one.texts == 2
    assert one.doors["complete"] == one.doors["claim"] == one.doors["open"] == 1
    assert one.messages >= one.doors["timers"] > 10


def test_whoever_is_asked_for_longer_costs_more() -> None:
    short, long = (handed_over(until_claimed=30, with_a_person=s, people=1) for s in (60, 600))

    assert long.doors["timers"] > short.doors["timers"] + 30
    assert [line.dollars for line in bill(long, Assumed.read())][1] > bill(short, Assumed.read())[1].dollars


def test_units_are_counted_as_they_are_billed() -> None:
    metered = MeteredTable()
    key = {"pk": {"S": "ROOM#r"}, "sk": {"S": "OPEN"}}
    big = {**key, "text": {"S": "x" * 1500}}

    metered.put_item({"Item": big})
    metered.transact_write_items({"TransactItems": [{"Put": {"TableName": "table", "Item": big}}]})
    metered.get_item({"Key": key})

    assert size(big) == 1518
    assert (metered.writes, metered.reads) == (2 + 4, 1)


def test_the_stack_says_how_much_memory_a_function_has() -> None:
    assert memory_mb() >= 128
