import json

from local.rehearsal.scenarios.chronicle import Chronicle


def test_steps_are_written_in_their_order_and_from_the_callers_joining_on() -> None:
    told: list[str] = []
    chronicle = Chronicle(tell=told.append)
    chronicle.note("caller_joined", actor="caller", at=100.0)
    chronicle.note("claim", actor="human", at=103.0, note="Maria: 200")
    chronicle.note("row_claimed", actor="api", at=102.5)

    assert json.loads(chronicle.as_json()) == [
        {"step": "caller_joined", "at_ms": 0, "actor": "caller"},
        {"step": "row_claimed", "at_ms": 2500, "actor": "api"},
        {"step": "claim", "at_ms": 3000, "actor": "human"},
    ]
    assert told[1].strip() == "3.00 s  claim (Maria: 200)"


def test_a_step_that_happens_twice_is_kept_twice_and_looked_up_by_its_last() -> None:
    chronicle = Chronicle(tell=lambda _line: None)
    chronicle.note("sms_sent", actor="human", at=1.0)
    chronicle.note("sms_sent", actor="human", at=2.0)

    assert chronicle.at("sms_sent") == 2.0
    assert chronicle.at("claim") is None
    assert len(json.loads(chronicle.as_json())) == 2
