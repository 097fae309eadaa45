"""Every address of one stack, from its ports and from what the person at the laptop has set."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from local.stack.places import ACTIONS_LOG
from local.stack.settings import Settings


@dataclass(frozen=True)
class Addresses:
    ports: Mapping[str, int]
    settings: Settings

    def http(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    @cached_property
    def public_url(self) -> str:
        """What links begin with and where webhooks go; a tunnel's address where one is set."""
        return self.settings.public_url or self.http("front_door")

    @cached_property
    def context(self) -> dict[str, str]:
        """What the CDK app is told about this laptop."""
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        speech = {} if self.settings.keys else self._offline()
        factor = self.settings.time_factor
        shortened = {"time_factor": factor} if factor else {}
        own = {"stage": "laptop", "public_url": self.public_url, "python": python}
        return {**own, "actions_log": str(ACTIONS_LOG), **speech, **shortened}

    def _offline(self) -> dict[str, str]:
        base = f"{self.http('speech')}/v1"
        return {"openai_base_url": base, "deepgram_base_url": f"{base}/listen"}
