"""The one way in: CloudFront with its key, what it keeps, and what stands before it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from infra.edge import ORIGIN_HEADER
from lambda_api.doors.origin import HEADER
from tests.infra.templates import Json, Stage, synthesize


def _distribution(stage: Stage) -> Json:
    return stage.one("AWS::CloudFront::Distribution")["DistributionConfig"]


def _rules(stage: Stage) -> set[str]:
    return {rule["Name"] for rule in stage.one("AWS::WAFv2::WebACL")["Rules"]}


def test_the_edge_shows_the_api_a_key_that_no_template_holds(stage: Stage) -> None:
    (origin, *_) = _distribution(stage)["Origins"]
    (shown,) = origin["OriginCustomHeaders"]

    assert shown["HeaderName"] == ORIGIN_HEADER == HEADER
    assert "{{resolve:secretsmanager:" in json.dumps(shown["HeaderValue"])
    assert "CredentialsOrigin" in json.dumps(shown["HeaderValue"])


def test_the_way_to_the_api_is_encrypted_and_as_patient_as_the_api(stage: Stage) -> None:
    for origin in _distribution(stage)["Origins"]:
        way = origin["CustomOriginConfig"]
        assert (way["OriginProtocolPolicy"], way["OriginSSLProtocols"]) == ("https-only", ["TLSv1.2"])
        assert way["OriginReadTimeout"] == 30


def test_only_the_pages_files_are_kept_at_the_edge(stage: Stage) -> None:
    config = _distribution(stage)
    disabled, optimized = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "658327ea-f89d-4fab-a63d-7e88639e58f6"

    assert config["DefaultCacheBehavior"]["CachePolicyId"] == disabled
    assert {b["PathPattern"]: b["CachePolicyId"] for b in config["CacheBehaviors"]} == {
        "/assets/*": optimized
    }
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "https-only"


def test_nothing_writes_the_paths_down(prod: Stage) -> None:
    """A path may hold the code of a join link, and so may the referrer."""
    rules = prod.one("AWS::WAFv2::WebACL")["Rules"]
    written = prod.one("AWS::Logs::Delivery")["RecordFields"]

    assert not any(re.search(r"uri|query|Referer|Cookie|header|c-ip|forwarded", field) for field in written)
    assert _distribution(prod)["Logging"] == {"IncludeCookies": False}
    assert not any(rule["VisibilityConfig"]["SampledRequestsEnabled"] for rule in rules)


def test_the_edge_keeps_a_log_where_cloudfront_has_one(dev: Stage, prod: Stage) -> None:
    for stage in (dev, prod):
        for kind in ("DeliverySource", "DeliveryDestination", "Delivery"):
            (part,) = stage.resources(f"AWS::Logs::{kind}").values()
            only = stage.template["Conditions"][part["Condition"]]
            assert only == {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}
        source, delivery = stage.one("AWS::Logs::DeliverySource"), stage.one("AWS::Logs::Delivery")
        assert (source["LogType"], source["Name"]) == ("ACCESS_LOGS", delivery["DeliverySourceName"])


def test_every_route_has_the_gate_before_it(stage: Stage) -> None:
    gate = stage.one("AWS::ApiGatewayV2::Authorizer")

    assert gate["IdentitySource"] == [f"$request.header.{ORIGIN_HEADER}"]
    assert gate["EnableSimpleResponses"] is True
    assert "ApiGateDoor" in json.dumps(gate["AuthorizerUri"])
    for route in stage.resources("AWS::ApiGatewayV2::Route").values():
        assert route["Properties"]["AuthorizationType"] == "CUSTOM"


def test_prod_has_its_own_name_and_takes_no_old_tls(prod: Stage) -> None:
    config = _distribution(prod)

    assert config["Aliases"] == ["handoff.example.com"]
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert prod.template["Outputs"]["WebhookUrl"]["Value"] == "https://handoff.example.com/webhooks/livekit"


def test_every_stage_has_an_access_list_where_cloudfront_finds_it(stage: Stage) -> None:
    assert "FirewallAccessList" in json.dumps(_distribution(stage)["WebACLId"])
    assert any("us-east-1" in json.dumps(rule) for rule in stage.template["Rules"].values())


def test_prod_also_keeps_known_attackers_and_attacks_out(prod: Stage, dev: Stage, laptop: Stage) -> None:
    flood = {"Flood"}

    assert _rules(prod) == flood | {
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesKnownBadInputsRuleSet",
    }
    assert _rules(dev) == _rules(laptop) == flood


def test_an_operator_may_go_without_an_access_list(tmp_path: Path) -> None:
    without = synthesize("dev", tmp_path, waf="off")

    assert "WebACLId" not in _distribution(without)
    assert not without.resources("AWS::WAFv2::WebACL")
    assert [v for report in without.findings for v in report["violations"]] == []


def test_a_flood_on_the_pages_cannot_shut_livekit_out(stage: Stage) -> None:
    flood = stage.one("AWS::WAFv2::WebACL")["Rules"][-1]["Statement"]["RateBasedStatement"]
    spared = flood["ScopeDownStatement"]["NotStatement"]["Statement"]["ByteMatchStatement"]

    assert (spared["PositionalConstraint"], spared["SearchString"]) == ("STARTS_WITH", "/webhooks/")


def test_functions_and_worker_are_told_the_public_address(dev: Stage, prod: Stage) -> None:
    told = dev.door("api")["Environment"]["Variables"]["HANDOFF_PUBLIC_URL"]

    assert "EdgeDistribution" in json.dumps(told)
    assert prod.door("api")["Environment"]["Variables"]["HANDOFF_PUBLIC_URL"] == "https://handoff.example.com"
