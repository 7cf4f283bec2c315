"""How far an experiment is, told from its events alone."""

from __future__ import annotations

from rtda.events import Completed, ConditionFailed, Event, Measured, Planned, StatusEvent, TrainingStep

QUEUED = "queued"
TRAINING = "training"
EVALUATING = "evaluating"

_TRAINED = "TRAINED"
_NO_MORE_COMES = ("FAILED", "CANCELLED")


class Course:
    """Takes an experiment's events in, in any order and some of them twice."""

    def __init__(self) -> None:
        self.state = "QUEUED"
        self.reason: str | None = None
        self.step = 0
        self.total_steps = 0
        self.loss: float | None = None
        self.planned = 0
        self._seen: set[str] = set()
        self._is_evaluated = False

    def apply(self, event: Event) -> None:
        """Takes one event in."""
        if isinstance(event, StatusEvent):
            self.state = event.state
            self.reason = event.reason
            self.step, self.total_steps = event.step, event.total_steps
        elif isinstance(event, TrainingStep):
            self.step, self.total_steps, self.loss = event.step, event.total_steps, event.loss
        elif isinstance(event, Planned) and event.last and event.own:
            self.planned = len(event.conditions)
        elif isinstance(event, (Measured, ConditionFailed)) and event.last and event.own:
            self._seen.add(event.id or "")
        elif isinstance(event, Completed) and event.last and event.own:
            self._is_evaluated = True

    @property
    def evaluated(self) -> int:
        """Conditions of the final evaluation that have an answer."""
        return len(self._seen)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come: failed, cancelled, or trained and its final checkpoint evaluated."""
        return self.state in _NO_MORE_COMES or (self.state == _TRAINED and self._is_evaluated)

    @property
    def phase(self) -> str:
        """``queued``, ``training`` or ``evaluating``; of an experiment that has ended, the last that it was in."""
        if self.planned or self.state == _TRAINED:
            return EVALUATING
        return TRAINING if self.step else QUEUED

    @property
    def done(self) -> int:
        """Of the phase: optimiser steps, or conditions."""
        return self.evaluated if self.phase == EVALUATING else self.step

    @property
    def total(self) -> int:
        """Of the phase; 0 while it is not known."""
        return self.planned if self.phase == EVALUATING else self.total_steps
