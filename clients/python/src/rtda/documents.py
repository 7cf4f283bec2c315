"""The gateway's documents as dataclasses. Radii and step sizes are in pixel units: images are in [0,1]."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from rtda._document import Document, camel_case
from rtda.errors import AnswerError

# ---- an experiment's specification ----


@dataclass(frozen=True)
class ObjectRef(Document):
    """An object in the store, pinned to its content; uploaded weights are one.

    Attributes:
        crc32c: CRC-32C of its bytes, which objects have that live for a training step; None for all others.
    """

    key: str
    sha256: str
    size_bytes: int
    crc32c: str | None = None


@dataclass(frozen=True)
class AttackSettings(Document):
    """An attack and its strength. None takes the gateway's default.

    Attributes:
        name: One of ``known()["attacks"]``, for example ``pgd-l2``.
        epsilon: Radius of the ball. Derived from the image size when None.
        steps: Gradient steps; queries of ``square``.
        step_size: Of PGD alone; ``2.5 * epsilon / steps`` when None.
        random_start: Of PGD alone.
        norm: ``l2`` or ``linf``.
        restarts: How often the search begins.
    """

    name: str | None = None
    epsilon: float | None = None
    steps: int | None = None
    step_size: float | None = None
    random_start: bool | None = None
    norm: str | None = None
    restarts: int | None = None


@dataclass(frozen=True)
class AugMixSettings(Document):
    """AugMix (Hendrycks et al., ICLR 2020). None takes the gateway's default."""

    width: int | None = None
    depth: int | None = None
    severity: float | None = None
    alpha: float | None = None
    all_operations: bool | None = None


@dataclass(frozen=True)
class EvaluationSettings(Document):
    """How an experiment's checkpoints are evaluated. None takes the gateway's default.

    Attributes:
        every_epochs: A quick evaluation after each so many epochs; 0 for none.
        quick_images: Validation images of a quick evaluation, drawn by class.
        test_images: Test images of the final evaluation, drawn by class; 0 for all.
        attack_steps: Steps of the attacks.
        epsilons: L2 radii of the final evaluation, rising.
        linf_epsilons: Linf radii of the final evaluation, rising.
        suite: Of the final evaluation: ``standard`` or ``full``.
        wanted_sensitivity: The share of diseased validation images to be found, by which a second threshold is set.
    """

    every_epochs: int | None = None
    quick_images: int | None = None
    test_images: int | None = None
    attack_steps: int | None = None
    epsilons: tuple[float, ...] | None = None
    linf_epsilons: tuple[float, ...] | None = None
    suite: str | None = None
    wanted_sensitivity: float | None = None


@dataclass(frozen=True)
class OptimizerSettings(Document):
    """How gradients change the weights. None takes the gateway's default."""

    name: str | None = None
    learning_rate: float | None = None
    momentum: float | None = None
    weight_decay: float | None = None
    nesterov: bool | None = None
    schedule: str | None = None
    warmup_epochs: int | None = None
    clip_norm: float | None = None
    averaging: float | None = None


@dataclass(frozen=True)
class PreAugmentation(Document):
    """What makes the clean view of a training image. None takes the gateway's default."""

    horizontal_flip: bool | None = None
    crop_padding: int | None = None


@dataclass(frozen=True)
class SelectionSettings(Document):
    """Which epoch's network is the result, and when training ends early. None takes the gateway's default."""

    checkpoint: str | None = None
    patience: int | None = None
    validation_images: int | None = None


@dataclass(frozen=True)
class InputNormalization(Document):
    """What a network's first layer does to the pixels: ``(x - mean) / deviation``. None takes the gateway's default."""

    name: str | None = None
    mean: tuple[float, ...] | None = None
    deviation: tuple[float, ...] | None = None


@dataclass(frozen=True)
class WarmupSettings(Document):
    """What rises linearly from 0 over the first steps, as shares of all steps. None takes the gateway's default."""

    radius: float | None = None
    consistency: float | None = None


@dataclass(frozen=True)
class ExperimentSpec(Document):
    """All that a training run depends on. None takes the gateway's default (``Client.known()["defaults"]``).

    Attributes:
        dataset: Name of an imported data set.
        method: ``rtda``, ``erm``, ``augmix``, ``adversarial``, ``trades``, ``augmix-adversarial`` or ``robust-augmix``.
        network: One of ``known()["networks"]``, for example ``resnet8``.
        epochs: Passes over the training images.
        batch_size: Images a step.
        seed: Of everything random in the run.
        lambda_: Weight of the consistency term.
        beta: Weight of the divergence in ``trades``.
        lookahead: How many steps ahead attacks are crafted; 0 is the exact algorithm.
        shards: Parts into which attack workers share a batch.
        optimizer: How gradients change the weights.
        pre_augmentation: What makes the clean view of a training image.
        augmix: AugMix's settings.
        attack: The attack in training.
        evaluation: How checkpoints are evaluated.
        batch_norm: ``separate``, ``joint`` or ``dual``.
        class_weights: ``none`` or ``balanced``.
        initial_weights: Weights to begin with, as ``Client.upload_weights`` answers.
        selection: Which epoch's network is the result.
        normalization: What the first layer does to the pixels.
        warmup: What rises over the first steps.
    """

    dataset: str
    method: str | None = None
    network: str | None = None
    epochs: int | None = None
    batch_size: int | None = None
    seed: int | None = None
    lambda_: float | None = None
    beta: float | None = None
    lookahead: int | None = None
    shards: int | None = None
    optimizer: OptimizerSettings | None = None
    pre_augmentation: PreAugmentation | None = None
    augmix: AugMixSettings | None = None
    attack: AttackSettings | None = None
    evaluation: EvaluationSettings | None = None
    batch_norm: str | None = None
    class_weights: str | None = None
    initial_weights: ObjectRef | None = None
    selection: SelectionSettings | None = None
    normalization: InputNormalization | None = None
    warmup: WarmupSettings | None = None

    @staticmethod
    def of(dataset: str, settings: Mapping[str, Any]) -> ExperimentSpec:
        """From settings by name; a group may be a mapping: ``{"attack": {"epsilon": 0.5, "step_size": 0.1}}``.

        Raises:
            TypeError: A name is not known (the message has the nearest that is), or a value is of a wrong type.
        """
        known = [f.name for f in fields(ExperimentSpec)]
        for name in settings:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
                raise TypeError(f"an experiment has no setting {name!r}; {hint}")
        document = {camel_case(name): _plain(value) for name, value in settings.items() if name != "extra"}
        try:
            return ExperimentSpec.from_json({"dataset": dataset, **document, **settings.get("extra", {})})
        except AnswerError as failure:
            raise TypeError(str(failure)) from failure


def _plain(value: Any) -> Any:
    if isinstance(value, Document):
        return value.to_json()
    if isinstance(value, Mapping):
        return {camel_case(key): _plain(item) for key, item in value.items()}
    return value


# ---- experiments and evaluations ----


@dataclass(frozen=True)
class Status(Document):
    """Where a run stands.

    Attributes:
        state: ``QUEUED``, ``RUNNING``, ``TRAINED``, ``FAILED`` or ``CANCELLED``.
        step: Optimiser steps done.
        total_steps: Of the whole run.
        epoch: Epochs done.
        reason: Why it failed.
    """

    state: str
    step: int = 0
    total_steps: int = 0
    epoch: int = 0
    attempt: int = 0
    device: str | None = None
    trainer: str | None = None
    objective: str | None = None
    reason: str | None = None
    time: datetime | None = None


@dataclass(frozen=True)
class QueuePlace(Document):
    """Place among the experiments that wait for a trainer, from 1."""

    place: int
    waiting: int


@dataclass(frozen=True)
class Progress(Document):
    """How far an experiment is that has not ended.

    Attributes:
        phase: ``QUEUED``, ``TRAINING`` or ``EVALUATING``.
        done: Of the phase: optimiser steps, or conditions of the final evaluation.
        total: Of the phase; 0 while it is not known.
        seconds_left: Until the phase ends; None where it is not known.
        queue: None unless the experiment waits for a trainer.
    """

    phase: str
    done: int = 0
    total: int = 0
    seconds_left: int | None = None
    queue: QueuePlace | None = None


@dataclass(frozen=True)
class EvaluationProgress(Document):
    """How far an evaluation is, in conditions.

    Attributes:
        planned: 0 before they are planned.
        measured: Those with figures.
        failed: Those without, the cancelled ones included.
        cancelled: Of ``failed``.
        completed: Whether every planned condition was measured or has failed.
    """

    planned: int = 0
    measured: int = 0
    failed: int = 0
    cancelled: int = 0
    completed: bool = False


@dataclass(frozen=True)
class Gate(Document):
    """A check that believable figures pass.

    Attributes:
        gate: Its name.
        outcome: ``PASSED``, ``FAILED`` or ``NOT_JUDGED``.
        concerns: Conditions whose figures should not be relied on when it fails.
        finding: What was compared, with its numbers.
    """

    gate: str
    outcome: str
    concerns: tuple[str, ...] = ()
    finding: str | None = None


@dataclass(frozen=True)
class Evaluation(Document):
    """An evaluation of a checkpoint.

    Attributes:
        id: ``EXPERIMENT/epoch-NNNNN`` or ``EXPERIMENT/epoch-NNNNN/NAME``.
        experiment: Whose evaluation it is; None from a gateway that does not say.
        name: None for what the experiment's own settings ask for.
        state: ``WAITING``, ``RUNNING``, ``CANCELLING``, ``COMPLETED``, ``FAILED`` (it has no figure at all) or ``CANCELLED``.
        queue: Place among the evaluations of its kind that wait; None unless it waits.
        epoch: Epochs that the checkpoint has behind it.
        last: Whether it evaluates the final checkpoint.
        suite: None while it is not planned.
        transfer_from: Experiments against whose models the images are made; None where it is no transfer.
        epsilon: Radius of the attack on these.
        progress: How far it is.
        gates: Empty before its end, and where the suite has none.
    """

    id: str
    epoch: int = 0
    last: bool = False
    experiment: str | None = None
    name: str | None = None
    state: str | None = None
    queue: QueuePlace | None = None
    suite: str | None = None
    transfer_from: tuple[str, ...] | None = None
    epsilon: float | None = None
    progress: EvaluationProgress = field(default_factory=EvaluationProgress)
    gates: tuple[Gate, ...] = ()

    @property
    def failed_gates(self) -> tuple[Gate, ...]:
        """The gates that it fails."""
        return tuple(gate for gate in self.gates if gate.outcome == "FAILED")

    def _summary(self) -> dict[str, str]:
        done = self.progress
        return {
            "id": self.id,
            "suite": self.suite or "not planned yet",
            "conditions": f"{done.measured} measured, {done.failed} failed, of {done.planned}",
            "completed": "yes" if done.completed else "no",
            "failed gates": ", ".join(gate.gate for gate in self.failed_gates) or "none",
        }


@dataclass(frozen=True)
class DatasetRef(Document):
    """A data set, pinned to one import of it."""

    name: str
    manifest: ObjectRef | None = None


@dataclass(frozen=True)
class DeadLetter(Document):
    """A record that a service could not process."""

    topic: str | None = None
    reason: str | None = None
    partition: int | None = None
    offset: int | None = None
    experiment: str | None = None
    size_bytes: int | None = None
    time: datetime | None = None


@dataclass(frozen=True)
class Unfinished(Document):
    """The parts of an experiment that have not ended.

    Attributes:
        run: ``QUEUED`` or ``TRAINING``; None once the run has ended.
        evaluations: Ids of those that are not complete.
    """

    run: str | None = None
    evaluations: tuple[str, ...] = ()


_ENDED_WITH_THE_RUN = ("FAILED", "CANCELLED")
_TRAINED = "TRAINED"


@dataclass(frozen=True)
class Experiment(Document):
    """An experiment: its full specification, and how far it is.

    Attributes:
        id: Its id, which every method of the client takes.
        spec: With every default filled in.
        name: What people call it.
        notes: What people say of it.
        tags: By which it is found.
        dataset: The data set, pinned to one import of it.
        status: Where the run stands.
        progress: None once nothing more will come, and from a gateway that does not say.
        evaluation: Of the final checkpoint.
        further_evaluations: What people asked for beside it.
        submitted_at: When it was submitted.
        unfinished: What cancelling it ends.
        cancelling: The part of it that people have asked to end.
        cancel_requested: Whether people have ever asked to cancel it.
        dead_letters: Records of this experiment that a service could not process, the first 20.
    """

    id: str
    spec: ExperimentSpec
    status: Status
    name: str | None = None
    notes: str | None = None
    tags: tuple[str, ...] = ()
    dataset: DatasetRef | None = None
    progress: Progress | None = None
    evaluation: EvaluationProgress = field(default_factory=EvaluationProgress)
    further_evaluations: tuple[Evaluation, ...] = ()
    submitted_at: datetime | None = None
    unfinished: Unfinished | None = None
    cancelling: Unfinished | None = None
    cancel_requested: bool = False
    dead_letters: tuple[DeadLetter, ...] = ()

    @property
    def state(self) -> str:
        """``QUEUED``, ``RUNNING``, ``TRAINED``, ``FAILED`` or ``CANCELLED``."""
        return self.status.state

    @property
    def ended(self) -> bool:
        """Whether nothing more will come: failed, cancelled, or trained and its final checkpoint evaluated."""
        return self.state in _ENDED_WITH_THE_RUN or (self.state == _TRAINED and self.evaluation.completed)

    def __repr__(self) -> str:
        return f"<Experiment {self.id}: {self.spec.method} on {self.spec.dataset}, {self.state}, {self._how_far()}>"

    def _how_far(self) -> str:
        if self.ended and self.state == _TRAINED:
            return f"evaluated under {self.evaluation.measured} conditions"
        if self.state == _TRAINED:
            done = self.evaluation.measured + self.evaluation.failed
            return f"{done} of {self.evaluation.planned} conditions evaluated"
        return f"step {self.status.step} of {self.status.total_steps}"

    def _summary(self) -> dict[str, str]:
        summary = {
            "id": self.id,
            "data set": self.spec.dataset,
            "method": self.spec.method or "",
            "network": self.spec.network or "",
            "seed": str(self.spec.seed),
            "state": self.state,
            "progress": self._how_far(),
        }
        if self.status.reason:
            summary["reason"] = self.status.reason
        return summary


# ---- data sets ----


@dataclass(frozen=True)
class Split(Document):
    """One split of a data set.

    Attributes:
        count: Images in it.
        class_counts: Images of each label.
    """

    count: int
    class_counts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Dataset(Document):
    """What an import wrote.

    Attributes:
        name: Its name.
        channels: 1 or 3.
        height: Of the images, in pixels.
        width: Likewise.
        classes: Names by label.
        splits: ``train``, ``val``, ``test``, and ``shift-LABEL`` for each external test set.
        source_sha256: By split, of the file that it was read from.
        modality: Chooses the corruptions' strengths.
        healthy_class: The label that means no disease; None where nobody said.
        report: After the import of an archive: what became of its files. The gateway does not keep it.
    """

    name: str
    channels: int
    height: int
    width: int
    classes: tuple[str, ...]
    splits: Mapping[str, Split]
    source_sha256: Mapping[str, str] = field(default_factory=dict)
    provenance: str | None = None
    licence: str | None = None
    imported_at: datetime | None = None
    modality: str | None = None
    healthy_class: int | None = None
    channel_means: tuple[float, ...] | None = None
    channel_deviations: tuple[float, ...] | None = None
    report: Mapping[str, Any] | None = None

    def __repr__(self) -> str:
        return f"<Dataset {self.name}: {self.channels} x {self.height} x {self.width}, {self._counts()}>"

    def _counts(self) -> str:
        return ", ".join(f"{name} {split.count}" for name, split in self.splits.items())

    def _summary(self) -> dict[str, str]:
        return {
            "name": self.name,
            "images": f"{self.channels} x {self.height} x {self.width}",
            "classes": ", ".join(self.classes),
            "splits": self._counts(),
            "modality": self.modality or "not given",
            "healthy class": "not given" if self.healthy_class is None else self.classes[self.healthy_class],
            "licence": self.licence or "not given",
        }


# ---- conditions and figures ----


@dataclass(frozen=True)
class AttackSet(Document):
    """Several attacks, of which the worst counts on each image."""

    name: str
    members: tuple[AttackSettings, ...] = ()

    @property
    def strength(self) -> AttackSettings | None:
        """Norm and radius, which all members share; None without members."""
        return AttackSettings(norm=self.members[0].norm, epsilon=self.members[0].epsilon) if self.members else None


@dataclass(frozen=True)
class SourceModel(Document):
    """The model that images of a transfer were made against."""

    experiment_id: str
    network: str | None = None
    weights: ObjectRef | None = None
    normalization: InputNormalization | None = None


@dataclass(frozen=True)
class Condition(Document):
    """One way in which a model is evaluated. Only the fields of its kind are set.

    Attributes:
        kind: ``CLEAN``, ``ATTACK``, ``CORRUPTION``, ``SHIFT``, ``ATTACKED_CORRUPTION``, ``WORST_CASE``, ``TRANSFER`` or ``PROBE``.
        split: The images: ``val``, ``test`` or ``shift-LABEL``.
        goal: Of an attack that has one, for example ``miss``; any wrong class will do without it.
    """

    kind: str
    split: str | None = None
    attack: AttackSettings | None = None
    corruption: str | None = None
    severity: int | None = None
    goal: str | None = None
    attack_set: AttackSet | None = None
    source: SourceModel | None = None
    probe: str | None = None

    @property
    def strength(self) -> AttackSettings | None:
        """The attack, or what the attacks of a set share; None where nothing attacks. A radius goes with its norm."""
        return self.attack or (self.attack_set.strength if self.attack_set else None)


@dataclass(frozen=True)
class Figure(Document):
    """A figure with its 95% interval.

    Attributes:
        metric: For example ``accuracy``.
        value: None where it is not defined; ``note`` says why.
        low: Lower end of the interval.
        high: Upper end.
        n: Images behind it.
        note: What to mind.
        healthy_class_assumed: Of a figure about disease: whether nobody said which class is healthy.
        constant: What the best constant answer scores.
        constant_answer: Which answer that is.
    """

    metric: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    note: str | None = None
    healthy_class_assumed: bool | None = None
    constant: float | None = None
    constant_answer: str | None = None


@dataclass(frozen=True)
class Subset(Document):
    """Part of a split's images, drawn by class: so many of so many."""

    images: int
    of: int


@dataclass(frozen=True)
class Subgroup(Document):
    """A condition's figures on the images that share a property.

    Attributes:
        attribute: ``site``, ``scanner``, ``sex``, ``ageBand``, ``laterality`` or ``view``.
        value: Which one, for example ``F``.
        class_counts: Images by label.
        small: Whether a class has fewer than 10 images.
        values: Accuracy and balanced accuracy; without a value where a class has no image.
    """

    attribute: str
    value: str
    class_counts: tuple[int, ...] = ()
    small: bool = False
    values: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class MetricSubject(Document):
    """What a metric is about, so that one message can be shown without another beside it.

    Attributes:
        dataset: Name of the data set.
        method: Of the training.
        network: Likewise.
        seed: Likewise.
        norm: Of the attack in training; None of a method that trains without one.
        epsilon: Its radius, in pixel units.
        suite: Of the evaluation; None of a training metric.
        evaluation: The name under which people asked for the evaluation; None of an experiment's own.
        condition: The condition's label, as results name it; None of a message that is about no single condition.
    """

    dataset: str
    method: str
    network: str
    seed: int
    norm: str | None = None
    epsilon: float | None = None
    suite: str | None = None
    evaluation: str | None = None
    condition: str | None = None
