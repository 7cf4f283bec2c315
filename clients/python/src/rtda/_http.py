"""Requests to the gateway: addresses, the token, time-outs, retries, refusals."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import httpx

from rtda._retries import Retries, Timeouts
from rtda._version import __version__
from rtda.errors import AnswerError, GatewayUnavailableError, ProblemError

#: What all paths of the gateway's interface begin with.
API = "api/v1"

#: Parameters of a query; one with a list of values is sent once for each.
Params = Mapping[str, str | list[str]]

_FIRST_NO_SUCCESS = 300


def path(*segments: str) -> str:
    """A path below the prefix, each segment escaped: ``path("experiments", "exp-1")`` is ``/api/v1/experiments/exp-1``."""
    return "/" + "/".join([API, *(quote(segment, safe="") for segment in segments)])


class Http:
    """Makes requests. Safe for use by several threads, as httpx.Client is."""

    def __init__(
        self,
        base: str,
        *,
        token: str | None,
        timeouts: Timeouts,
        retries: Retries,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = _checked(base)
        self.timeouts = timeouts
        self.retries = retries
        self.sleep = sleep
        headers = {"User-Agent": f"rtda-python/{__version__}", "Accept": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.Client(
            base_url=self.base, headers=headers, timeout=timeouts.answer(), transport=transport, follow_redirects=False
        )

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def get(self, path: str, params: Params | None = None, *, accept: str | None = None) -> httpx.Response:
        """An answer with its body, after retries.

        Raises:
            ProblemError: The gateway refuses.
            GatewayUnavailableError: It does not answer.
        """
        request = self._client.build_request("GET", path, params=_given(params), headers=_accept(accept))
        return self._send(request, idempotent=True)

    def get_json(self, path: str, params: Params | None = None) -> Any:
        """The document of an answer; errors as for :meth:`get`, and :class:`AnswerError` where it is not JSON."""
        return json_of(self.get(path, params))

    def post_json(self, path: str, document: Any, *, idempotent: bool, headers: Mapping[str, str] | None = None) -> Any:
        """Sends a document (None for an empty body) and answers with the document that comes back; errors as for :meth:`get_json`.

        Args:
            idempotent: Whether the request changes nothing when it arrives twice.
        """
        body: dict[str, Any] = {} if document is None else {"json": document}
        request = self._client.build_request("POST", path, headers=dict(headers or {}), **body)
        return json_of(self._send(request, idempotent=idempotent))

    def patch_json(self, path: str, document: Any) -> Any:
        """Changes what is there, to the same however often it arrives; errors as for :meth:`get_json`."""
        return json_of(self._send(self._client.build_request("PATCH", path, json=document), idempotent=True))

    def delete(self, path: str, params: Params | None = None) -> None:
        """Removes what is there; errors as for :meth:`get`."""
        self._send(self._client.build_request("DELETE", path, params=_given(params)), idempotent=False)

    def upload(self, path: str, fields: Mapping[str, Any], files: list[tuple[str, Any]], *, idempotent: bool) -> Any:
        """Sends a form with files, which httpx reads while it sends; errors as for :meth:`get_json`."""

        def request() -> httpx.Request:
            for _, (_, content, _) in files:
                content.seek(0)
            return self._client.build_request(
                "POST", path, data=dict(fields), files=files, timeout=self.timeouts.long_upload()
            )

        return json_of(self._send(request, idempotent=idempotent))

    @contextmanager
    def stream(self, path: str, params: Mapping[str, str], headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """An answer whose body is read as it comes. One try; transport errors are httpx's own, here and while it is read.

        Raises:
            ProblemError: The gateway refuses.
        """
        sent = {"Accept": "text/event-stream", "Cache-Control": "no-store", **headers}
        with self._client.stream("GET", path, params=params, headers=sent, timeout=self.timeouts.events()) as response:
            if response.status_code >= _FIRST_NO_SUCCESS:
                response.read()
                refusal = ProblemError.of(response)
                refusal.retry_after = response.headers.get("Retry-After")
                raise refusal
            yield response

    def unavailable(self, failure: httpx.TransportError, tries: int) -> GatewayUnavailableError:
        """The error for a request that got no answer, with what to do."""
        said = str(failure) or type(failure).__name__
        times = "" if tries == 1 else f" ({tries} tries)"
        if Retries.never_arrived(failure):
            return GatewayUnavailableError(
                f"the gateway at {self.base} does not answer{times}: {said}. Is it running, and is RTDA_GATEWAY right?"
            )
        if isinstance(failure, httpx.TimeoutException):
            return GatewayUnavailableError(f"the gateway at {self.base} did not answer in time{times}: {said}")
        return GatewayUnavailableError(f"the gateway at {self.base} broke off{times}: {said}")

    def _send(self, request: httpx.Request | Callable[[], httpx.Request], *, idempotent: bool) -> httpx.Response:
        tries = 0
        while True:
            tries += 1
            may_repeat = tries < self.retries.tries
            try:
                response = self._client.send(request() if callable(request) else request)
            except httpx.TransportError as failure:
                if may_repeat and (idempotent or Retries.never_arrived(failure)):
                    self.sleep(self.retries.delay(tries))
                    continue
                raise self.unavailable(failure, tries) from failure
            if response.status_code < _FIRST_NO_SUCCESS:
                return response
            if may_repeat and Retries.may_repeat(response, idempotent=idempotent):
                self.sleep(self.retries.delay(tries, response.headers.get("Retry-After")))
                continue
            raise ProblemError.of(response)


def json_of(response: httpx.Response) -> Any:
    """The document of an answer.

    Raises:
        AnswerError: It is not JSON.
    """
    try:
        return response.json()
    except ValueError as failure:
        raise AnswerError(
            f"the answer to {response.request.method} {response.request.url} is not JSON: {failure}"
        ) from failure


def _given(params: Params | None) -> dict[str, str | list[str]] | None:
    return dict(params) if params else None


def _accept(media_type: str | None) -> dict[str, str]:
    return {} if media_type is None else {"Accept": media_type}


def _checked(base: str) -> str:
    try:
        url = httpx.URL(base)
    except httpx.InvalidURL as failure:
        raise ValueError(f"the gateway's address must be like http://HOST:PORT, was {base!r}") from failure
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"the gateway's address must be like http://HOST:PORT, was {base!r}")
    return str(url).rstrip("/")
