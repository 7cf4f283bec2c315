"""How the gateway's JSON documents become dataclasses, and back."""

from __future__ import annotations

import dataclasses
import html
import re
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, TypeVar

from rtda.errors import AnswerError

D = TypeVar("D", bound="Document")

_EXTRA = "extra"
#: fromisoformat of Python 3.10 takes three or six digits of a second; the gateway writes up to nine.
_DIGITS_OF_SECOND = 6
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True)
class Document:
    """A document of the gateway.

    Fields are named as in the JSON document, in snake case (``batchSize`` is ``batch_size``; ``lambda``, which is a word of Python, is
    ``lambda_``). A later gateway may send further fields: they are kept in ``extra``, under their JSON names.

    Attributes:
        extra: Fields that this version of the package does not know.
    """

    extra: Mapping[str, Any] = field(default_factory=dict, repr=False, hash=False, kw_only=True)

    @classmethod
    def from_json(cls: type[D], document: Any) -> D:
        """Reads a document.

        Args:
            document: What ``json.loads`` gives.

        Raises:
            AnswerError: It is no object, or a field that this class needs is missing or of another type.
        """
        if not isinstance(document, Mapping):
            raise AnswerError(f"{cls.__name__} must be an object, was {document!r:.100}")
        values: dict[str, Any] = {}
        known = _fields(cls)
        for name, (key, kind, has_default) in known.items():
            given = document.get(key)
            if given is not None:
                values[name] = _read(kind, given, f"{cls.__name__}.{key}")
            elif not has_default:
                raise AnswerError(f"{cls.__name__} has no field {key}")
        keys = {key for key, _, _ in known.values()}
        values[_EXTRA] = {key: value for key, value in document.items() if key not in keys}
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        """The document as ``json.dumps`` takes it; fields that are None are left out."""
        document = dict(self.extra)
        for name, (key, _, _) in _fields(type(self)).items():
            value = getattr(self, name)
            if value is not None:
                document[key] = _write(value)
        return document

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{html.escape(name)}</th>"
            f"<td style='text-align:left'>{html.escape(text)}</td></tr>"
            for name, text in self._summary().items()
        )
        return f"<table><caption>{html.escape(type(self).__name__)}</caption>{rows}</table>"

    def _summary(self) -> dict[str, str]:
        """What a notebook shows: names and texts."""
        return {
            f.name: str(getattr(self, f.name))
            for f in dataclasses.fields(self)
            if f.repr and getattr(self, f.name) is not None
        }


def camel_case(name: str) -> str:
    """The JSON name of a field: ``batch_size`` is ``batchSize``, ``lambda_`` is ``lambda``."""
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


def snake_case(key: str) -> str:
    """The Python name of a JSON field: ``batchSize`` is ``batch_size``."""
    return "".join("_" + c.lower() if c.isupper() else c for c in key)


_FIELDS: dict[type, dict[str, tuple[str, Any, bool]]] = {}


def _fields(cls: type[Document]) -> dict[str, tuple[str, Any, bool]]:
    """By name of the field: its JSON name, its type, and whether it may be absent. Found out once for each class."""
    if cls not in _FIELDS:
        _FIELDS[cls] = _fields_of(cls)
    return _FIELDS[cls]


def _fields_of(cls: type[Document]) -> dict[str, tuple[str, Any, bool]]:
    kinds = typing.get_type_hints(cls)
    return {
        f.name: (
            camel_case(f.name),
            kinds[f.name],
            f.default is not dataclasses.MISSING or f.default_factory is not dataclasses.MISSING,
        )
        for f in dataclasses.fields(cls)
        if f.name != _EXTRA
    }


def _read(kind: Any, value: Any, place: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        # every such type is "T or None", and None does not come here
        return _read(next(arg for arg in typing.get_args(kind) if arg is not type(None)), value, place)
    if origin is tuple:
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise AnswerError(f"{place} must be a list, was {value!r:.100}")
        return tuple(_read(typing.get_args(kind)[0], item, f"{place}[{i}]") for i, item in enumerate(value))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            raise AnswerError(f"{place} must be an object, was {value!r:.100}")
        return {key: _read(typing.get_args(kind)[1], item, f"{place}.{key}") for key, item in value.items()}
    if kind is Any:
        return value
    if isinstance(kind, type) and issubclass(kind, Document):
        return kind.from_json(value)
    if kind is datetime:
        return read_time(value, place)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise AnswerError(f"{place} must be of type {kind.__name__}, was {value!r:.100}")
    return value


def read_time(value: Any, place: str) -> datetime:
    """An instant in ISO 8601 as a datetime of UTC; digits below the microsecond are dropped.

    Raises:
        AnswerError: It is none.
    """
    try:
        parts = _INSTANT.fullmatch(str(value))
        if parts is None:
            raise ValueError("no instant")
        whole, digits, zone = parts.groups()
        micros = (digits or "")[:_DIGITS_OF_SECOND].ljust(_DIGITS_OF_SECOND, "0")
        return datetime.fromisoformat(f"{whole}.{micros}{'+00:00' if zone == 'Z' else zone}").astimezone(timezone.utc)
    except ValueError as failure:
        raise AnswerError(f"{place} must be an instant like 2026-01-31T12:00:00Z, was {value!r:.100}") from failure


def write_time(value: datetime) -> str:
    """An instant in ISO 8601, in UTC; a time without a zone is local time."""
    return value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def _write(value: Any) -> Any:
    if isinstance(value, Document):
        return value.to_json()
    if isinstance(value, datetime):
        return write_time(value)
    if isinstance(value, Mapping):
        return {key: _write(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_write(item) for item in value]
    return value
