"""The worker's container and service, as its settings and the operation need them."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_container.config import DRAIN_SECONDS, Settings
from infra.config import ROOT
from tests.infra.templates import Json, Stage, plain_name, synthesize

_SECRETS = {
    "LIVEKIT_URL": ("CredentialsLiveKit", "url"),
    "LIVEKIT_API_KEY": ("CredentialsLiveKit", "api_key"),
    "LIVEKIT_API_SECRET": ("CredentialsLiveKit", "api_secret"),
    "OPENAI_API_KEY": ("CredentialsProviders", "openai_api_key"),
    "DEEPGRAM_API_KEY": ("CredentialsProviders", "deepgram_api_key"),
    "HANDOFF_WORKER_KEY": ("CredentialsWorkerKey", ""),
}
_SETTINGS = {
    "HANDOFF_API_URL",
    "HANDOFF_AGENT_NAME",
    "HANDOFF_EXIT_WAYS",
    "HANDOFF_FAREWELL",
    "HANDOFF_HEALTH_PORT",
    "HANDOFF_LOAD_THRESHOLD",
    "HANDOFF_LOG_FORMAT",
    "HANDOFF_STAGE",
    "HANDOFF_TRACING",
    "NUM_CPUS",
}


def test_every_key_comes_from_a_secret(stage: Stage) -> None:
    assert {name: _picked(reference) for name, reference in stage.keys().items()} == _SECRETS


def test_the_task_itself_holds_nothing(stage: Stage) -> None:
    assert "Environment" not in stage.worker()


def test_other_settings_have_other_names_so_that_a_deployment_starts_other_tasks(
    dev: Stage, tmp_path: Path
) -> None:
    changed = synthesize("dev", tmp_path, consent="on")
    names = [
        {parameter["Properties"]["Name"] for parameter in stage.resources("AWS::SSM::Parameter").values()}
        for stage in (dev, changed)
    ]

    assert names[0].isdisjoint(names[1])
    assert all(name.startswith("/handoff/dev/worker/") for name in names[0] | names[1])


def test_a_worker_of_the_cloud_starts_with_what_it_is_told(
    dev: Stage, prod: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stage in (dev, prod):
        for name, value in stage.settings().items():
            monkeypatch.setenv(name, value if isinstance(value, str) else "https://later")
        for name in _SECRETS:
            monkeypatch.setenv(name, "wss://later" if name.endswith("URL") else "k" * 40)

        # ECS puts its own into every container.
        monkeypatch.setenv("ECS_AGENT_URI", "http://169.254.170.2/api/x")

        settings = Settings()

        settings.refuse_half_configured()
        assert (settings.stage, settings.deployed) == (stage.name, True)


def test_the_cloud_speaks_to_the_real_providers(dev: Stage, prod: Stage) -> None:
    assert set(dev.settings()) == set(prod.settings()) == _SETTINGS


def test_the_laptop_names_its_own_providers(laptop: Stage) -> None:
    settings = laptop.settings()

    assert set(settings) == _SETTINGS | {"OPENAI_BASE_URL", "DEEPGRAM_BASE_URL"}
    assert settings["OPENAI_BASE_URL"] == "http://127.0.0.1:8001/v1"
    assert settings["DEEPGRAM_BASE_URL"] == "http://127.0.0.1:8001/v1/listen"
    assert settings["HANDOFF_API_URL"] == "http://127.0.0.1:8000"


def test_the_worker_is_never_full_on_a_laptop(laptop: Stage, dev: Stage) -> None:
    assert laptop.settings()["HANDOFF_LOAD_THRESHOLD"] == "inf"
    assert dev.settings()["HANDOFF_LOAD_THRESHOLD"] == "0.7"


def test_the_worker_has_two_processors_and_four_gigabytes(stage: Stage) -> None:
    task = stage.one("AWS::ECS::TaskDefinition")

    assert (task["Cpu"], task["Memory"]) == ("2048", "4096")
    assert stage.settings()["NUM_CPUS"] == "2"


def test_a_call_gets_all_the_time_that_fargate_gives(stage: Stage) -> None:
    assert stage.worker()["StopTimeout"] == 120


def test_the_worker_is_not_root_and_publishes_no_port(stage: Stage) -> None:
    worker = stage.worker()

    assert not worker["User"].startswith(("0", "root"))
    assert not worker.get("PortMappings")


def test_the_worker_writes_nowhere_but_into_its_own_scratch(stage: Stage) -> None:
    worker, task = stage.worker(), stage.one("AWS::ECS::TaskDefinition")

    assert worker["ReadonlyRootFilesystem"] is True
    [mounted] = worker["MountPoints"]
    assert (mounted["ContainerPath"], mounted["ReadOnly"]) == ("/tmp", False)  # noqa: S108
    assert [volume["Name"] for volume in task["Volumes"]] == [mounted["SourceVolume"]]
    # Fargate gives a volume to root unless the image declares the same path.
    assert 'VOLUME ["/tmp"]' in (ROOT / "Dockerfile").read_text().splitlines()


def test_calls_have_ended_or_gone_elsewhere_before_fargate_kills(stage: Stage) -> None:
    # What is left when the draining is over is closed within this time.
    closing = 20

    assert DRAIN_SECONDS + closing < stage.worker()["StopTimeout"]


def test_there_are_as_many_workers_as_the_calls_need(dev: Stage, prod: Stage) -> None:
    for stage, least, most in ((dev, 1, 4), (prod, 2, 20)):
        target = stage.one("AWS::ApplicationAutoScaling::ScalableTarget")
        policy = stage.one("AWS::ApplicationAutoScaling::ScalingPolicy")
        tracked = policy["TargetTrackingScalingPolicyConfiguration"]

        assert (target["MinCapacity"], target["MaxCapacity"]) == (least, most)
        assert tracked["CustomizedMetricSpecification"]["MetricName"] == "active_calls"
        assert tracked["TargetValue"] == 4
        # A deployment says nothing about it, or it would end calls that the scaling had made room for.
        assert "DesiredCount" not in stage.one("AWS::ECS::Service")


def test_no_worker_is_taken_away_for_being_cheap(stage: Stage) -> None:
    service = stage.one("AWS::ECS::Service")

    assert service["LaunchType"] == "FARGATE"
    assert "CapacityProviderStrategy" not in service
    assert not stage.resources("AWS::ECS::ClusterCapacityProviderAssociations")


def test_health_is_asked_without_a_tool_that_the_image_lacks(stage: Stage) -> None:
    kind, program, *_, question = stage.worker()["HealthCheck"]["Command"]

    assert (kind, program) == ("CMD", "python")
    assert f"127.0.0.1:{stage.settings()['HANDOFF_HEALTH_PORT']}/" in question
    compile(question, "health check", "exec")


def test_nobody_can_call_the_worker(stage: Stage) -> None:
    groups = stage.resources("AWS::EC2::SecurityGroup")

    assert len(groups) == 1
    assert not any("SecurityGroupIngress" in group["Properties"] for group in groups.values())
    assert not stage.resources("AWS::EC2::SecurityGroupIngress")


def test_a_bad_release_is_taken_back(stage: Stage) -> None:
    deployment = stage.one("AWS::ECS::Service")["DeploymentConfiguration"]

    assert deployment["DeploymentCircuitBreaker"] == {"Enable": True, "Rollback": True}
    assert (deployment["MinimumHealthyPercent"], deployment["MaximumPercent"]) == (100, 300)


def test_cloud_workers_have_no_public_address(dev: Stage, prod: Stage) -> None:
    for stage, gateways in ((dev, 1), (prod, 2)):
        network = stage.one("AWS::ECS::Service")["NetworkConfiguration"]["AwsvpcConfiguration"]
        assert network["AssignPublicIp"] == "DISABLED"
        assert len(stage.resources("AWS::EC2::NatGateway")) == gateways


def _picked(value: Json) -> tuple[str, str]:
    if "Ref" in value:
        return plain_name(value["Ref"]), ""
    secret, field = value["Fn::Join"][1]
    return plain_name(secret["Ref"]), field.strip(":")
