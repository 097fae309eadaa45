"""The edge: CloudFront before the HTTP API, which answers to nobody who comes around it."""

from __future__ import annotations

from typing import Any

from aws_cdk import Acknowledgment, Aws, Validations
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.config import Config
from infra.edge_log import EdgeLog, delivered

# The API's doors look for it (lambda_api/doors/origin.py), and so the laptop's front door sends it.
ORIGIN_HEADER = "x-handoff-origin"
# LiveKit's, AWS's and the providers' own terms forbid serving these; everybody else may call.
_NOT_SERVED = ("CU", "IR", "KP")
_NO_DOMAIN = Acknowledgment(
    id="AwsSolutions::AwsSolutions-CFR4",
    reason="AWS decides how old a TLS its own cloudfront.net takes; a domain of one's own (-c domain=… "
    "-c certificate_arn=…) takes none below 1.2",
)
_NO_WAF = Acknowledgment(
    id="AwsSolutions::AwsSolutions-CFR2", reason="Switched off for this stage; -c waf=on switches it on"
)


_Dist = cloudfront.CfnDistribution
_ORIGIN = "api"
_ALL = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
_PASSED_ON = cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER


class Edge(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Config,
        api_id: str,
        origin_key: secretsmanager.ISecret,
        web_acl_arn: str | None,
    ) -> None:
        super().__init__(scope, id_)
        # Without what the CDK puts on top of it, which knows logs only that hold the whole path.
        self.distribution = _Dist(
            self,
            "Distribution",
            distribution_config=_Dist.DistributionConfigProperty(
                enabled=True,
                # A changed comment has CloudFormation follow the reference to a changed key once more.
                comment=f"LiveKit Handoff, origin key {config.origin_key}",
                origins=[_origin(api_id, origin_key)],
                default_cache_behavior=_straight_through(),
                cache_behaviors=[_kept("/assets/*")],
                http_version="http2and3",
                ipv6_enabled=True,
                restrictions=_everybody_but(*_NOT_SERVED),
                web_acl_id=web_acl_arn,
                logging=delivered(),
                **_of_ones_own(config),
            ),
        )
        self.url = config.public_url or f"https://{config.domain or self.distribution.attr_domain_name}"
        if not config.on_laptop:
            EdgeLog(self, "Log", config=config, distribution=self.distribution)
        self._acknowledge(config, web_acl_arn)

    def _acknowledge(self, config: Config, web_acl_arn: str | None) -> None:
        missing = []
        if config.domain is None:
            missing.append(_NO_DOMAIN)
        if web_acl_arn is None:
            missing.append(_NO_WAF)
        if missing:
            Validations.of(self).acknowledge(*missing)


def _of_ones_own(config: Config) -> dict[str, Any]:
    """A domain with its certificate; CloudFront's own name lets nobody choose how old a TLS it takes."""
    if config.certificate_arn is None:
        return {}
    certificate = _Dist.ViewerCertificateProperty(
        acm_certificate_arn=config.certificate_arn,
        minimum_protocol_version="TLSv1.2_2021",
        ssl_support_method="sni-only",
    )
    return {"aliases": [config.domain], "viewer_certificate": certificate}


def _everybody_but(*countries: str) -> cloudfront.CfnDistribution.RestrictionsProperty:
    refused = _Dist.GeoRestrictionProperty(restriction_type="blacklist", locations=list(countries))
    return _Dist.RestrictionsProperty(geo_restriction=refused)


def _origin(api_id: str, key: secretsmanager.ISecret) -> cloudfront.CfnDistribution.OriginProperty:
    # No value but a reference, which CloudFormation follows while it deploys.
    shown = _Dist.OriginCustomHeaderProperty(
        header_name=ORIGIN_HEADER, header_value=key.secret_value.unsafe_unwrap()
    )
    way = _Dist.CustomOriginConfigProperty(
        origin_protocol_policy="https-only",
        origin_ssl_protocols=["TLSv1.2"],
        # As long as the HTTP API itself waits for a function.
        origin_read_timeout=30,
    )
    return _Dist.OriginProperty(
        id=_ORIGIN,
        domain_name=f"{api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}",
        custom_origin_config=way,
        origin_custom_headers=[shown],
    )


def _straight_through() -> cloudfront.CfnDistribution.DefaultCacheBehaviorProperty:
    """Nothing kept, everything passed on but the host, by which the HTTP API knows itself."""
    return _Dist.DefaultCacheBehaviorProperty(
        target_origin_id=_ORIGIN,
        allowed_methods=_ALL,
        cache_policy_id=cloudfront.CachePolicy.CACHING_DISABLED.cache_policy_id,
        origin_request_policy_id=_PASSED_ON.origin_request_policy_id,
        compress=True,
        viewer_protocol_policy="https-only",
    )


def _kept(path: str) -> cloudfront.CfnDistribution.CacheBehaviorProperty:
    """The page's files bear the digest of what is in them, and stay as long as the API says."""
    return _Dist.CacheBehaviorProperty(
        path_pattern=path,
        target_origin_id=_ORIGIN,
        cache_policy_id=cloudfront.CachePolicy.CACHING_OPTIMIZED.cache_policy_id,
        compress=True,
        viewer_protocol_policy="https-only",
    )
