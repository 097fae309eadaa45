"""Processes go on beside one another, whoever began them."""

from tests.simulation.hub import Answer, Hub, VirtualClock


def test_what_an_answer_begins_may_be_slow_more_than_once() -> None:
    hub = Hub(VirtualClock())

    def slow_twice() -> None:
        hub.pause(1)
        hub.pause(2)

    def go_on(_: Answer) -> None:
        hub.spawn("second", slow_twice, limit=10)

    hub.spawn("first", lambda: None, limit=10, then=go_on)
    hub.run(until=60)

    assert [(one.process.name, one.ended) for one in hub.answers] == [("first", 0), ("second", 3)]


def test_a_process_that_is_slower_than_its_limit_is_ended_there() -> None:
    hub = Hub(VirtualClock())

    hub.spawn("slow", lambda: hub.pause(60), limit=10)
    hub.run(until=60)

    assert [(one.died, one.ended) for one in hub.answers] == [(True, 10)]
