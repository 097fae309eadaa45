"""The bundle as a function sees it: nothing on the path but itself and the standard library."""

from __future__ import annotations

import filecmp
import platform
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra import bundling, dependencies
from infra.bytecode import find_interpreter
from infra.config import Target
from infra.context import load_config
from infra.dependencies import BundleError
from infra.pages import take_pages

_MAX_ZIP_MB = 16
# -S leaves site-packages out and -I the environment and the working directory.
_ISOLATED = (sys.executable, "-I", "-S", "-c")


@pytest.fixture(scope="session")
def target() -> Target:
    return load_config({"stage": "laptop"}.get).target


@pytest.fixture(scope="session")
def bundle(target: Target, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("bundle")
    bundling.build(output, target=target)
    return output


@pytest.mark.parametrize("door", ["gate", "api", "webhooks", "timers"])
def test_a_door_opens_with_only_the_bundle_on_the_path(bundle: Path, door: str) -> None:
    _run_isolated(bundle, f"from lambda_api.doors.{door} import handler")


@pytest.mark.parametrize("door", ["gate", "webhooks", "timers"])
def test_the_quick_doors_load_nothing_heavy(bundle: Path, door: str) -> None:
    heavy = {"fastapi", "starlette", "mangum", "pydantic", "aiohttp", "google.protobuf", "botocore"}

    loaded = _run_isolated(bundle, f"import lambda_api.doors.{door}; print(*sys.modules)").split()

    assert "lambda_api" in loaded
    assert heavy.isdisjoint(loaded)


def test_the_bundle_stays_small(bundle: Path, tmp_path: Path) -> None:
    packed = tmp_path / "bundle.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in bundle.rglob("*"):
            archive.write(path, path.relative_to(bundle))

    assert packed.stat().st_size < _MAX_ZIP_MB * 2**20


def test_bytecode_is_valid_whatever_date_a_file_has(bundle: Path) -> None:
    compiled = list(bundle.rglob("*.pyc"))
    flags = {path.read_bytes()[4:8] for path in compiled}

    assert any("lambda_api" in path.parts for path in compiled)
    # Bit 0: checked by the source's hash, not its date; bit 1 clear: not even that is checked.
    assert flags == {b"\x01\x00\x00\x00"}


def test_bytecode_tells_nothing_of_the_machine_that_built_it(bundle: Path) -> None:
    compiled = next((bundle / "lambda_api" / "__pycache__").glob("__init__.*.pyc"))

    assert b"/var/task/lambda_api/__init__.py" in compiled.read_bytes()


def test_two_bundles_of_the_same_inputs_are_the_same_to_the_byte(
    bundle: Path, target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dependencies, "CACHE", tmp_path / "empty cache")
    again = tmp_path / "again"

    bundling.build(again, target=target)

    names = _files(bundle)
    assert names == _files(again)
    assert filecmp.cmpfiles(bundle, again, names, shallow=False) == (names, [], [])


def test_the_bundle_takes_what_the_pages_are_served_from_and_no_more(tmp_path: Path) -> None:
    served = [".vite/manifest.json", "assets/join-1.js", "assets/join-1.js.gz"]
    dist = tmp_path / "root" / "web" / "dist"
    for name in (*served, "assets/join-1.js.map", "join.html", ".sources"):
        (dist / name).parent.mkdir(parents=True, exist_ok=True)
        (dist / name).write_text(name)

    take_pages(tmp_path / "bundle", root=tmp_path / "root")

    assert _files(tmp_path / "bundle" / "web" / "dist") == served


def test_without_built_pages_the_plain_ones_remain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take_pages(tmp_path / "bundle", root=tmp_path)

    assert not (tmp_path / "bundle").exists()
    assert "web/dist is not built" in capsys.readouterr().err


def test_a_machine_without_wheels_is_an_error_and_no_container() -> None:
    with pytest.raises(BundleError, match="no wheels are known"):
        dependencies.installed_dependencies(Target(python="3.13", machine="riscv64"))


def test_a_missing_uv_is_an_error_and_no_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies, "CACHE", tmp_path)
    monkeypatch.setenv("UV", "/bin/false")

    with pytest.raises(BundleError, match="could not install"):
        dependencies.installed_dependencies(Target(python="3.13", machine="arm64"))

    assert list(tmp_path.iterdir()) == []


def test_only_the_runtimes_own_version_compiles() -> None:
    assert find_interpreter("9.9") is None
    assert find_interpreter(".".join(platform.python_version_tuple()[:2])) == sys.executable


def _run_isolated(bundle: Path, code: str) -> str:
    with_path = f"import sys; sys.path.append({str(bundle)!r}); {code}"
    done = subprocess.run(
        [*_ISOLATED, with_path], capture_output=True, text=True, check=False, timeout=60, env={}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _files(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
