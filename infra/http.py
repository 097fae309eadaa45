"""The HTTP API: LiveKit's webhooks to their own function, everything else to the API's."""

from __future__ import annotations

import json

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.config import Config
from infra.edge import ORIGIN_HEADER
from infra.logs import make_log_group

_WEBHOOKS = apigateway.HttpRouteKey.with_("/webhooks/livekit", apigateway.HttpMethod.POST)
_SERVICES = apigateway.HttpRouteKey.with_("/v1/{proxy+}", apigateway.HttpMethod.ANY)
# A flood on the pages ends at its own limit: workers and LiveKit's webhooks have theirs.
_PAGES_LIMIT = apigateway.ThrottleSettings(rate_limit=50, burst_limit=100)
_ROUTE_LIMITS = {
    _SERVICES.key: {"ThrottlingRateLimit": 100, "ThrottlingBurstLimit": 200},
    _WEBHOOKS.key: {"ThrottlingRateLimit": 200, "ThrottlingBurstLimit": 400},
}
# Paths hold the codes of join links: an access log may hold the route, never the path.
_LOGGED = (
    "requestId",
    "requestTime",
    "httpMethod",
    "routeKey",
    "status",
    "responseLength",
    "responseLatency",
    "integrationErrorMessage",
)


class HttpFront(Construct):
    def __init__(self, scope: Construct, id_: str, *, config: Config) -> None:
        super().__init__(scope, id_)
        self._config = config
        self.api = apigateway.HttpApi(self, "Api", description="LiveKit Handoff", create_default_stage=False)

    def route(
        self, *, default: lambda_.IFunction, webhooks: lambda_.IFunction, gate: lambda_.IFunction
    ) -> None:
        self._gate = _gate(gate)
        api = integrations.HttpLambdaIntegration("DefaultIntegration", default)
        hooks = integrations.HttpLambdaIntegration("WebhooksIntegration", webhooks)
        self._route("Default", key=apigateway.HttpRouteKey.DEFAULT, to=api)
        services = self._route("Services", key=_SERVICES, to=api)
        webhook = self._route("Webhooks", key=_WEBHOOKS, to=hooks)
        stage = self._stage()
        stage.add_property_override("RouteSettings", _ROUTE_LIMITS)
        # The stage's settings name the routes: they have to be there first.
        stage.node.add_dependency(services, webhook)

    def _route(
        self, id_: str, *, key: apigateway.HttpRouteKey, to: integrations.HttpLambdaIntegration
    ) -> apigateway.HttpRoute:
        return apigateway.HttpRoute(
            self, id_, http_api=self.api, route_key=key, integration=to, authorizer=self._gate
        )

    def _stage(self) -> apigateway.CfnStage:
        stage = apigateway.HttpStage(
            self, "Stage", http_api=self.api, stage_name="$default", auto_deploy=True, throttle=_PAGES_LIMIT
        )
        resource = stage.node.default_child
        assert isinstance(resource, apigateway.CfnStage)  # noqa: S101
        logs = make_log_group(self, config=self._config)
        resource.access_log_settings = apigateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=logs.log_group_arn,
            format=json.dumps({name: f"$context.{name}" for name in _LOGGED}),
        )
        return resource


def _gate(door: lambda_.IFunction) -> authorizers.HttpLambdaAuthorizer:
    """API Gateway itself refuses who shows no key; a key that was good is not asked about again soon."""
    return authorizers.HttpLambdaAuthorizer(
        "Gate",
        door,
        response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
        identity_source=[f"$request.header.{ORIGIN_HEADER}"],
        # The doors behind it look again, and know within minutes of a key that was taken back.
        results_cache_ttl=Duration.hours(1),
    )
