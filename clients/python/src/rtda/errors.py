"""What can go wrong, by what a caller can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx


class RtdaError(Exception):
    """Every error of this package that concerns the gateway."""


class GatewayUnavailableError(RtdaError):
    """The gateway did not answer, or its answer broke off. The request may or may not have been carried out."""


class AnswerError(RtdaError):
    """The gateway's answer is not what it should be: not JSON, a field is missing, or a checksum does not fit."""


class NotShownYetError(RtdaError):
    """The gateway has accepted an experiment and does not show it yet. Submitting it again would make a second one.

    Attributes:
        experiment: Its id, to ask for later.
    """

    def __init__(self, experiment: str) -> None:
        self.experiment = experiment
        super().__init__(
            f"experiment {experiment} was accepted, and the gateway does not show it yet: do not submit it again, ask for it later"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.experiment,)


class NotDescribedError(RtdaError):
    """An experiment was submitted, but did not get its name, notes and tags: the gateway refused them or did not answer.

    Submitting it again would make a second one.

    Attributes:
        experiment: Its id; ``Client.describe`` gives it a name, notes and tags that are allowed.
    """

    def __init__(self, experiment: str, refusal: str) -> None:
        self.experiment = experiment
        self._refusal = refusal
        super().__init__(
            f"experiment {experiment} was submitted without its name, notes and tags: {refusal}. Do not submit it again, describe it"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.experiment, self._refusal)


class ProblemError(RtdaError):
    """The gateway refused a request and said why in a problem document (RFC 9457).

    Attributes:
        status: The HTTP status, for example 400.
        title: The status in words, for example ``Bad Request``.
        detail: What is wrong, with the value and what is allowed. None where the answer was no problem document.
        type: Identifies the kind of problem; ``about:blank`` where the status says it all.
        field: The field at fault, for example ``attack.epsilon``. None where no field is.
        value: The field's value as it was sent.
        allowed: The values that are allowed, in words.
        extra: Further members of the document.
    """

    _advice = ""

    #: The header of the answer, where a stream was refused and the gateway says how long to wait.
    retry_after: str | None = None

    def __init__(
        self,
        *,
        status: int,
        title: str,
        detail: str | None = None,
        type: str = "about:blank",  # noqa: A002 - the document's own name
        field: str | None = None,
        value: str | None = None,
        allowed: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        self.status = status
        self.title = title
        self.detail = detail
        self.type = type
        self.field = field
        self.value = value
        self.allowed = allowed
        self.extra = dict(extra or {})
        super().__init__(self._in_one_line())

    def _in_one_line(self) -> str:
        said = self.detail or self.title
        # the detail usually holds them already
        more = [
            f"{name} {text}"
            for name, text in (("field", self.field), ("value", self.value), ("allowed:", self.allowed))
            if text is not None and text not in said
        ]
        return f"{self.status} {said}" + (f" ({', '.join(more)})" if more else "") + self._advice

    def __reduce__(self) -> tuple[Any, ...]:
        # pickled, as between processes, by its members: an exception's own way hands on the message alone
        return _unpickled, (type(self), {name: getattr(self, name) for name in _MEMBERS})

    @staticmethod
    def of(response: httpx.Response) -> ProblemError:
        """The error that an answer stands for. The answer's body must have been read.

        Args:
            response: An answer with a status of 300 or more.
        """
        document = _problem_document(response)
        kind = _BY_STATUS.get(response.status_code, ProblemError)
        known = {name: document.pop(name, None) for name in ("type", "title", "detail", "field", "value", "allowed")}
        document.pop("status", None)
        texts = {name: None if given is None else str(given) for name, given in known.items()}
        return kind(
            status=response.status_code,
            title=texts["title"] or response.reason_phrase or "Error",
            detail=texts["detail"],
            type=texts["type"] or "about:blank",
            field=texts["field"],
            value=texts["value"],
            allowed=texts["allowed"],
            extra=document,
        )


class InvalidValueError(ProblemError):
    """Status 400 or 422: a value is missing or not allowed."""


class AuthenticationError(ProblemError):
    """Status 401 or 403: the gateway, or a proxy before it, wants a token (``RTDA_TOKEN``) or does not accept this one."""

    _advice = "; a token is taken from RTDA_TOKEN or Client(token=...)"


class NotFoundError(ProblemError):
    """Status 404: there is no such thing, or it is not there yet."""


class ConflictError(ProblemError):
    """Status 409: what is asked for contradicts what was asked for before, or what has ended."""


_MEMBERS = ("status", "title", "detail", "type", "field", "value", "allowed", "extra")


def _unpickled(kind: type[ProblemError], members: dict[str, Any]) -> ProblemError:
    return kind(**members)


_BY_STATUS: dict[int, type[ProblemError]] = {
    400: InvalidValueError,
    401: AuthenticationError,
    403: AuthenticationError,
    404: NotFoundError,
    409: ConflictError,
    422: InvalidValueError,
}

_LONGEST_EXCERPT = 200


def _problem_document(response: httpx.Response) -> dict[str, Any]:
    """The answer's problem document; of an answer that has none, as of a proxy, the beginning of its text as the detail."""
    try:
        document = response.json()
    except ValueError:
        document = None
    if isinstance(document, dict):
        return document
    lines = response.text.strip().splitlines()
    return {"detail": lines[0][:_LONGEST_EXCERPT]} if lines else {}
