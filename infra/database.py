"""The one table that holds escalations, links, roster, outbox and idempotency records."""

from __future__ import annotations

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

_READ_WRITE = (
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
)
_BY_THE_TABLE = ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*")


class Database(Construct):
    def __init__(self, scope: Construct, id_: str, *, keeps_data: bool, customer_key: bool) -> None:
        super().__init__(scope, id_)
        removal = RemovalPolicy.RETAIN if keeps_data else RemovalPolicy.DESTROY
        key = self._key(removal) if customer_key else None
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=_text("pk"),
            sort_key=_text("sk"),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute="expires_at",
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED if key else None,
            encryption_key=key,
            deletion_protection=keeps_data,
            removal_policy=removal,
        )
        self._add_index("by_status", key="status_key")
        self._add_index("by_created", key="list_key")

    def grant_read_write(self, grantee: iam.IGrantable) -> None:
        # Named one by one: no function may scan the table, change it or read its stream.
        indexes = [f"{self.table.table_arn}/index/{name}" for name in ("by_created", "by_status")]
        iam.Grant.add_to_principal(
            grantee=grantee, actions=list(_READ_WRITE), resource_arns=[self.table.table_arn]
        )
        iam.Grant.add_to_principal(grantee=grantee, actions=["dynamodb:Query"], resource_arns=indexes)

    def _add_index(self, name: str, *, key: str) -> None:
        self.table.add_global_secondary_index(
            index_name=name, partition_key=_text(key), sort_key=_text("created_at")
        )

    def _key(self, removal: RemovalPolicy) -> kms.Key:
        """Whoever may read the table may have it decrypted, and by nothing but the table."""
        key = kms.Key(
            self,
            "Key",
            description="Handoff: the table",
            enable_key_rotation=True,
            removal_policy=removal,
        )
        through_it = {
            "kms:ViaService": f"dynamodb.{Aws.REGION}.{Aws.URL_SUFFIX}",
            "kms:CallerAccount": Aws.ACCOUNT_ID,
        }
        key.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.AnyPrincipal()],
                actions=list(_BY_THE_TABLE),
                resources=["*"],
                conditions={"StringEquals": through_it},
            )
        )
        return key


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
