"""We let in nothing that livekit-api would not, and say why we take less."""

from tests.fuzz.comparing import compare


def test_we_differ_from_livekits_own_receiver_only_where_the_table_says_so() -> None:
    found = compare(1, mutations=3000)

    assert not found.wrong
    assert found.both > 300
    assert found.stricter
