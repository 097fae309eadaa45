"""Says that the process answers; it asks nothing of the parts behind it."""

from fastapi import APIRouter

from lambda_api.schemas.health import HealthOut

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz() -> HealthOut:
    return HealthOut(status="ok")
