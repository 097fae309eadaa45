"""Answers as API Gateway wants them, for what no framework answers."""

import json
from typing import Any

from lambda_api.errors.problems import MEDIA_TYPE, Problem


def refused(problem: Problem) -> dict[str, Any]:
    return answer(problem.status, MEDIA_TYPE, problem.body())


def answer(status: int, media_type: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"content-type": media_type, "cache-control": "no-store", "x-content-type-options": "nosniff"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body), "isBase64Encoded": False}
