"""The page of a link with its script: what the shell names, what may run, and the files behind it."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from httpx import Client

from lambda_api.adapters.web_build import WebBuild, read_build
from tests.unit.lambda_api.http.surroundings import LIVEKIT, Surroundings

JSON = {"Accept": "application/json"}
SCRIPT = "console.log('join');"
MANIFEST = {
    "join.html": {
        "file": "assets/join-1a.js",
        "name": "join",
        "src": "join.html",
        "isEntry": True,
        "imports": ["_shared-2b.js"],
        "dynamicImports": ["src/room.tsx"],
        "css": ["assets/join-3c.css"],
    },
    "_shared-2b.js": {
        "file": "assets/shared-2b.js",
        "name": "shared",
        "imports": ["join.html"],
        "css": ["assets/shared-4d.css"],
    },
    "src/room.tsx": {"file": "assets/room-5e.js", "name": "room", "isDynamicEntry": True},
}


@pytest.fixture
def built(tmp_path: Path, around: Surroundings) -> Surroundings:
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "join-1a.js").write_text(SCRIPT)
    (assets / "join-1a.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (assets / "join-3c.css").write_text("body { margin: 0 }")
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text(json.dumps(MANIFEST))
    around.web = read_build(tmp_path)
    return around


def directives(policy: str) -> dict[str, set[str]]:
    parts = (one.split() for one in policy.split(";"))
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.usefixtures("built")
def test_the_shell_names_what_the_page_begins_with_and_nothing_that_is_loaded_later(
    link: str, stranger: Client
) -> None:
    answer = stranger.get(link)

    assert '<script type="module" src="/assets/join-1a.js"></script>' in answer.text
    assert '<link rel="modulepreload" href="/assets/shared-2b.js">' in answer.text
    assert answer.text.index("/assets/join-3c.css") < answer.text.index("/assets/shared-4d.css")
    assert "room-5e" not in answer.text
    assert '<div id="root">\n<main class="plain">' in answer.text
    assert f'<form method="post" action="{link}/claim">' in answer.text


@pytest.mark.usefixtures("built")
def test_only_our_own_script_may_run_and_it_may_talk_to_us_and_livekit_only(
    link: str, stranger: Client
) -> None:
    answer = stranger.get(link)

    assert directives(answer.headers["content-security-policy"]) == {
        "default-src": {"'none'"},
        "script-src": {"'self'"},
        "style-src": {"'self'"},
        "img-src": {"'self'"},
        "font-src": {"'self'"},
        "media-src": {"'self'", "blob:"},
        "worker-src": {"'self'"},
        "connect-src": {"'self'", "wss://livekit.example", "https://livekit.example"},
        "form-action": {"'self'"},
        "base-uri": {"'none'"},
        "frame-ancestors": {"'none'"},
    }
    assert answer.headers["permissions-policy"] == "microphone=(self), camera=()"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]


@pytest.mark.parametrize(
    ("url", "connects"),
    [
        ("ws://127.0.0.1:7880", {"ws://127.0.0.1:7880", "http://127.0.0.1:7880"}),
        (
            "wss://shop.livekit.cloud",
            {
                "wss://shop.livekit.cloud",
                "https://shop.livekit.cloud",
                "wss://*.livekit.cloud",
                "https://*.livekit.cloud",
            },
        ),
        (
            "wss://livekit.cloud.evil.example",
            {"wss://livekit.cloud.evil.example", "https://livekit.cloud.evil.example"},
        ),
        ("nonsense", set()),
    ],
)
def test_the_script_may_reach_the_regions_of_livekit_cloud_and_no_other_host(
    link: str, stranger: Client, built: Surroundings, url: str, connects: set[str]
) -> None:
    built.manager.current["livekit"] = json.dumps(LIVEKIT | {"url": url, "ws_url": url})
    built.secrets.forget("livekit")

    policy = directives(stranger.get(link).headers["content-security-policy"])

    assert policy["connect-src"] == {"'self'"} | connects


def test_without_livekits_address_the_page_stays_plain(
    link: str, stranger: Client, built: Surroundings
) -> None:
    built.manager.current["livekit"] = "{}"

    answer = stranger.get(link)

    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]


@pytest.mark.usefixtures("built")
def test_the_end_is_told_by_the_script_too(link: str, admin: Client, stranger: Client) -> None:
    [row] = admin.get("/v1/escalations").json()["items"]
    admin.post(f"/v1/escalations/{row['id']}/cancel", json={"cause": "caller_left"})

    answer = stranger.get(link)

    assert answer.status_code == 410
    assert "/assets/join-1a.js" in answer.text
    assert "The caller left" in answer.text


@pytest.mark.usefixtures("built")
def test_a_page_that_answers_a_form_runs_nothing(link: str, stranger: Client) -> None:
    answer = stranger.post(f"{link}/eta", data={"minutes": "2"})

    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]


@pytest.mark.usefixtures("built")
def test_an_asset_is_kept_for_ever(stranger: Client) -> None:
    answer = stranger.get("/assets/join-3c.css")

    assert answer.text == "body { margin: 0 }"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("accepts", "packed"),
    [
        ("gzip, br", True),
        ("br, gzip;q=0.8", True),
        ("gzip;q=0", False),
        ("identity", False),
        ("", False),
        ("gzipped", False),
    ],
)
def test_an_asset_comes_packed_to_whoever_takes_it(stranger: Client, accepts: str, packed: bool) -> None:
    answer = stranger.get("/assets/join-1a.js", headers={"Accept-Encoding": accepts})

    assert answer.text == SCRIPT
    assert (answer.headers.get("content-encoding") == "gzip") is packed
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "file", ["other.js", "join-1a.js.gz", "..%2f.vite%2fmanifest.json", "%2e%2e", "manifest.json", "a" * 2000]
)
def test_nothing_else_is_an_asset(stranger: Client, file: str) -> None:
    answer = stranger.get(f"/assets/{file}")

    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/problem+json"


def test_where_nothing_was_built_there_is_nothing_to_serve(tmp_path: Path) -> None:
    assert read_build(tmp_path / "nowhere") == WebBuild()


def test_before_the_claim_the_script_learns_no_more_than_the_page_says(
    link: str, stranger: Client, around: Surroundings
) -> None:
    around.world.clock.advance(75)

    answer = stranger.get(link, headers=JSON)

    assert answer.json() == {
        "state": "waiting",
        "kind": "claim",
        "role": "human_agent",
        "reason": "caller_request",
        "team": "<b>sales</b>",
        "language": None,
        "waiting_since": "2026-11-24T12:00:00.000Z",
        "now": "2026-11-24T12:01:15.000Z",
        "you": {"name": "Maria"},
        "taken": None,
        "eta": None,
        "declined": False,
        "ended": None,
    }
    assert answer.headers["cache-control"] == "no-store"


def test_the_script_learns_whose_the_call_is(
    link: str, browser: Callable[[], Client], around: Surroundings
) -> None:
    winner, late = browser(), browser()
    winner.post(f"{link}/claim", headers=JSON)
    around.world.clock.advance(20)

    mine, theirs = winner.get(link, headers=JSON).json(), late.get(link, headers=JSON).json()

    assert (mine["state"], theirs["state"]) == ("yours", "taken")
    assert theirs["taken"] == {"name": "Maria", "since": "2026-11-24T12:00:00.000Z"}


def test_the_script_learns_what_was_said_by_the_link(link: str, stranger: Client) -> None:
    stranger.post(f"{link}/eta", json={"minutes": 2}, headers=JSON)
    coming = stranger.get(link, headers=JSON).json()
    stranger.post(f"{link}/decline", headers=JSON)
    declined = stranger.get(link, headers=JSON).json()

    assert coming["eta"] == {"name": "Maria", "minutes": 2, "at": "2026-11-24T12:00:00.000Z"}
    assert (declined["declined"], declined["eta"]) == (True, None)


def test_the_end_in_json_is_no_error(link: str, admin: Client, stranger: Client) -> None:
    [row] = admin.get("/v1/escalations").json()["items"]
    admin.post(f"/v1/escalations/{row['id']}/cancel", json={"cause": "caller_left"})

    answer = stranger.get(link, headers=JSON)

    assert (answer.status_code, answer.json()["state"]) == (200, "ended")
    assert answer.json()["ended"] == {
        "words": "The caller left at 12:00 UTC.",
        "reason": "caller_left",
        "at": "2026-11-24T12:00:00.000Z",
        "status": "cancelled",
    }


def test_looking_in_json_changes_nothing_and_sets_no_cookie(
    link: str, stranger: Client, around: Surroundings
) -> None:
    commits = len(around.world.store.commits)

    answers = [stranger.request(method, link, headers=JSON) for method in ("GET", "HEAD") * 10]

    assert len(around.world.store.commits) == commits
    assert not any("set-cookie" in one.headers for one in answers)
