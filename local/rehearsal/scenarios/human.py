"""The human agent's process in a scenario."""

import sys

from local.rehearsal.backstage import Backstage, perform
from local.rehearsal.scenarios.puppet import Puppet
from local.speech import voices


async def _play(stage: Backstage) -> None:
    await Puppet(stage, voice=voices.HUMAN).play()


if __name__ == "__main__":
    sys.exit(perform("human", _play))
