"""Images and labels as the NPZ files that the gateway imports (the layout of MedMNIST)."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from typing import Any, BinaryIO, Union

import numpy as np
import numpy.typing as npt

#: What is imported: the path of an NPZ file or of a ZIP archive of images; arrays named as in an NPZ file (``train_images``,
#: ``train_labels``, ...); or by split (``train``, ``val``, ``test``) a pair of images and labels.
Source = Union[str, "os.PathLike[str]", Mapping[str, Any]]

#: An external test set: the path of an NPZ file with ``test_images`` and ``test_labels`` or of an archive, or a pair of images and labels.
ShiftSource = Union[str, "os.PathLike[str]", tuple[Any, Any]]

_SPLITS = ("train", "val", "test")


def open_source(source: Source) -> tuple[str, BinaryIO]:
    """A file's name and its content, open for reading.

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: An array is missing, or images and labels do not fit each other; the message names it.
    """
    if isinstance(source, Mapping):
        return "arrays.npz", write_npz(arrays_of(source))
    return _open(source)


def open_shift(label: str, source: ShiftSource) -> tuple[str, BinaryIO]:
    """Likewise of an external test set."""
    if isinstance(source, tuple):
        return f"{label}.npz", write_npz(_pair("test", source, f"shifts[{label!r}]"))
    return _open(source)


def arrays_of(source: Mapping[str, Any]) -> dict[str, npt.NDArray[Any]]:
    """Arrays by the names that they have in an NPZ file, checked as far as the gateway's refusal would come late."""
    if any(name in source for name in _SPLITS):
        arrays: dict[str, npt.NDArray[Any]] = {}
        for name, pair in source.items():
            if name not in _SPLITS:
                raise ValueError(
                    f"a split must be one of {', '.join(_SPLITS)}, was {name!r}; others are given as shifts"
                )
            arrays.update(_pair(name, pair, name))
    else:
        arrays = {name: np.asarray(array) for name, array in source.items()}
    for split in _SPLITS:
        for part in ("images", "labels"):
            if f"{split}_{part}" not in arrays:
                raise ValueError(f"there is no array {split}_{part}; there are {', '.join(sorted(arrays)) or 'none'}")
        _check_fit(split, arrays[f"{split}_images"], arrays[f"{split}_labels"])
    return arrays


def write_npz(arrays: Mapping[str, npt.NDArray[Any]]) -> BinaryIO:
    """An NPZ file in memory, at its beginning."""
    file = io.BytesIO()
    np.savez_compressed(file, **dict(arrays))  # type: ignore[arg-type]  # one of its own options is named, too
    file.seek(0)
    return file


def _pair(split: str, pair: Any, place: str) -> dict[str, npt.NDArray[Any]]:
    try:
        images, labels = pair
    except (TypeError, ValueError) as failure:
        raise ValueError(f"{place} must be a pair of images and labels") from failure
    arrays = {f"{split}_images": np.asarray(images), f"{split}_labels": np.asarray(labels)}
    _check_fit(place, arrays[f"{split}_images"], arrays[f"{split}_labels"])
    return arrays


def _check_fit(place: str, images: npt.NDArray[Any], labels: npt.NDArray[Any]) -> None:
    if images.ndim not in (3, 4):
        raise ValueError(
            f"{place}: images must be of shape N x H x W, N x H x W x 1 or N x H x W x 3, were of {images.shape}"
        )
    if len(images) != len(labels):
        raise ValueError(f"{place}: there must be a label for each image, were {len(images)} and {len(labels)}")


def _open(path: str | os.PathLike[str]) -> tuple[str, BinaryIO]:
    return os.path.basename(os.fspath(path)), open(path, "rb")
