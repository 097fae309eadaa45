"""What the laptop's stack leaves out or does otherwise than dev's, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """`where` is a shell pattern over type/name/property; names stand without the stage and CDK's hashes."""

    where: str
    reason: str


_NO_NETWORK = (
    "ministack refuses NAT gateways, their addresses and flow logs, and no packet passes through its network;"
    " so the service names the one that each account begins with"
)
_NO_DELIVERY = "CloudFormation in ministack knows no delivery of logs, and nothing passes its distribution"
_MACHINE = "ministack runs a function with the machine's own Python, so its wheels must be the machine's"
_ADDRESS = "The laptop's front door stands where the cloud's CloudFront does, at a port found free"
_OFFLINE = "The offline stand-ins are spoken to by the same plugins, at a loopback address"
_STAGE = "Each stage is told its name"
_TIME = "Only a laptop may wait shorter for people than people need"
_PATIENCE = "The scenarios on a laptop are timed as prod is; whoever tries dev out waits for every tier alone"
_FREE = "Nobody pays for a laptop's texts, and two hundred rehearsed handoffs send four hundred in an hour"
_RECORD = (
    "What the functions ask of AWS is written down on a laptop, and compared with what their roles allow"
)
_ONE_WORKER = "ministack knows no autoscaling, and a laptop has no cores for a second worker"
_LOAD = "Recognition, synthesis and worker share a laptop's cores: its load says nothing about calls"

DIFFERENCES = (
    Difference("AWS::EC2::*/AgentNetworkVpc*", _NO_NETWORK),
    Difference("AWS::EC2::SecurityGroup/*/VpcId", _NO_NETWORK),
    Difference("AWS::IAM::*/AgentNetworkVpcFlows*", _NO_NETWORK),
    Difference("AWS::Logs::LogGroup/AgentNetworkLogs", _NO_NETWORK),
    Difference("AWS::ECS::Service/*/NetworkConfiguration/AwsvpcConfiguration", _NO_NETWORK),
    Difference("AWS::ApplicationAutoScaling::ScalableTarget/*", _ONE_WORKER),
    Difference("AWS::ApplicationAutoScaling::ScalingPolicy/*", _ONE_WORKER),
    Difference("AWS::ECS::Service/*/DesiredCount", _ONE_WORKER),
    Difference("AWS::Logs::LogGroup/ApiEdgeLogLogs", _NO_DELIVERY),
    Difference("AWS::Logs::ResourcePolicy/ApiEdgeLogLogsPolicyResourcePolicy", _NO_DELIVERY),
    Difference("AWS::Logs::Delivery*", _NO_DELIVERY),
    Difference("AWS::Lambda::Function/*/Architectures", _MACHINE),
    Difference("AWS::Lambda::Function/*/Code/S3Key", _MACHINE),
    Difference("AWS::Lambda::Function/*/HANDOFF_PUBLIC_URL", _ADDRESS),
    Difference("AWS::SSM::Parameter/AgentSettingsHandoffApiUrl/Properties/Value", _ADDRESS),
    Difference("Output/ApiUrl", _ADDRESS),
    Difference("Output/WebhookUrl", _ADDRESS),
    Difference("AWS::SSM::Parameter/AgentSettingsOpenaiBaseUrl", _OFFLINE),
    Difference("AWS::ECS::TaskDefinition/*/OPENAI_BASE_URL", _OFFLINE),
    Difference("AWS::IAM::Policy/AgentTaskExecutionRole*OpenaiBaseUrl*", _OFFLINE),
    Difference("AWS::SSM::Parameter/AgentSettingsDeepgramBaseUrl", _OFFLINE),
    Difference("AWS::ECS::TaskDefinition/*/DEEPGRAM_BASE_URL", _OFFLINE),
    Difference("AWS::IAM::Policy/AgentTaskExecutionRole*DeepgramBaseUrl*", _OFFLINE),
    Difference("AWS::Lambda::Function/*/HANDOFF_STAGE", _STAGE),
    Difference("AWS::CloudWatch::Alarm/*/Dimensions/*", _STAGE),
    Difference("AWS::CloudWatch::Dashboard/*", _STAGE),
    Difference("AWS::SNS::Topic/MonitoringAlarms/*/DisplayName", _STAGE),
    Difference("AWS::Lambda::Function/*/HANDOFF_TIME_FACTOR", _TIME),
    Difference("AWS::Lambda::Function/*/HANDOFF_ACTIONS_LOG", _RECORD),
    Difference("AWS::Lambda::Function/*/HANDOFF_ANSWER_SECONDS", _PATIENCE),
    Difference("AWS::Lambda::Function/*/HANDOFF_SMS_AN_HOUR", _FREE),
    Difference("AWS::SSM::Parameter/AgentSettings*/Properties/Name", _STAGE),
    Difference("AWS::SSM::Parameter/AgentSettingsHandoffStage/Properties/Value", _STAGE),
    Difference("AWS::SSM::Parameter/AgentSettingsHandoffLoadThreshold/Properties/Value", _LOAD),
)
