"""Which requests are made again, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import httpx


@dataclass(frozen=True)
class Timeouts:
    """How long to wait, in seconds.

    Attributes:
        connect: For a connection.
        read: For the next bytes of an answer.
        upload: For the answer to an upload, which comes when the gateway has checked and stored all of it.
        stream: For the next event or sign of life of a stream; the gateway sends one every 15 s.
    """

    connect: float = 5.0
    read: float = 30.0
    upload: float = 1800.0
    stream: float = 60.0

    def __post_init__(self) -> None:
        for name in ("connect", "read", "upload", "stream"):
            value = getattr(self, name)
            if not value > 0:
                raise ValueError(f"{name} must be above 0 seconds, was {value}")

    def answer(self) -> httpx.Timeout:
        """Of an ordinary request."""
        return httpx.Timeout(self.read, connect=self.connect)

    def long_upload(self) -> httpx.Timeout:
        """Of a request that carries a file."""
        return httpx.Timeout(self.upload, connect=self.connect)

    def events(self) -> httpx.Timeout:
        """Of a stream of events."""
        return httpx.Timeout(self.stream, connect=self.connect)


@dataclass(frozen=True)
class Retries:
    """How often and when a request is made again.

    A request that changes nothing when it arrives twice (every GET, a submission with its idempotency key, ...) is made again after a
    broken connection, a time-out, and an answer with status 429, 502, 503 or 504. Any other request is made again only where it has
    certainly changed nothing: no connection came about, or the gateway refused to begin it (status 429).

    Attributes:
        tries: How often a request is made at most; 1 for no retries. A stream is taken up again as often in a row.
        first_delay: Seconds before the second try. The delay doubles from try to try.
        longest_delay: Most seconds before a try where the gateway does not say how long to wait.
        longest_retry_after: Most seconds before a try where the gateway's ``Retry-After`` says how long to wait.
    """

    #: A refusal to begin a request.
    TOO_MANY_REQUESTS: ClassVar[int] = 429

    #: Refusals that may pass: too many requests, and a gateway or proxy that cannot serve just now.
    PASSING_STATUSES: ClassVar[frozenset[int]] = frozenset({TOO_MANY_REQUESTS, 502, 503, 504})

    tries: int = 4
    first_delay: float = 0.5
    longest_delay: float = 8.0
    longest_retry_after: float = 60.0

    def __post_init__(self) -> None:
        if self.tries < 1:
            raise ValueError(f"tries must be at least 1, was {self.tries}")
        if not 0 <= self.first_delay <= self.longest_delay:
            raise ValueError(
                f"delays must be 0 <= first_delay <= longest_delay, were {self.first_delay} and {self.longest_delay}"
            )

    def delay(self, tries_made: int, retry_after: str | None = None) -> float:
        """Seconds to wait after so many tries.

        Args:
            tries_made: At least 1.
            retry_after: The header of the answer; only whole seconds are read, not dates.
        """
        if retry_after is not None and retry_after.strip().isdecimal():
            return min(float(retry_after), self.longest_retry_after)
        return float(min(self.first_delay * 2 ** (tries_made - 1), self.longest_delay))

    @staticmethod
    def may_repeat(response: httpx.Response, *, idempotent: bool) -> bool:
        """Whether the same request may be answered otherwise later, and made again without harm."""
        return response.status_code == Retries.TOO_MANY_REQUESTS or (
            idempotent and response.status_code in Retries.PASSING_STATUSES
        )

    @staticmethod
    def never_arrived(failure: httpx.TransportError) -> bool:
        """Whether the request certainly did not reach the gateway."""
        return isinstance(failure, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout))
