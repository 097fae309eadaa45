"""Only audio that can be understood is accepted."""

import pytest
from aiohttp import web

from local.speech.listening import ListenOptions


def test_the_plugins_query_is_understood() -> None:
    query = {"encoding": "linear16", "sample_rate": "24000", "channels": "1", "interim_results": "true"}

    assert ListenOptions.read(query) == ListenOptions(rate=24_000, channels=1, interim=True)


def test_nothing_said_means_16_khz_mono_without_interim_results() -> None:
    assert ListenOptions.read({}) == ListenOptions(rate=16_000, channels=1, interim=False)


@pytest.mark.parametrize(
    "query",
    [
        {"encoding": "opus"},
        {"sample_rate": "fast"},
        {"sample_rate": "0"},
        {"sample_rate": "96000"},
        {"channels": "0"},
        {"channels": "6"},
    ],
)
def test_anything_else_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(web.HTTPBadRequest):
        ListenOptions.read(query)
