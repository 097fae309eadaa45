"""The least environment a child needs from this machine; nothing else of the developer's shell reaches it."""

import os
from collections.abc import Mapping
from typing import Final

from local.stack.places import PYTHON

MACHINE: Final = (
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
)
AWS_REGION: Final = "us-east-1"


def machine(**more: str) -> dict[str, str]:
    """The machine's own settings, our tools first on the path, and loopback never through a proxy."""
    kept = {name: os.environ[name] for name in MACHINE if name in os.environ}
    no_proxy = ",".join(filter(None, [os.environ.get("NO_PROXY"), "127.0.0.1", "localhost"]))
    return {
        **kept,
        "PATH": path(),
        "NO_PROXY": no_proxy,
        "no_proxy": no_proxy,
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def path() -> str:
    """The path with this virtual environment in front."""
    return os.pathsep.join([str(PYTHON.parent), os.environ.get("PATH", os.defpath)])


def embedded_aws(endpoint: str) -> Mapping[str, str]:
    """Points every AWS client at the embedded AWS, with keys that no real account knows."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ENDPOINT_URL_S3": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": AWS_REGION,
        "AWS_DEFAULT_REGION": AWS_REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
