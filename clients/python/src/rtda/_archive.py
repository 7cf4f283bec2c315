"""What is said of a ZIP archive of images, as the fields of the gateway's form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_FIELDS = {
    "side",
    "channels",
    "fit",
    "window",
    "frame",
    "split",
    "seed",
    "patient_pattern",
    "label_column",
    "column",
    "encoding",
    "map",
    "strict",
    "allow_shared_patients",
    "allow_duplicates",
}


def archive_fields(settings: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """Fields by name: ``label_column`` is ``label-column``, a mapping a field for each pair, a sequence one with commas.

    Raises:
        ValueError: A setting is not known.
    """
    unknown = sorted(set(settings) - _FIELDS)
    if unknown:
        raise ValueError(f"there is no setting {unknown[0]} of an archive; there are {', '.join(sorted(_FIELDS))}")
    return {name.replace("_", "-"): _text(value) for name, value in settings.items() if value is not None}


def _text(value: Any) -> str | list[str]:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return [f"{key}={of}" for key, of in value.items()]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(str(each) for each in value)
    return str(value)
