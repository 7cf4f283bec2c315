"""What happens to an experiment, as the gateway streams it and as the Kafka topics carry it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rtda._document import Document
from rtda.documents import Condition, Figure, MetricSubject, ObjectRef, Subgroup, Subset
from rtda.errors import AnswerError


@dataclass(frozen=True)
class Event(Document):
    """What every event has; also an event of a kind that this version does not know, its fields in ``extra``.

    Attributes:
        id: Names the event; one that comes again has the same id.
        experiment_id: Whose it is.
        time: When it was made.
    """

    id: str | None = None
    experiment_id: str | None = None
    time: datetime | None = None
    schema_version: int = 1


@dataclass(frozen=True)
class StatusEvent(Event):
    """The run changed its state: ``QUEUED``, ``RUNNING``, ``TRAINED``, ``FAILED`` or ``CANCELLED``."""

    state: str = ""
    attempt: int = 0
    step: int = 0
    total_steps: int = 0
    epoch: int = 0
    trainer: str | None = None
    device: str | None = None
    objective: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class TrainingStep(Event):
    """One optimiser step.

    Attributes:
        attempt: Grows each time the experiment changes hands.
        step: Steps done, this one included.
        total_steps: Of the whole run.
        epoch: The epoch this step belongs to, from 1.
        loss: The value minimised.
        terms: Its parts by name, before weighting.
        accuracy: By view, the share of the batch that is classified rightly.
        step_millis: Wall time of the step.
        wait_millis: The part of it spent waiting for workers.
        subject: What it is about; None from an earlier build.
        augment_wait_millis: The part of wait_millis for augment workers; None from an earlier build.
        attack_wait_millis: The part of wait_millis for attack workers; None from an earlier build.
    """

    attempt: int = 0
    step: int = 0
    total_steps: int = 0
    epoch: int = 0
    learning_rate: float | None = None
    loss: float | None = None
    terms: Mapping[str, float] = field(default_factory=dict)
    accuracy: Mapping[str, float] = field(default_factory=dict)
    step_millis: float | None = None
    wait_millis: float | None = None
    subject: MetricSubject | None = None
    augment_wait_millis: float | None = None
    attack_wait_millis: float | None = None


@dataclass(frozen=True)
class EvaluationEvent(Event):
    """Something about an evaluation; each kind is a class below.

    Attributes:
        type: ``planned``, ``measured``, ``failed``, ``gate`` or ``completed``.
        evaluation_id: ``EXPERIMENT/epoch-NNNNN`` or ``EXPERIMENT/epoch-NNNNN/NAME``.
        epoch: Epochs that the checkpoint has behind it.
        last: Whether the final checkpoint is evaluated.
        subject: What it is about; None from an earlier build.
    """

    type: str = ""
    evaluation_id: str = ""
    epoch: int = 0
    last: bool = False
    subject: MetricSubject | None = None

    @property
    def own(self) -> bool:
        """Whether the experiment's own settings asked for the evaluation, and nobody by name."""
        return re.fullmatch(r"[^/]+/epoch-\d{5,9}", self.evaluation_id) is not None


@dataclass(frozen=True)
class Planned(EvaluationEvent):
    """What an evaluation will measure.

    Attributes:
        attempt: Of the experiment.
        step: Optimiser steps that the checkpoint has behind it.
        suite: ``quick`` (while training), ``standard``, ``full`` or ``transfer``.
        conditions: What will be measured.
    """

    attempt: int = 0
    step: int = 0
    suite: str | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Measured(EvaluationEvent):
    """The figures of one condition.

    Attributes:
        condition: Under what the model was evaluated.
        values: The figures.
        subset: How many of how many images; None for all.
        subgroups: The same figures of each subgroup's images; empty where no subgroups are known.
    """

    condition: Condition | None = None
    values: tuple[Figure, ...] = ()
    subset: Subset | None = None
    predictions: ObjectRef | None = None
    gallery: ObjectRef | None = None
    subgroups: tuple[Subgroup, ...] = ()


@dataclass(frozen=True)
class ConditionFailed(EvaluationEvent):
    """A condition that could not be measured."""

    condition: Condition | None = None
    reason: str | None = None
    cancelled: bool = False


@dataclass(frozen=True)
class GateJudged(EvaluationEvent):
    """Whether figures can be believed: ``PASSED``, ``FAILED`` or ``NOT_JUDGED``."""

    gate: str = ""
    outcome: str = ""
    concerns: tuple[str, ...] = ()
    finding: str | None = None


@dataclass(frozen=True)
class Completed(EvaluationEvent):
    """Every planned condition was measured or has failed."""

    measured: int = 0
    failed: int = 0
    cancelled: int = 0


_OF_EVALUATION: dict[str, type[EvaluationEvent]] = {
    "planned": Planned,
    "measured": Measured,
    "failed": ConditionFailed,
    "gate": GateJudged,
    "completed": Completed,
}


def parse(kind: str, text: str | bytes) -> Event:
    """Reads one event.

    Args:
        kind: ``status``, ``training`` or ``robustness``: the stream's name of the event. Of a Kafka topic it is the part that
            :func:`kind_of_topic` answers.
        text: The event as JSON.

    Raises:
        AnswerError: The text is no event.
    """
    try:
        document: Any = json.loads(text)
    except ValueError as failure:
        raise AnswerError(f"an event of kind {kind} is not JSON: {text!r:.100}") from failure
    if kind == "status":
        return StatusEvent.from_json(document)
    if kind == "training":
        return TrainingStep.from_json(document)
    if kind == "robustness" and isinstance(document, Mapping):
        return _OF_EVALUATION.get(str(document.get("type")), EvaluationEvent).from_json(document)
    return Event.from_json(document)


_TOPICS = {"experiment-status": "status", "training-metrics": "training", "robustness-metrics": "robustness"}


def kind_of_topic(topic: str) -> str:
    """The kind of the events on a Kafka topic, for :func:`parse`.

    Raises:
        ValueError: The topic carries no such events.
    """
    if topic not in _TOPICS:
        raise ValueError(f"topic must be one of {', '.join(_TOPICS)}, was {topic!r}")
    return _TOPICS[topic]
