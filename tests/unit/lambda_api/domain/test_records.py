"""Records are changed by `replace` alone, which mypy and the run hold to the fields that there are."""

import pytest
from msgspec.structs import replace

from lambda_api.escalations.records import Words


def test_a_field_that_a_record_does_not_have_cannot_be_changed() -> None:
    with pytest.raises(TypeError, match="sumary"):
        # Were it not for our plugin, mypy would find nothing to ignore here, and say so.
        replace(Words(), sumary="x")  # type: ignore[call-arg]


def test_a_record_stays_as_it_is() -> None:
    words = Words()

    with pytest.raises(AttributeError):
        words.summary = "x"  # type: ignore[misc]

    assert words == Words()
