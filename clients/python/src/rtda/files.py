"""What the gateway gives as files: models, weights, reports; and predictions, which are arrays."""

from __future__ import annotations

import html as htmllib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rtda.documents import Condition
from rtda.errors import AnswerError


@dataclass(frozen=True)
class ModelFile:
    """A checkpoint's model (ONNX) or weights (safetensors). Its checksum has been verified.

    Attributes:
        name: A file name for it.
        content: Its bytes.
        sha256: Of its bytes, in hexadecimal.
        epoch: Epochs that the checkpoint has behind it.
        final: Whether training is complete with it.
    """

    name: str
    content: bytes = field(repr=False)
    sha256: str
    epoch: int | None = None
    final: bool | None = None

    def save(self, path: str | os.PathLike[str] | None = None) -> Path:
        """Writes the file.

        Args:
            path: A file, or a folder that exists; in the present folder when None.

        Returns:
            Where it lies.
        """
        return _save(self.content, path, self.name)

    def __bytes__(self) -> bytes:
        return self.content

    def __len__(self) -> int:
        return len(self.content)


@dataclass(frozen=True)
class Report:
    """A report: one page of HTML that needs nothing else. A notebook shows it.

    Attributes:
        name: A file name for it.
        html: The page.
    """

    name: str
    html: str = field(repr=False)

    def save(self, path: str | os.PathLike[str] | None = None) -> Path:
        """Writes the page; as :meth:`ModelFile.save`."""
        return _save(self.html.encode(), path, self.name)

    def _repr_html_(self) -> str:
        # a frame of its own: the page's style must not change the notebook's, and nothing in it may run
        page = htmllib.escape(self.html, quote=True)
        return f'<iframe sandbox srcdoc="{page}" style="width:100%;height:40em;border:1px solid #ccc"></iframe>'


def _save(content: bytes, path: str | os.PathLike[str] | None, name: str) -> Path:
    target = Path(name if path is None else path)
    if target.is_dir():
        target = target / name
    target.write_bytes(content)
    return target


@dataclass(frozen=True, eq=False)
class Predictions:
    """What a model said of each image under one condition.

    Attributes:
        experiment: Whose model.
        evaluation: In which evaluation.
        condition: Under what.
        classes: Names by label.
        labels: The true class of each image; N.
        predicted: The class with the greatest logit; N.
        probabilities: Softmax of the logits, rounded to six decimals; N x classes.
        indices: Places of the images in the split, rising; N.
        extra: Fields that this version of the package does not know.
    """

    experiment: str
    evaluation: str
    condition: Condition
    classes: tuple[str, ...]
    labels: npt.NDArray[np.int64]
    predicted: npt.NDArray[np.int64]
    probabilities: npt.NDArray[np.float64]
    indices: npt.NDArray[np.int64]
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @staticmethod
    def from_json(document: Mapping[str, Any]) -> Predictions:
        """Reads the gateway's document.

        Raises:
            AnswerError: A field is missing, or lengths differ.
        """
        rest = dict(document)
        rest.pop("schemaVersion", None)
        try:
            labels = np.asarray(rest.pop("labels"), dtype=np.int64)
            indices = rest.pop("indices", None)
            predictions = Predictions(
                experiment=rest.pop("experimentId"),
                evaluation=rest.pop("evaluationId"),
                condition=Condition.from_json(rest.pop("condition")),
                classes=tuple(rest.pop("classes")),
                labels=labels,
                predicted=np.asarray(rest.pop("predicted"), dtype=np.int64),
                probabilities=np.asarray(rest.pop("probabilities"), dtype=np.float64),
                # documents without them hold the first images of the split
                indices=np.arange(len(labels)) if indices is None else np.asarray(indices, dtype=np.int64),
                extra=rest,
            )
        except KeyError as missing:
            raise AnswerError(f"Predictions has no field {missing.args[0]}") from missing
        except ValueError as failure:
            raise AnswerError(f"Predictions holds a list that is no array of numbers: {failure}") from failure
        lengths = {
            name: len(getattr(predictions, name)) for name in ("labels", "predicted", "probabilities", "indices")
        }
        if len(set(lengths.values())) != 1:
            raise AnswerError(f"Predictions must hold as many of each, has {lengths}")
        return predictions

    @property
    def correct(self) -> npt.NDArray[np.bool_]:
        """By image, whether the model is right."""
        right: npt.NDArray[np.bool_] = self.predicted == self.labels
        return right

    def to_frame(self) -> pd.DataFrame:
        """One row for each image: index (its place in the split), label, predicted, correct, and ``p_CLASS`` by class."""
        table = pd.DataFrame({"label": self.labels, "predicted": self.predicted, "correct": self.correct})
        for i, name in enumerate(self.classes):
            table[f"p_{name}"] = self.probabilities[:, i]
        table.index = pd.Index(self.indices, name="index")
        return table

    def __len__(self) -> int:
        return len(self.labels)

    def __repr__(self) -> str:
        return (
            f"<Predictions of {self.evaluation} under {self.condition.kind} on {self.condition.split}: "
            f"{int(self.correct.sum())} of {len(self)} right>"
        )
