"""The web access list before CloudFront: floods from one address, and in prod known attackers and attacks."""

from __future__ import annotations

from aws_cdk import Aws, CfnRule, CfnRuleAssertion, Fn
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.config import Config

_REGION = "us-east-1"
# In five minutes and from one address: a person's page asks once in three seconds, an office shares one.
_REQUESTS = 2000
_MANAGED = ("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet")


class Firewall(Construct):
    def __init__(self, scope: Construct, id_: str, *, config: Config) -> None:
        super().__init__(scope, id_)
        self.arn = config.web_acl_arn if config.waf else None
        if config.waf and self.arn is None:
            self.arn = self._access_list(_MANAGED if config.waf_lists else ()).attr_arn
            self._refuse_other_regions()

    def _access_list(self, lists: tuple[str, ...]) -> waf.CfnWebACL:
        return waf.CfnWebACL(
            self,
            "AccessList",
            scope="CLOUDFRONT",
            default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
            visibility_config=_counted("AccessList"),
            rules=[*(_managed(name, priority=i) for i, name in enumerate(lists)), _flood(len(lists))],
        )

    def _refuse_other_regions(self) -> None:
        CfnRule(
            self,
            "Region",
            assertions=[
                CfnRuleAssertion(
                    assert_=Fn.condition_equals(Aws.REGION, _REGION),
                    assert_description=f"CloudFront's access lists live in {_REGION}: deploy there, "
                    "or name one with -c web_acl_arn=…, or go without by -c waf=off",
                )
            ],
        )


def _managed(name: str, *, priority: int) -> waf.CfnWebACL.RuleProperty:
    group = waf.CfnWebACL.ManagedRuleGroupStatementProperty(name=name, vendor_name="AWS")
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        statement=waf.CfnWebACL.StatementProperty(managed_rule_group_statement=group),
        override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
        visibility_config=_counted(name),
    )


def _flood(priority: int) -> waf.CfnWebACL.RuleProperty:
    """LiveKit's webhooks all come from a few addresses; they have a limit of their own behind it."""
    everything_else = waf.CfnWebACL.StatementProperty(
        not_statement=waf.CfnWebACL.NotStatementProperty(
            statement=waf.CfnWebACL.StatementProperty(byte_match_statement=_webhooks())
        )
    )
    rate = waf.CfnWebACL.RateBasedStatementProperty(
        aggregate_key_type="IP", limit=_REQUESTS, scope_down_statement=everything_else
    )
    return waf.CfnWebACL.RuleProperty(
        name="Flood",
        priority=priority,
        statement=waf.CfnWebACL.StatementProperty(rate_based_statement=rate),
        action=waf.CfnWebACL.RuleActionProperty(block={}),
        visibility_config=_counted("Flood"),
    )


def _webhooks() -> waf.CfnWebACL.ByteMatchStatementProperty:
    return waf.CfnWebACL.ByteMatchStatementProperty(
        field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
        positional_constraint="STARTS_WITH",
        search_string="/webhooks/",
        text_transformations=[waf.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")],
    )


def _counted(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    """Counted, never sampled: a sample holds the path, and a path may hold the code of a join link."""
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )
