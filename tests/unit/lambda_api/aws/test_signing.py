"""Every signature is the one that AWS's own SDK would have made."""

from datetime import UTC, datetime

import botocore.auth
import botocore.awsrequest
import botocore.credentials
from hypothesis import given
from hypothesis import strategies as st

from lambda_api.aws.signing import Credentials, signed

_words = st.text("abcXYZ019+/=_-", min_size=1, max_size=40)


@given(
    body=st.binary(max_size=200),
    target=_words,
    key_id=_words,
    secret=_words,
    token=st.one_of(st.just(""), _words),
    region=st.sampled_from(["eu-central-1", "us-east-1", "ap-southeast-2"]),
    service=st.sampled_from(["dynamodb", "sns", "sqs", "secretsmanager"]),
)
def test_it_is_botocores(
    *, body: bytes, target: str, key_id: str, secret: str, token: str, region: str, service: str
) -> None:
    headers = {
        "Host": "aws.example:8080",
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": target,
    }
    request = botocore.awsrequest.AWSRequest("POST", "https://aws.example:8080/", headers, body)
    theirs = botocore.credentials.Credentials(key_id, secret, token or None)
    botocore.auth.SigV4Auth(theirs, service, region).add_auth(request)
    at = datetime.strptime(request.headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)

    ours = signed(
        headers, body, credentials=Credentials(key_id, secret, token), region=region, service=service, at=at
    )

    assert ours == {name.lower(): value for name, value in request.headers.items()}


def test_the_secret_is_in_no_repr() -> None:
    assert repr(Credentials("AKID", "a-secret", "a-token")) == "Credentials('AKID')"
