"""A gateway for tests: answers from a list, and keeps the requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

import rtda

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Gateway:
    """Gives its answers one after the other; asked more often than that, it fails the test."""

    def __init__(self, *answers: Answer) -> None:
        self.requests: list[httpx.Request] = []
        self.bodies: list[bytes] = []
        self.delays: list[float] = []
        self._answers = list(answers)

    def client(self, *, token: str | None = None, retries: rtda.Retries | None = None) -> rtda.Client:
        client = rtda.Client(
            "http://gateway:8080", token=token, retries=retries, transport=httpx.MockTransport(self._answer)
        )
        client._http.sleep = self.delays.append
        return client

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.bodies.append(request.read())
        assert self._answers, f"not expected: {request.method} {request.url}"
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer

    @property
    def asked(self) -> list[str]:
        return [f"{r.method} {r.url.raw_path.decode()}" for r in self.requests]

    @property
    def all_given(self) -> bool:
        return not self._answers


def ok(document: Any, **headers: str) -> httpx.Response:
    return httpx.Response(200, json=document, headers=headers)


def problem(status: int, detail: str, **more: Any) -> httpx.Response:
    document = {"type": "about:blank", "title": "Title", "status": status, "detail": detail, **more}
    return httpx.Response(status, json=document, headers={"Content-Type": "application/problem+json"})


def sse(*events: str) -> httpx.Response:
    """A stream that ends after these events."""
    text = "".join(event + "\n\n" for event in events)
    return httpx.Response(200, text=text, headers={"Content-Type": "text/event-stream"})


def experiment(**changes: Any) -> dict[str, Any]:
    """An experiment as the gateway shows it, trained and evaluated."""
    document: dict[str, Any] = {
        "id": "exp-1",
        "spec": {"dataset": "busi", "method": "rtda", "network": "resnet8", "seed": 7, "lambda": 12.0, "batchSize": 64},
        "dataset": {"name": "busi", "manifest": {"key": "datasets/busi/m.json", "sha256": "ab", "sizeBytes": 12}},
        "status": {
            "state": "TRAINED",
            "attempt": 1,
            "step": 20,
            "totalSteps": 20,
            "epoch": 2,
            "device": "cpu",
            "trainer": None,
            "reason": None,
            "time": "2026-11-29T15:08:12.815452271Z",
        },
        "progress": None,
        "evaluation": {"planned": 3, "measured": 3, "failed": 0, "cancelled": 0, "completed": True},
        "furtherEvaluations": [],
        "submittedAt": "2026-11-29T15:08:12Z",
        "unfinished": {"run": None, "evaluations": []},
        "cancelRequested": False,
        "deadLetters": [],
    }
    return document | changes
