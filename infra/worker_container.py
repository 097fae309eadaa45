"""The worker's container: its image, its settings and keys, how it is watched and stopped."""

from __future__ import annotations

from aws_cdk import Duration, IgnoreMode
from aws_cdk import aws_ecr_assets as ecr_assets
from aws_cdk import aws_ecs as ecs
from constructs import Construct

from infra.config import AGENT_NAME, ROOT, Config
from infra.credentials import Credentials
from infra.logs import make_log_group
from infra.settings import Settings

CPUS = 2
_HEALTH_PORT = 8081
# The user that the Dockerfile makes, by number, so that a changed image cannot become root.
_USER = "10001"
# Fargate's longest: a call in progress gets all of it to end.
_SCRATCH = "scratch"
_STOP_TIMEOUT = Duration.seconds(120)
_IMAGE_HOLDS = ("Dockerfile", "agent_container", "requirements/agent.txt")


def add_worker(
    scope: Construct,
    *,
    task: ecs.FargateTaskDefinition,
    config: Config,
    credentials: Credentials,
    api_url: str,
) -> ecs.ContainerDefinition:
    logs = make_log_group(scope, config=config)
    settings = Settings(scope, "Settings", stage=config.stage, values=_settings(config, api_url))
    task.add_volume(name=_SCRATCH)
    worker = task.add_container(
        "Worker",
        container_name="worker",
        image=_image(),
        command=["python", "-m", "agent_container", "start"],
        secrets={**settings.named, **_keys(credentials), **_more_keys(credentials)},
        user=_USER,
        readonly_root_filesystem=True,
        stop_timeout=_STOP_TIMEOUT,
        health_check=_health_check(),
        # Something has to be process 1 that reaps the jobs' orphans.
        linux_parameters=ecs.LinuxParameters(scope, "Linux", init_process_enabled=True),
        logging=ecs.LogDrivers.aws_logs(stream_prefix="worker", log_group=logs),
    )
    worker.add_mount_points(
        ecs.MountPoint(source_volume=_SCRATCH, container_path="/tmp", read_only=False)  # noqa: S108
    )
    return worker


def _image() -> ecs.ContainerImage:
    # Named one by one: what is not the worker's can neither leak into the image nor rebuild it.
    return ecs.ContainerImage.from_asset(
        str(ROOT),
        platform=ecr_assets.Platform.LINUX_AMD64,
        ignore_mode=IgnoreMode.DOCKER,
        exclude=["*", *(f"!{path}" for path in _IMAGE_HOLDS), "**/__pycache__"],
    )


def _settings(config: Config, api_url: str) -> dict[str, str]:
    given = {
        "OPENAI_BASE_URL": config.openai_base_url,
        "DEEPGRAM_BASE_URL": config.deepgram_base_url,
        "HANDOFF_STAGE": config.stage.value,
        "HANDOFF_API_URL": api_url,
        "HANDOFF_AGENT_NAME": AGENT_NAME,
        "HANDOFF_FAREWELL": "on",
        "HANDOFF_EXIT_WAYS": "room,server",
        "HANDOFF_LOAD_THRESHOLD": config.load_threshold,
        "HANDOFF_HEALTH_PORT": str(_HEALTH_PORT),
        "HANDOFF_LOG_FORMAT": "json",
        "HANDOFF_TRACING": "on" if config.tracing else "off",
        # Without it the worker counts the host's processors, not its share of them.
        "NUM_CPUS": str(CPUS),
        **config.worker_settings,
    }
    return {name: value for name, value in given.items() if value is not None}


def _keys(credentials: Credentials) -> dict[str, ecs.Secret]:
    pick = ecs.Secret.from_secrets_manager
    return {
        "LIVEKIT_URL": pick(credentials.livekit, "url"),
        "LIVEKIT_API_KEY": pick(credentials.livekit, "api_key"),
        "LIVEKIT_API_SECRET": pick(credentials.livekit, "api_secret"),
        "OPENAI_API_KEY": pick(credentials.providers, "openai_api_key"),
        "DEEPGRAM_API_KEY": pick(credentials.providers, "deepgram_api_key"),
        "HANDOFF_WORKER_KEY": pick(credentials.worker_key),
    }


def _more_keys(credentials: Credentials) -> dict[str, ecs.Secret]:
    return {
        f"HANDOFF_{name.upper()}__KEY": ecs.Secret.from_secrets_manager(secret, "key")
        for name, secret in credentials.more_keys.items()
    }


def _health_check() -> ecs.HealthCheck:
    # The slim image has no curl; urlopen raises on everything but a good answer.
    question = f"import urllib.request as r; r.urlopen('http://127.0.0.1:{_HEALTH_PORT}/', timeout=3)"
    return ecs.HealthCheck(
        command=["CMD", "python", "-c", question],
        interval=Duration.seconds(15),
        timeout=Duration.seconds(5),
        retries=3,
        start_period=Duration.seconds(60),
    )
