"""The client of the gateway."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, nullcontext
from datetime import datetime
from itertools import islice
from types import TracebackType
from typing import Any, TypeVar

import httpx
import pandas as pd

from rtda._archive import archive_fields
from rtda._course import Course, EvaluationCourse
from rtda._document import Document, write_time
from rtda._http import Http, path
from rtda._npz import ShiftSource, Source, open_shift, open_source
from rtda._progress import progress_bar
from rtda._retries import Retries, Timeouts
from rtda._stream import EventStream
from rtda.comparison import Comparison
from rtda.documents import Dataset, Evaluation, Experiment, ExperimentSpec, ObjectRef
from rtda.errors import AnswerError, NotDescribedError, NotFoundError, NotShownYetError
from rtda.events import Event, TrainingStep
from rtda.files import ModelFile, Predictions, Report
from rtda.tables import results_table, subgroups_table, training_table

#: The address where a composition of this machine serves the gateway.
DEFAULT_GATEWAY = "http://127.0.0.1:8080"

#: Entries of a page: the most that the gateway gives.
_PAGE = 200

#: Seconds until an experiment that was accepted must be shown, and between two looks.
_LONGEST_UNTIL_SHOWN = 60.0
_BETWEEN_LOOKS = 1.0

#: An experiment, or its id.
ExperimentLike = str | Experiment

D = TypeVar("D", bound=Document)


class Client:
    """The gateway of RTDA.

    Use it as a context manager, or close it::

        with rtda.Client() as client:
            experiment = client.submit("busi", method="rtda", epochs=5)
            experiment = client.follow(experiment)
            print(client.results(experiment))

    Every method raises :class:`rtda.ProblemError` when the gateway refuses (its subclasses say what kind of refusal it is),
    :class:`rtda.GatewayUnavailableError` when it does not answer, and :class:`rtda.AnswerError` when its answer cannot be read. Safe for use
    by several threads.
    """

    def __init__(
        self,
        gateway: str | None = None,
        *,
        token: str | None = None,
        timeouts: Timeouts | None = None,
        retries: Retries | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Makes a client; connections are opened when they are needed.

        Args:
            gateway: Address, for example ``http://127.0.0.1:8080``. When None the environment's ``RTDA_GATEWAY``, else
                :data:`rtda.client.DEFAULT_GATEWAY`.
            token: Sent as ``Authorization: Bearer``, to a gateway or a proxy before it that asks for one. When None the environment's
                ``RTDA_TOKEN``, else none is sent.
            timeouts: How long to wait.
            retries: How often requests that may be repeated are made again.
            transport: Of httpx, for tests and for special connections (certificates, proxies).

        Raises:
            ValueError: The address is none.
        """
        self._http = Http(
            gateway or os.environ.get("RTDA_GATEWAY") or DEFAULT_GATEWAY,
            token=token or os.environ.get("RTDA_TOKEN") or None,
            timeouts=timeouts or Timeouts(),
            retries=retries or Retries(),
            transport=transport,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def __repr__(self) -> str:
        return f"<rtda.Client of {self.gateway}>"

    @property
    def gateway(self) -> str:
        """The gateway's address."""
        return self._http.base

    # ---- what there is ----

    def known(self) -> dict[str, Any]:
        """The names that a specification may use, by kind (``methods``, ``networks``, ``attacks``, ...), and its ``defaults``."""
        return _object(self._http.get_json(path("known")), "known")

    def experiments(
        self,
        *,
        dataset: str | None = None,
        method: str | None = None,
        network: str | None = None,
        state: str | None = None,
        tag: str | None = None,
        norm: str | None = None,
        radius: float | None = None,
        submitted_from: datetime | None = None,
        submitted_before: datetime | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> list[Experiment]:
        """The experiments that have everything that is given, newest first.

        Args:
            dataset: Only those on this data set.
            method: Only those of this method.
            network: Only those of this network.
            state: Only those in this state: ``QUEUED``, ``RUNNING``, ``TRAINED``, ``FAILED`` or ``CANCELLED``.
            tag: Only those with this tag.
            norm: Only those whose training has an attack of this norm: ``l2`` or ``linf``.
            radius: Only those whose training has an attack of this radius, in pixel units.
            submitted_from: Only those that were submitted at this time or later. A time without a zone is local time.
            submitted_before: Only those that were submitted before this time. A time without a zone is local time.
            sort: ``-submittedAt``, newest first, or ``submittedAt``, oldest first; newest first when None.
            limit: The first so many of them; all when None.

        Raises:
            InvalidValueError: No experiment can have such a value: the method, network, state or norm is not known, the radius is out of
                range, or the data set or tag is not a name. It is also raised if ``sort`` is anything else. A data set or tag that no
                experiment has is not refused: the list is empty.
        """
        _check_limit(limit)
        found = self.iter_experiments(
            dataset=dataset,
            method=method,
            network=network,
            state=state,
            tag=tag,
            norm=norm,
            radius=radius,
            submitted_from=submitted_from,
            submitted_before=submitted_before,
            sort=sort,
            page_size=_page_size(limit),
        )
        return list(islice(found, limit))

    def iter_experiments(
        self,
        *,
        dataset: str | None = None,
        method: str | None = None,
        network: str | None = None,
        state: str | None = None,
        tag: str | None = None,
        norm: str | None = None,
        radius: float | None = None,
        submitted_from: datetime | None = None,
        submitted_before: datetime | None = None,
        sort: str | None = None,
        page_size: int = _PAGE,
    ) -> Iterator[Experiment]:
        """As :meth:`experiments`, but one after the other: a page is read when its first experiment is needed.

        Args:
            dataset: This argument and the following ones are those of :meth:`experiments`.
            page_size: Experiments that are read at once, 1 to 200.
        """
        chosen = {
            "dataset": dataset,
            "method": method,
            "network": network,
            "state": state,
            "tag": tag,
            "norm": norm,
            "radius": None if radius is None else str(radius),
            "submittedFrom": None if submitted_from is None else write_time(submitted_from),
            "submittedBefore": None if submitted_before is None else write_time(submitted_before),
            "sort": sort,
        }
        return self._pages(Experiment, "experiments", chosen, page_size)

    def _pages(self, kind: type[D], what: str, chosen: Mapping[str, str | None], page_size: int) -> Iterator[D]:
        params = {name: value for name, value in chosen.items() if value is not None} | {"limit": str(page_size)}
        while True:
            page = _object(self._http.get_json(path(what), params), what)
            yield from _list(kind, page.get(what), what)
            if page.get("next") is None:
                return
            params["cursor"] = str(page["next"])

    def experiment(self, experiment: ExperimentLike) -> Experiment:
        """One experiment as it is now."""
        return Experiment.from_json(self._http.get_json(_of(experiment)))

    def datasets(self) -> list[Dataset]:
        """All data sets, each as its latest import left it, by name."""
        return _list(Dataset, self._http.get_json(path("datasets")), "data sets")

    def dataset(self, name: str) -> Dataset:
        """One data set."""
        return Dataset.from_json(self._http.get_json(path("datasets", name)))

    # ---- data sets and weights ----

    def import_dataset(
        self,
        name: str,
        source: Source,
        *,
        shifts: Mapping[str, ShiftSource] | None = None,
        classes: Sequence[str] | None = None,
        healthy: str | int | None = None,
        modality: str | None = None,
        provenance: str | None = None,
        licence: str | None = None,
        scale: bool = False,
        archive: Mapping[str, Any] | None = None,
    ) -> Dataset:
        """Imports images and labels. A name that exists gets a new import; experiments keep the one they were submitted with.

        An import is made once: it is repeated only where no connection came about.

        Args:
            name: Lower-case letters, digits, ``_``, ``.`` and ``-``, 63 at most.
            source: The path of an NPZ file, or of a ZIP archive of pictures or DICOM files, which the gateway reads; arrays named as in an
                NPZ file (``train_images``, ``train_labels``, and likewise ``val`` and ``test``); or pairs of images and labels by split
                (``{"train": (images, labels), "val": ..., "test": ...}``). Images are N x H x W, N x H x W x 1 or N x H x W x 3, uint8,
                with sides from 8 to 1024. Labels are whole numbers from 0.
            shifts: External test sets by label: an NPZ file's path or a pair of images and labels.
            classes: Names by label; numbers when None.
            healthy: Name or label of the class that means no disease.
            modality: ``ultrasound``, ``chest-xray``, ``mammogram`` or ``other``; it chooses the corruptions' strengths.
            provenance: Where the images come from.
            licence: For example ``CC BY 4.0``.
            scale: Whether images are floats in [0,1], which become 0 to 255.
            archive: Of a ZIP archive, how its images are prepared: ``side``, ``channels``, ``fit``, ``window``, ``frame``, ``split``
                (``(70, 10, 20)``), ``seed``, ``patient_pattern``, ``label_column``, ``column`` (by what it holds), ``encoding``, ``map``
                (classes by label), ``strict``, ``allow_shared_patients``, ``allow_duplicates``. What is not given takes the gateway's default.

        Returns:
            The data set. After an archive its ``report`` says which files were left out and why, and which pictures are there twice.

        Raises:
            ValueError: An array is missing, or images and labels do not fit each other, or a setting of an archive is not known.
            FileNotFoundError: There is no such file.
        """
        fields: dict[str, Any] = {
            "name": name,
            "class": list(classes) if classes else None,
            "healthy": None if healthy is None else str(healthy),
            "modality": modality,
            "provenance": provenance,
            "licence": licence,
            "scale": "true" if scale else None,
            **archive_fields(archive or {}),
        }
        with ExitStack() as opened:
            parts = [("file", open_source(source))]
            opened.callback(parts[0][1][1].close)
            for label, shift in (shifts or {}).items():
                parts.append((f"shift-{label}", open_shift(label, shift)))
                opened.callback(parts[-1][1][1].close)
            files = [(part, (file_name, file, "application/octet-stream")) for part, (file_name, file) in parts]
            given = {field: value for field, value in fields.items() if value is not None}
            return Dataset.from_json(self._http.upload(path("datasets"), given, files, idempotent=False))

    def upload_weights(self, file: str | os.PathLike[str]) -> ObjectRef:
        """Brings weights (safetensors, float32) to begin a training with: ``submit(..., initial_weights=client.upload_weights(file))``."""
        with open(file, "rb") as content:
            part = ("file", (os.path.basename(os.fspath(file)), content, "application/octet-stream"))
            return ObjectRef.from_json(self._http.upload(path("weights"), {}, [part], idempotent=True))

    def delete_dataset(self, name: str, *, ended: bool = False) -> None:
        """Removes all imports of a name, with all objects.

        Args:
            name: Of the data set.
            ended: Whether to remove it although experiments that have ended used it. Their predictions and galleries go, too; their models
                and figures stay, but cannot be evaluated again.

        Raises:
            ConflictError: It is being imported, or an experiment needs it.
            NotFoundError: There is none.
        """
        self._http.delete(path("datasets", name), {"ended": "true"} if ended else None)

    # ---- commands ----

    def submit(
        self,
        spec: str | ExperimentSpec,
        *,
        name: str | None = None,
        notes: str | None = None,
        tags: Iterable[str] | None = None,
        idempotency_key: str | None = None,
        **settings: Any,
    ) -> Experiment:
        """Submits an experiment. It is made once, however often the request has to be repeated.

        Args:
            spec: A data set's name, with ``settings``; or a whole specification.
            name: What people call it, as for :meth:`describe`.
            notes: What people say of it.
            tags: By which it is found.
            idempotency_key: The same key names the same experiment, also in another process; a fresh key when None.
            settings: With a data set's name: any field of :class:`rtda.ExperimentSpec`, for example
                ``method="rtda", network="resnet8", epochs=5, attack={"epsilon": 0.5}``. What is not given takes the gateway's default.

        Returns:
            The experiment, with every default filled in.

        Raises:
            TypeError: A setting is not known.
            InvalidValueError: A value is not allowed or does not fit the data set.
            ConflictError: The key was used for another specification.
            NotShownYetError: The gateway has accepted it and does not show it within a minute. It has no name, notes or tags
                then. Do not submit it again.
            NotDescribedError: The gateway has accepted it, but not its name, notes or tags. Do not submit it again.
        """
        if isinstance(spec, ExperimentSpec):
            if settings:
                raise TypeError(f"settings are part of a whole specification; given beside it: {', '.join(settings)}")
            whole = spec
        else:
            whole = ExperimentSpec.of(spec, settings)
        key = str(uuid.uuid4()) if idempotency_key is None else idempotency_key
        answer = self._http.post_json(
            path("experiments"), whole.to_json(), idempotent=True, headers={"Idempotency-Key": key}
        )
        submitted = self._shown(_id(answer, "a submission"))
        if name is None and notes is None and tags is None:
            return submitted
        try:
            return self.describe(submitted, name=name, notes=notes, tags=tags)
        except RtdaError as failure:
            raise NotDescribedError(submitted.id, str(failure)) from failure

    def _shown(self, experiment: str) -> Experiment:
        """An experiment that was accepted, as soon as the gateway shows it: what it shows follows what it accepts."""
        waited = 0.0
        while True:
            try:
                return self.experiment(experiment)
            except NotFoundError as absent:
                if waited >= _LONGEST_UNTIL_SHOWN:
                    raise NotShownYetError(experiment) from absent
                self._http.sleep(_BETWEEN_LOOKS)
                waited += _BETWEEN_LOOKS

    def evaluate(
        self,
        experiment: ExperimentLike,
        suite: str | None = None,
        *,
        transfer_from: Iterable[ExperimentLike] | None = None,
        epsilon: float | None = None,
        epoch: int | None = None,
        name: str | None = None,
    ) -> str:
        """Has a checkpoint evaluated beside what the experiment's own settings ask for.

        Asking again changes nothing. The request is repeated after a broken connection only where ``epoch`` and ``name`` are given, since
        a newer checkpoint may have come in between.

        Args:
            experiment: Whose checkpoint.
            suite: ``quick``, ``standard`` or ``full``; ``full`` when None and ``transfer_from`` is None.
            transfer_from: Experiments against whose models the images are made.
            epsilon: Radius of the attack on these, in pixel units; that of the experiment's training when None.
            epoch: Of the checkpoint; the newest when None.
            name: Of the evaluation; the suite or ``transfer`` when None.

        Returns:
            The evaluation's id, for ``results(..., evaluation=...)`` and ``evaluations``.
        """
        wanted = {
            "suite": suite,
            "transferFrom": None if transfer_from is None else [_id_of(source) for source in transfer_from],
            "epsilon": epsilon,
            "epoch": epoch,
            "name": name,
        }
        answer = self._http.post_json(
            _of(experiment, "evaluations"),
            {key: value for key, value in wanted.items() if value is not None},
            idempotent=epoch is not None and name is not None,
        )
        return _id(answer, "an evaluation")

    def cancel(self, experiment: ExperimentLike) -> Experiment:
        """Ends what is left of an experiment: its run, queued or training, and its evaluations. Checkpoints stay.

        Returns:
            The experiment; ``cancelling`` says what will end.

        Raises:
            ConflictError: All of it has ended.
        """
        return Experiment.from_json(self._http.post_json(_of(experiment, "cancel"), None, idempotent=True))

    def describe(
        self,
        experiment: ExperimentLike,
        *,
        name: str | None = None,
        notes: str | None = None,
        tags: Iterable[str] | None = None,
    ) -> Experiment:
        """Gives an experiment a name, notes and tags. What is None stays as it is, what is empty is removed.

        Args:
            experiment: Which.
            name: At most 100 characters.
            notes: At most 4000 characters.
            tags: All of them, at most 20, each 1 to 63 of a-z, 0-9, ``.``, ``_`` and ``-``.
        """
        given = {"name": name, "notes": notes, "tags": None if tags is None else list(tags)}
        change = {field: value for field, value in given.items() if value is not None}
        return Experiment.from_json(self._http.patch_json(_of(experiment), change))

    def run_again(self, experiment: ExperimentLike) -> Experiment:
        """Submits an experiment's specification once more, as a new experiment.

        Returns:
            The new experiment.
        """
        return self.submit(self.experiment(experiment).spec)

    def delete(self, experiment: ExperimentLike) -> None:
        """Deletes an experiment that has ended, with its model, figures and predictions.

        Raises:
            ConflictError: It has not ended, or another experiment needs it.
            NotFoundError: There is none.
        """
        self._http.delete(_of(experiment))

    def cancel_evaluation(self, experiment: ExperimentLike, evaluation: str) -> Evaluation:
        """Ends one evaluation and nothing else. Figures that it has stay.

        Args:
            experiment: Whose evaluation.
            evaluation: The name that it was asked for by (of several epochs the last one's), or its epoch and name, for example
                ``epoch-00003/full``. Of the experiment's own evaluations the epoch, for example ``epoch-00005``.

        Raises:
            ConflictError: It has ended.
        """
        document = self._http.post_json(
            _of(experiment, "evaluations", *evaluation.split("/"), "cancel"), None, idempotent=True
        )
        return Evaluation.from_json(document)

    # ---- following ----

    def events(self, experiment: ExperimentLike, *, from_start: bool = True) -> Iterator[Event]:
        """The experiment's events, each once, until the experiment has ended: trained and evaluated, failed or cancelled.

        A stream that breaks off is taken up again where it was.

        Args:
            experiment: Whose events.
            from_start: Whether the events that there are already come first.

        Yields:
            :class:`rtda.events.StatusEvent`, :class:`rtda.events.TrainingStep` and the kinds of :class:`rtda.events.EvaluationEvent`.
        """
        course = Course()
        stream = EventStream(self._http, _id_of(experiment), from_start=from_start)
        for event in stream:
            course.apply(event)
            yield event
            # of what is known already the newest status comes first, and the steps and figures after it
            if course.ended and stream.has_all_that_was_known:
                return

    def follow(
        self,
        experiment: ExperimentLike,
        *,
        progress: bool = True,
        on_event: Callable[[Event], None] | None = None,
    ) -> Experiment:
        """Waits until the experiment has ended: trained and evaluated, failed or cancelled. Interrupting it changes nothing.

        Args:
            experiment: Which one.
            progress: Whether a progress bar is shown: in the cell of a notebook, else on standard error.
            on_event: Is called with every event, those before the call included.

        Returns:
            The experiment; ``state`` says how it ended, and ``status.reason`` why where it failed.
        """
        course = Course()
        with closing(progress_bar(_id_of(experiment))) if progress else nullcontext() as bar:
            for event in self.events(experiment):
                course.apply(event)
                if bar:
                    bar.show(course)
                if on_event:
                    on_event(event)
        return self.experiment(experiment)

    def follow_evaluation(self, evaluation: str, *, progress: bool = True) -> Evaluation:
        """Waits until an evaluation is complete; one that is cancelled is complete, too. Interrupting it changes nothing.

        Args:
            evaluation: Its id, as ``evaluate`` answers.
            progress: Whether a progress bar is shown, as by :meth:`follow`.

        Returns:
            The evaluation, with its gates.

        Raises:
            NotFoundError: There is no such evaluation.
        """
        experiment, _, _ = evaluation.partition("/")
        self._evaluation(experiment, evaluation)
        course = EvaluationCourse(evaluation)
        with closing(progress_bar(evaluation)) if progress else nullcontext() as bar:
            for event in EventStream(self._http, experiment, from_start=True):
                course.apply(event)
                if bar:
                    bar.show(course)
                if course.ended:
                    break
        return self._evaluation(experiment, evaluation)

    def _evaluation(self, experiment: str, evaluation: str) -> Evaluation:
        all_of_it = self.evaluations(experiment)
        for each in all_of_it:
            if each.id == evaluation:
                return each
        raise NotFoundError(
            status=404,
            title="Not Found",
            detail=f"there is no evaluation {evaluation}",
            field="evaluation",
            value=evaluation,
            allowed=f"one of {[each.id for each in all_of_it]}",
        )

    # ---- results ----

    def results(
        self, experiments: ExperimentLike | Iterable[ExperimentLike], *, evaluation: str | None = None
    ) -> pd.DataFrame:
        """Every figure of an evaluation, with its 95% interval, n and flags; one row for each figure.

        Args:
            experiments: One or several.
            evaluation: An evaluation's id or name; the final one of each experiment's own when None. Where there are several experiments, a
                name.

        Returns:
            The columns of :data:`rtda.RESULT_COLUMNS`. Rows come as they are measured; ``Experiment.ended`` says whether all are there.
        """
        params = {} if evaluation is None else {"evaluation": evaluation}
        rows: list[Mapping[str, Any]] = []
        for experiment in _several(experiments):
            answer = self._http.get_json(_of(experiment, "results"), params)
            rows.extend(_object(row, "a result") for row in _array(answer, "results"))
        return results_table(rows)

    def subgroups(self, experiments: ExperimentLike | Iterable[ExperimentLike]) -> pd.DataFrame:
        """The figures of the final evaluation by subgroup (sex, age band, site and the like), each beside that of all images.

        Args:
            experiments: One or several.

        Returns:
            The columns of :data:`rtda.SUBGROUP_COLUMNS`; no row where the data set has no subgroups. ``images`` is ``clean``, ``attacked``,
            ``corrupted`` or ``shift-LABEL``. ``difference`` is the subgroup's figure minus ``whole``, the figure of all images.
            ``worst`` marks the lowest figure of its kind, ``small`` subgroups with too few images for a figure to say much.
        """
        rows: list[Mapping[str, Any]] = []
        for experiment in _several(experiments):
            answer = self._http.get_json(_of(experiment, "results", "subgroups"))
            rows.extend(_object(row, "a subgroup") for row in _array(answer, "subgroups"))
        return subgroups_table(rows)

    def compare(
        self, experiments: Iterable[ExperimentLike], *, conditions: str | Iterable[str] | None = None
    ) -> Comparison:
        """Experiments on one data set side by side, with paired tests: McNemar's over images, Student's over seeds, corrected by Holm.

        Experiments that differ only in their seed form a group. The group of the first experiment is compared with each other group.

        Args:
            experiments: 2 to 20, each once.
            conditions: As ``results`` names them, for example ``["clean", "pgd-l2-10@0.5"]``. When None clean images, untargeted attacks,
                worst cases and shifts.

        Raises:
            InvalidValueError: Too few or too many experiments, experiments on different data sets, the same run twice, or a condition that
                none of them has.
            NotFoundError: There is no such experiment.
        """
        params: dict[str, str | list[str]] = {"experiments": ",".join(_id_of(each) for each in _several(experiments))}
        if conditions is not None:
            params["condition"] = [conditions] if isinstance(conditions, str) else list(conditions)
        return Comparison.from_json(_object(self._http.get_json(path("comparisons"), params), "a comparison"))

    def evaluations(self, experiment: ExperimentLike) -> list[Evaluation]:
        """All evaluations so far, by epoch: how far they are, and which gates they pass or fail."""
        return _list(Evaluation, self._http.get_json(_of(experiment, "evaluations")), "evaluations")

    def all_evaluations(
        self, *, state: str | None = None, named: bool = False, limit: int | None = None
    ) -> list[Evaluation]:
        """The evaluations of all experiments, newest first; those that wait with their place in the queue.

        Args:
            state: Only those in this state: ``WAITING``, ``RUNNING``, ``CANCELLING``, ``COMPLETED``, ``FAILED`` or ``CANCELLED``.
            named: Whether only those are listed that people asked for by name.
            limit: The first so many of them; all when None.

        Raises:
            InvalidValueError: There is no such state.
        """
        _check_limit(limit)
        chosen = {"state": state, "named": "true" if named else None}
        return list(islice(self._pages(Evaluation, "evaluations", chosen, _page_size(limit)), limit))

    def training(self, experiment: ExperimentLike) -> pd.DataFrame:
        """Training metrics, one row for each optimiser step; of very long runs an even selection."""
        steps = _list(TrainingStep, self._http.get_json(_of(experiment, "training")), "training metrics")
        return training_table(steps)

    def predictions(
        self, experiment: ExperimentLike, condition: str = "clean", *, evaluation: str | None = None
    ) -> Predictions:
        """What the model said of each image under one condition. The images are the same for every model of a data set.

        Args:
            experiment: Whose model.
            condition: As ``results`` names it: ``clean``, ``pgd-l2-10@0.5``, ``jpeg@3``, ``shift-other-scanner``.
            evaluation: An evaluation's id or name; the final one of the experiment's own when None.

        Raises:
            NotFoundError: The condition is not measured, or its predictions were not kept.
        """
        params = {"condition": condition} | ({} if evaluation is None else {"evaluation": evaluation})
        document = self._http.get_json(_of(experiment, "predictions"), params)
        return Predictions.from_json(_object(document, "predictions"))

    def model(self, experiment: ExperimentLike) -> ModelFile:
        """The newest checkpoint's model as ONNX: images N x C x H x W in [0,1], float32, to logits N x classes.

        Raises:
            NotFoundError: There is no checkpoint yet.
            AnswerError: The bytes do not fit their checksum.
        """
        return self._file(experiment, "model", ".onnx")

    def weights(self, experiment: ExperimentLike) -> ModelFile:
        """The newest checkpoint's weights as safetensors; errors as for :meth:`model`."""
        return self._file(experiment, "weights", ".safetensors")

    def report(self, experiment: ExperimentLike, *, gallery: bool = True) -> Report:
        """The experiment's report as one page of HTML, which a notebook shows.

        Args:
            experiment: Which one.
            gallery: Whether it shows images, which are patients'.
        """
        answer = self._http.get(_of(experiment, "report"), {"gallery": str(gallery).lower()}, accept="text/html")
        return Report(f"{_id_of(experiment)}-report.html", answer.text)

    def report_document(self, experiment: ExperimentLike, *, gallery: bool = False) -> dict[str, Any]:
        """What the report shows, as data."""
        params = {"gallery": str(gallery).lower()}
        return _object(self._http.get_json(_of(experiment, "report.json"), params), "a report")

    def _file(self, experiment: ExperimentLike, kind: str, ending: str) -> ModelFile:
        answer = self._http.get(_of(experiment, kind), accept="application/octet-stream")
        sha256 = hashlib.sha256(answer.content).hexdigest()
        said = answer.headers.get("ETag", "").removeprefix("W/").strip('"')
        if said and said != sha256:
            raise AnswerError(
                f"the {kind} of {_id_of(experiment)} must have the SHA-256 {said}, has {sha256}: try again"
            )
        epoch = answer.headers.get("X-Epoch")
        final = answer.headers.get("X-Final")
        return ModelFile(
            name=_id_of(experiment) + ending,
            content=answer.content,
            sha256=sha256,
            epoch=int(epoch) if epoch and epoch.isdecimal() else None,
            final=None if final is None else final == "true",
        )


def _check_limit(limit: int | None) -> None:
    if limit is not None and limit < 1:
        raise ValueError(f"limit must be at least 1, was {limit}")


def _page_size(limit: int | None) -> int:
    return _PAGE if limit is None else min(limit, _PAGE)


def _id_of(experiment: ExperimentLike) -> str:
    identity = experiment.id if isinstance(experiment, Experiment) else experiment
    if not identity:
        raise ValueError("an experiment's id must not be empty")
    return identity


def _of(experiment: ExperimentLike, *rest: str) -> str:
    return path("experiments", _id_of(experiment), *rest)


def _several(experiments: ExperimentLike | Iterable[ExperimentLike]) -> list[ExperimentLike]:
    return [experiments] if isinstance(experiments, (str, Experiment)) else list(experiments)


def _id(answer: Any, what: str) -> str:
    identity = _object(answer, what).get("id")
    if not isinstance(identity, str) or not identity:
        raise AnswerError(f"the answer to {what} must have an id, was {answer!r:.100}")
    return identity


def _object(document: Any, what: str) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise AnswerError(f"{what} must be a JSON object, was {document!r:.100}")
    return document


def _array(document: Any, what: str) -> list[Any]:
    if not isinstance(document, list):
        raise AnswerError(f"{what} must be a JSON array, was {document!r:.100}")
    return document


def _list(kind: type[D], document: Any, what: str) -> list[D]:
    return [kind.from_json(item) for item in _array(document, what)]
