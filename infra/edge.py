"""The edge: CloudFront before the HTTP API, which answers to nobody who comes around it."""

from __future__ import annotations

from typing import Any

from aws_cdk import Acknowledgment, Aws, Duration, Validations
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.config import Config

# The API's doors look for it (lambda_api/doors/origin.py), and so the laptop's front door sends it.
ORIGIN_HEADER = "x-handoff-origin"
# LiveKit's, AWS's and the providers' own terms forbid serving these; everybody else may call.
_NOT_SERVED = ("CU", "IR", "KP")
_PATHS_HOLD_CODES = Acknowledgment(
    id="AwsSolutions::AwsSolutions-CFR3",
    reason="CloudFront's logs hold the whole path, and a path may hold the code of a join link; "
    "the HTTP API's log holds every request by its route",
)
_NO_DOMAIN = Acknowledgment(
    id="AwsSolutions::AwsSolutions-CFR4",
    reason="AWS decides how old a TLS its own cloudfront.net takes; a domain of one's own (-c domain=… "
    "-c certificate_arn=…) takes none below 1.2",
)
_NO_WAF = Acknowledgment(
    id="AwsSolutions::AwsSolutions-CFR2", reason="Switched off for this stage; -c waf=on switches it on"
)


class Edge(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Config,
        api_id: str,
        origin_key: secretsmanager.Secret,
        web_acl_arn: str | None,
    ) -> None:
        super().__init__(scope, id_)
        origin = _origin(api_id, origin_key)
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            # A changed comment has CloudFormation follow the reference to a changed key once more.
            comment=f"LiveKit Handoff, origin key {config.origin_key}",
            default_behavior=_straight_through(origin),
            additional_behaviors={"/assets/*": _kept(origin)},
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            geo_restriction=cloudfront.GeoRestriction.denylist(*_NOT_SERVED),
            web_acl_id=web_acl_arn,
            **self._of_ones_own(config),
        )
        self.url = config.public_url or f"https://{config.domain or self.distribution.domain_name}"
        self._acknowledge(config, web_acl_arn)

    def _of_ones_own(self, config: Config) -> dict[str, Any]:
        """A domain with its certificate; CloudFront's own name lets nobody choose how old a TLS it takes."""
        if config.certificate_arn is None:
            return {}
        return {
            "domain_names": [config.domain],
            "certificate": acm.Certificate.from_certificate_arn(self, "Certificate", config.certificate_arn),
            "minimum_protocol_version": cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
        }

    def _acknowledge(self, config: Config, web_acl_arn: str | None) -> None:
        missing = [_PATHS_HOLD_CODES]
        if config.domain is None:
            missing.append(_NO_DOMAIN)
        if web_acl_arn is None:
            missing.append(_NO_WAF)
        Validations.of(self).acknowledge(*missing)


def _origin(api_id: str, key: secretsmanager.Secret) -> origins.HttpOrigin:
    return origins.HttpOrigin(
        f"{api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}",
        origin_id="api",
        protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
        # As long as the HTTP API itself waits for a function.
        read_timeout=Duration.seconds(30),
        # No value but a reference, which CloudFormation follows while it deploys.
        custom_headers={ORIGIN_HEADER: key.secret_value.unsafe_unwrap()},
    )


def _straight_through(origin: origins.HttpOrigin) -> cloudfront.BehaviorOptions:
    """Nothing kept, everything passed on but the host, by which the HTTP API knows itself."""
    return cloudfront.BehaviorOptions(
        origin=origin,
        allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
        cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
        origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
    )


def _kept(origin: origins.HttpOrigin) -> cloudfront.BehaviorOptions:
    """The page's files bear the digest of what is in them, and stay as long as the API says."""
    return cloudfront.BehaviorOptions(
        origin=origin,
        cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
        compress=True,
        viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
    )
