from typing import Any, cast

from local.stack.livekit_server import EVENTS, configuration, fresh


def configured() -> dict[str, Any]:
    live = fresh(7880)
    return configuration(live, port=7880, media_port=7882, webhook_url="http://127.0.0.1:1/webhooks/livekit")


def test_every_start_has_keys_of_its_own_and_a_long_secret() -> None:
    one, other = fresh(7880), fresh(7880)

    assert one.api_key != other.api_key
    assert one.api_secret != other.api_secret
    assert len(one.api_secret) >= 32


def test_nothing_of_it_listens_outside_loopback() -> None:
    config = configured()
    rtc = cast("dict[str, Any]", config["rtc"])

    assert config["bind_addresses"] == ["127.0.0.1"]
    assert rtc["ips"] == {"includes": ["127.0.0.0/8"]}
    assert rtc["node_ip"] == "127.0.0.1"
    # livekit-server binds its TCP media listener to every address and knows no setting for it.
    assert rtc["tcp_port"] == 0


def test_only_the_events_that_mean_something_are_sent() -> None:
    webhook = configured()["webhook"]

    assert webhook["filter_params"]["include_events"] == list(EVENTS)
    assert "track_unpublished" not in EVENTS
    assert webhook["urls"] == ["http://127.0.0.1:1/webhooks/livekit"]
