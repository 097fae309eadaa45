"""We let in nothing that livekit-api would not, and say why we take less."""

from tests.fuzz.comparing import STRICTER, compare


def test_we_differ_from_livekits_own_receiver_only_where_the_table_says_so() -> None:
    found = compare(1, mutations=3000)

    assert not found.wrong
    assert found.both > 300
    assert found.stricter


def test_milliseconds_where_seconds_belong_are_a_time_that_no_calendar_has() -> None:
    fits = STRICTER["a value of another JSON type than LiveKit writes"]

    assert fits({"participant": {"joinedAt": "1795888783000"}})
    assert not fits({"participant": {"joinedAt": "1795888783", "joinedAtMs": "1795888783000"}})


def test_a_list_of_tracks_where_one_belongs_is_another_json_type() -> None:
    fits = STRICTER["a value of another JSON type than LiveKit writes"]

    assert fits({"track": []})
    assert fits({"participant": {"tracks": {}}})
    assert not fits({"track": {"sid": "TR_1"}, "participant": {"tracks": [{"sid": "TR_1"}]}})
