"""The endpoint that the client's tests ask."""

from collections.abc import Iterator

import pytest

from tests.unit.lambda_api.aws.endpoint import Endpoint


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint().served() as endpoint:
        yield endpoint
