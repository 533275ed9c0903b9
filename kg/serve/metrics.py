"""Counts of what the server did, in the text format of Prometheus."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.pool import Pool

#: The upper ends, in seconds, between which answers are counted.
_BUCKETS: Final = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0)
_ENDS: Final = (*_BUCKETS, float("inf"))


class Metrics:
    """What is counted in this process."""

    def __init__(self) -> None:
        self._statuses: Counter[int] = Counter()
        self._seconds: Counter[str] = Counter()
        self._buckets: dict[str, Counter[float]] = {}

    def took(self, task: str, seconds: float) -> None:
        """A job was answered, refused or ended after so long."""
        self._seconds[task] += seconds  # type: ignore[assignment]
        if (buckets := self._buckets.get(task)) is None:
            buckets = self._buckets[task] = Counter()
        buckets[_ENDS[bisect_left(_BUCKETS, seconds)]] += 1

    def counting(self, app: ASGIApp) -> ASGIApp:
        """The application, whose answers are counted by status."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            async def sending(message: Message) -> None:
                if message["type"] == "http.response.start":
                    self._statuses[message["status"]] += 1
                await send(message)

            await app(scope, receive, sending)

        return counted

    def text(self, pool: Pool) -> str:
        """All counts."""
        return "".join(f"{line}\n" for line in self._lines(pool))

    def _lines(self, pool: Pool) -> Iterator[str]:
        yield "# TYPE kg_responses_total counter"
        for status, count in sorted(self._statuses.items()):
            yield f'kg_responses_total{{status="{status}"}} {count}'
        yield "# TYPE kg_job_seconds histogram"
        for task, buckets in sorted(self._buckets.items()):
            total = 0
            for end in _ENDS:
                total += buckets[end]
                name = "+Inf" if end == float("inf") else f"{end:g}"
                yield f'kg_job_seconds_bucket{{job="{task}",le="{name}"}} {total}'
            yield f'kg_job_seconds_sum{{job="{task}"}} {self._seconds[task]:.6f}'
            yield f'kg_job_seconds_count{{job="{task}"}} {total}'
        for name, count in pool.counts.items():
            yield f"# TYPE kg_{name.replace(' ', '_')}_total counter"
            yield f"kg_{name.replace(' ', '_')}_total {count}"
        gauges = {
            "workers": pool.alive, "workers_busy": pool.busy, "requests_waiting": pool.waiting,
            "triples": pool.about.triples if pool.about else 0,
        }  # fmt: skip
        for name, value in gauges.items():
            yield f"# TYPE kg_{name} gauge"
            yield f"kg_{name} {value}"
