"""How far an experiment or an evaluation is, told from its events alone."""

from __future__ import annotations

from typing import Protocol

from rtda.events import (
    Completed,
    ConditionFailed,
    EvaluationEvent,
    Event,
    Measured,
    Planned,
    StatusEvent,
    TrainingStep,
)

QUEUED = "queued"
TRAINING = "training"
EVALUATING = "evaluating"

_TRAINED = "TRAINED"
_NO_MORE_COMES = ("FAILED", "CANCELLED")


class Standing(Protocol):
    """What a progress bar shows."""

    @property
    def phase(self) -> str:
        """``queued``, ``training`` or ``evaluating``; of what has ended, the last that it was in."""

    @property
    def done(self) -> int:
        """Of the phase: optimiser steps, or conditions."""

    @property
    def total(self) -> int:
        """Of the phase; 0 while it is not known."""

    @property
    def loss(self) -> float | None:
        """Of the latest optimiser step."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""

    @property
    def outcome(self) -> str:
        """How it ended, in a word; only of what has ended."""


class Conditions:
    """The conditions of one evaluation. Takes its events in, in any order and some of them twice."""

    def __init__(self) -> None:
        self.planned = 0
        self.completed = False
        self._answered: set[str] = set()

    def apply(self, event: EvaluationEvent) -> None:
        """Takes one event in."""
        if isinstance(event, Planned):
            self.planned = len(event.conditions)
        elif isinstance(event, (Measured, ConditionFailed)):
            self._answered.add(event.id or "")
        elif isinstance(event, Completed):
            self.completed = True

    @property
    def answered(self) -> int:
        """Those that were measured or have failed."""
        return len(self._answered)


class EvaluationCourse:
    """How far one evaluation is."""

    phase = EVALUATING
    loss = None
    outcome = "complete"

    def __init__(self, evaluation_id: str) -> None:
        self._id = evaluation_id
        self._conditions = Conditions()

    def apply(self, event: Event) -> None:
        """Takes one event of its experiment in."""
        if isinstance(event, EvaluationEvent) and event.evaluation_id == self._id:
            self._conditions.apply(event)

    @property
    def done(self) -> int:
        """Conditions that have an answer."""
        return self._conditions.answered

    @property
    def total(self) -> int:
        """All conditions; 0 while they are not planned."""
        return self._conditions.planned

    @property
    def ended(self) -> bool:
        """Whether every condition has an answer, and the gates were judged."""
        return self._conditions.completed


class Course:
    """How far an experiment is. Takes its events in, in any order and some of them twice."""

    def __init__(self) -> None:
        self.state = "QUEUED"
        self.step = 0
        self.total_steps = 0
        self._loss: float | None = None
        self._final = Conditions()

    def apply(self, event: Event) -> None:
        """Takes one event in."""
        if isinstance(event, StatusEvent):
            self.state = event.state
            self.step, self.total_steps = event.step, event.total_steps
        elif isinstance(event, TrainingStep):
            self.step, self.total_steps, self._loss = event.step, event.total_steps, event.loss
        elif isinstance(event, EvaluationEvent) and event.last and event.own:
            self._final.apply(event)

    @property
    def loss(self) -> float | None:
        """Of the latest optimiser step."""
        return self._loss

    @property
    def ended(self) -> bool:
        """Whether nothing more will come: failed, cancelled, or trained and its final checkpoint evaluated."""
        return self.state in _NO_MORE_COMES or (self.state == _TRAINED and self._final.completed)

    @property
    def outcome(self) -> str:
        """The state in lower case."""
        return self.state.lower()

    @property
    def phase(self) -> str:
        """``queued``, ``training`` or ``evaluating``; of an experiment that has ended, the last that it was in."""
        if self._final.planned or self.state == _TRAINED:
            return EVALUATING
        return TRAINING if self.step else QUEUED

    @property
    def done(self) -> int:
        """Of the phase: optimiser steps, or conditions."""
        return self._final.answered if self.phase == EVALUATING else self.step

    @property
    def total(self) -> int:
        """Of the phase; 0 while it is not known."""
        return self._final.planned if self.phase == EVALUATING else self.total_steps
