"""An experiment's events as the gateway sends them, over breaks of the connection."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
from httpx_sse import EventSource, ServerSentEvent, SSEError

from rtda import events
from rtda._http import Http, path
from rtda._retries import Retries
from rtda.errors import AnswerError, GatewayUnavailableError, ProblemError
from rtda.events import Event

_MILLIS = 1000.0
#: The last event of an experiment of which nothing runs any more.
_END = "end"


class EventStream:
    """Iterates over an experiment's events until nothing more will come.

    Each event comes once, though the gateway may send it again after a break.
    """

    def __init__(self, http: Http, experiment: str, *, from_start: bool) -> None:
        self._http = http
        self._experiment = experiment
        self._from_start = from_start
        self._seen: set[str] = set()
        self._last_id = ""
        self._server_delay: float | None = None
        self._breaks = 0

    @property
    def has_all_that_was_known(self) -> bool:
        """Whether the events that there were at the beginning have come: of these only the last one has a place in the stream."""
        return bool(self._last_id)

    def __iter__(self) -> Iterator[Event]:
        """Events as they come.

        Raises:
            ProblemError: The gateway refuses, for example because there is no such experiment.
            GatewayUnavailableError: The stream broke off as often in a row as there are tries, without an event in between.
        """
        while True:
            failure: Exception
            retry_after: str | None = None
            try:
                for sse in self._connection():
                    self._take_place(sse)
                    if sse.event == _END:
                        return
                    event = events.parse(sse.event, sse.data) if sse.data else None
                    if event is not None and self._is_new(event):
                        self._breaks = 0
                        yield event
                failure = GatewayUnavailableError(f"the gateway at {self._http.base} ended the stream")
            except httpx.TransportError as broken:
                failure = self._http.unavailable(broken, self._breaks + 1)
            except ProblemError as refused:
                # only a refusal that may pass: more streams than the gateway serves, or a proxy without a gateway
                if refused.status not in Retries.PASSING_STATUSES:
                    raise
                failure = refused
                retry_after = refused.retry_after
            self._breaks += 1
            if self._breaks >= self._http.retries.tries:
                raise failure
            self._http.sleep(self._delay(retry_after))

    def _connection(self) -> Iterator[ServerSentEvent]:
        params = {"experiment": self._experiment}
        if not self._from_start and not self._last_id:
            params["from"] = "now"
        headers = {"Last-Event-ID": self._last_id} if self._last_id else {}
        with self._http.stream(path("metrics", "stream"), params, headers) as response:
            try:
                yield from EventSource(response).iter_sse()
            except SSEError as failure:
                raise AnswerError(
                    f"the answer to {response.request.url} is no stream of events: {failure}"
                ) from failure

    def _take_place(self, sse: ServerSentEvent) -> None:
        if sse.retry is not None:
            self._server_delay = sse.retry / _MILLIS
        if sse.data and sse.id:
            # where the gateway goes on after a break; not every event has one
            self._last_id = sse.id

    def _is_new(self, event: Event) -> bool:
        if not event.id:
            return True
        if event.id in self._seen:
            return False
        self._seen.add(event.id)
        return True

    def _delay(self, retry_after: str | None) -> float:
        own = self._http.retries.delay(self._breaks, retry_after)
        return (
            own
            if retry_after is not None or self._server_delay is None
            else min(self._server_delay, self._http.retries.longest_delay)
        )
