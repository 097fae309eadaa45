# The worker's image. The base is an argument, so that a digest or a mirror can be given.
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/agent.txt /tmp/agent.txt
# Wheels only: nothing is compiled and no unlisted file is fetched. The models are inside the wheels.
RUN /opt/venv/bin/pip install --require-hashes --only-binary :all: -r /tmp/agent.txt
COPY agent_container /app/agent_container
RUN /opt/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /app

FROM ${PYTHON_IMAGE}
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin worker
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp
# The only place that may be written to: the root is mounted read-only, and what is mounted here is the worker's.
VOLUME ["/tmp"]
WORKDIR /app
USER 10001
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ.get('HANDOFF_HEALTH_PORT', '8081')}/\", timeout=3)"]
CMD ["python", "-m", "agent_container", "start"]
