import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from local.setup import system_packages, tools
from local.setup.drafts import drafted
from local.stack.errors import ToolMissingError
from local.stack.places import ROOT

SHIM_WITHOUT_VERSION = '#!/bin/sh\necho "pyenv: $0: command not found" >&2\nexit 127\n'
TOO_OLD = "#!/bin/sh\nexit 1\n"


def command(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.write_text(text)
    file.chmod(0o755)


def python_that_is_taken(path: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": f"{path}:/usr/bin:/bin", "HOME": str(path)}
    script = str(ROOT / "local" / "setup" / "venv.sh")
    return subprocess.run(
        ["/bin/sh", script, "--python"], env=env, capture_output=True, text=True, check=False
    )


def test_a_python_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    command(tmp_path, "python3.13", SHIM_WITHOUT_VERSION)
    command(tmp_path, "python3", f'#!/bin/sh\nexec {sys.executable} "$@"\n')

    taken = python_that_is_taken(tmp_path)

    assert taken.returncode == 0
    assert taken.stdout.strip() == os.path.realpath(sys.executable)


def test_without_a_python_that_is_new_enough_one_line_says_so(tmp_path: Path) -> None:
    for name in ("python3.13", "python3", "python3.12", "python3.11"):
        command(tmp_path, name, TOO_OLD)

    taken = python_that_is_taken(tmp_path)

    assert taken.returncode == 1
    assert taken.stderr.splitlines() == [
        "No Python of version 3.11 or newer was found: apt-get install python3 python3-venv"
    ]


def test_a_folder_is_in_the_cache_whole_or_not_at_all(tmp_path: Path) -> None:
    home = tmp_path / "node-1"

    with pytest.raises(FileNotFoundError), drafted(home) as draft:
        shutil.copy(tmp_path / "nothing", draft)

    assert not home.exists()
    with drafted(home) as draft:
        assert list(draft.iterdir()) == []
        (draft / "whole").write_text("x")
    assert [file.name for file in home.iterdir()] == ["whole"]


def test_another_lock_has_another_place_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "package-lock.json"
    monkeypatch.setattr(tools, "NODE_LOCK", lock)
    lock.write_text("{}")
    before = tools.cdk()

    lock.write_text("{ }")

    assert tools.cdk() != before


@pytest.mark.parametrize(
    ("says", "taken"), [("livekit-server version 1.13.5", True), ("version 1.9.0", False)]
)
def test_a_livekit_server_on_the_path_is_taken_if_it_is_of_the_right_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, taken: bool
) -> None:
    command(tmp_path, "livekit-server", f'#!/bin/sh\necho "{says}"\n')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("HANDOFF_CACHE", str(tmp_path / "cache"))

    assert (tools.livekit_server() == tmp_path / "livekit-server") is taken


async def test_without_root_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(ToolMissingError, match="sudo apt-get install espeak-ng chromium"):
        await system_packages.system_packages()
