"""Where the figures of load and races are kept, each run beside the other's last one."""

import json
from pathlib import Path
from typing import Any, Final

RESULTS: Final = Path(__file__).parents[1] / "load.json"


def keep(**found: Any) -> None:
    before = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**before, **found}, indent=2, ensure_ascii=False) + "\n")
