"""``rtda-mlflow``: brings experiments of RTDA to an MLflow server, while they train or afterwards.

In a checkout of the project::

    pip install './clients/python[mlflow]'
    export RTDA_GATEWAY=http://127.0.0.1:8080 MLFLOW_TRACKING_URI=http://127.0.0.1:5000
    rtda-mlflow exp-3f9c2a1b0d4e exp-0d4e3f9c2a1b

It reads from the gateway, not from the topics: the gateway joins a figure with the gates that it fails, which are messages of their own, and
the model and the report are in no message.

Each experiment becomes one run of the MLflow experiment ``rtda/DATASET``:

- parameters: the whole specification, with every default;
- metrics while it trains, by step: ``train/loss``, ``train/term/...``, ``train/accuracy/...``;
- metrics of its own evaluations, by the step of the checkpoint: ``CONDITION/METRIC``, with ``/low``, ``/high`` (95% interval) and ``/n``. A
  figure that fails a gate is below ``flagged/``, never bare;
- artifacts at the end: the ONNX model, ``results.csv`` (with flags and notes), ``report.html`` without patients' images.

Started again, it continues the same run; a server with a database stores a point once. MLflow allows no ``@`` and no ``+`` in names: they
become ``_``.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pandas as pd

import rtda
from rtda.events import Completed, Event, Planned, TrainingStep

#: The tag by which a run is found again.
TAG = "rtda.experiment"
#: MLflow takes at most so many metrics in one request.
MOST_METRICS = 1000
_LONGEST_PARAMETER = 500


@dataclass(frozen=True)
class Point:
    """A value of a metric.

    Attributes:
        key: The metric's name.
        value: Its value.
        step: The optimiser step that it belongs to.
        time: When it was made.
    """

    key: str
    value: float
    step: int
    time: datetime


def parameters_of(spec: Mapping[str, Any]) -> dict[str, str]:
    """A specification as names and texts: ``attack.epsilon`` and the like; a text too long for MLflow is cut."""
    flat: dict[str, str] = {}
    for name, value in spec.items():
        if isinstance(value, Mapping):
            flat.update({f"{name}.{inner}": text for inner, text in parameters_of(value).items()})
        else:
            flat[name] = str(value)[:_LONGEST_PARAMETER]
    return flat


def points_of_step(step: TrainingStep) -> list[Point]:
    """What an optimiser step tells."""
    values: dict[str, float | None] = {"train/loss": step.loss, "train/learning-rate": step.learning_rate}
    values.update({f"train/term/{name}": value for name, value in step.terms.items()})
    values.update({f"train/accuracy/{view}": share for view, share in step.accuracy.items()})
    when = step.time or datetime.now(timezone.utc)
    return [Point(key_of(name), value, step.step, when) for name, value in values.items() if value is not None]


def points_of_results(results: pd.DataFrame, step: int, when: datetime) -> list[Point]:
    """What an evaluation tells: each figure with its interval and n. A figure without a value is left out; its note is in results.csv."""
    points = []
    for row in results.to_dict("records"):
        if pd.isna(row["value"]):
            continue
        key = key_of(f"{'flagged/' if row['flags'] else ''}{row['condition']}/{row['metric']}")
        points.append(Point(key, float(row["value"]), step, when))
        points.extend(
            Point(f"{key}/{part}", float(row[part]), step, when)
            for part in ("low", "high", "n")
            if not pd.isna(row[part])
        )
    return points


def key_of(name: str) -> str:
    """A name that MLflow takes: letters, digits, ``_``, ``-``, ``.``, space and ``/``."""
    return re.sub(r"[^\w\-. /]", "_", name, flags=re.ASCII)


class Bridge:
    """Brings one experiment to one run.

    Args:
        client: The gateway.
        mlflow: An ``mlflow.MlflowClient``.
        metric: ``mlflow.entities.Metric``: makes MLflow's form of a key, a value, a time in ms and a step.
    """

    def __init__(self, client: rtda.Client, mlflow: Any, metric: Callable[[str, float, int, int], Any]) -> None:
        self._client = client
        self._mlflow = mlflow
        self._metric = metric

    def bring(self, experiment_id: str) -> str:
        """Follows the experiment to its end.

        Returns:
            The id of the run.
        """
        experiment = self._client.experiment(experiment_id)
        run = self._run(experiment)
        pending: list[Point] = []
        steps: dict[str, int] = {}

        def take(event: Event) -> None:
            if isinstance(event, TrainingStep):
                pending.extend(points_of_step(event))
                if len(pending) >= MOST_METRICS:
                    self._log(run, pending)
                    pending.clear()
            elif isinstance(event, Planned):
                steps[event.evaluation_id] = event.step
            elif isinstance(event, Completed) and event.own:
                results = self._client.results(experiment, evaluation=event.evaluation_id)
                when = event.time or datetime.now(timezone.utc)
                pending.extend(points_of_results(results, steps.get(event.evaluation_id, 0), when))

        ended = self._client.follow(experiment, on_event=take)
        self._log(run, pending)
        self._log_files(run, ended)
        self._mlflow.set_tag(run, "rtda.state", ended.state)
        if ended.status.reason:
            self._mlflow.set_tag(run, "rtda.reason", ended.status.reason)
        status = {"TRAINED": "FINISHED", "CANCELLED": "KILLED"}.get(ended.state, "FAILED")
        self._mlflow.set_terminated(run, status)
        return run

    def _run(self, experiment: rtda.Experiment) -> str:
        """The experiment's run: the one of an earlier call, or a new one."""
        name = f"rtda/{experiment.spec.dataset}"
        group = self._mlflow.get_experiment_by_name(name)
        group_id = group.experiment_id if group else self._mlflow.create_experiment(name)
        found = self._mlflow.search_runs([group_id], filter_string=f"tags.`{TAG}` = '{experiment.id}'", max_results=1)
        if found:
            run: str = found[0].info.run_id
        else:
            tags = {TAG: experiment.id, "rtda.gateway": self._client.gateway}
            made = self._mlflow.create_run(group_id, run_name=f"{experiment.spec.method} {experiment.id}", tags=tags)
            run = made.info.run_id
        # also of a run that is there: whoever made it may have ended before it had them all, and the same value is taken again
        for key, value in parameters_of(experiment.spec.to_json()).items():
            self._mlflow.log_param(run, key_of(key), value)
        return run

    def _log(self, run: str, points: Iterable[Point]) -> None:
        metrics = [self._metric(p.key, p.value, int(p.time.timestamp() * 1000), p.step) for p in points]
        for first in range(0, len(metrics), MOST_METRICS):
            self._mlflow.log_batch(run, metrics=metrics[first : first + MOST_METRICS])

    def _log_files(self, run: str, experiment: rtda.Experiment) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self._client.results(experiment).to_csv(Path(folder, "results.csv"), index=False)
            self._client.report(experiment, gallery=False).save(Path(folder, "report.html"))
            try:
                self._client.model(experiment).save(Path(folder, "model.onnx"))
            except rtda.NotFoundError as absent:
                print(f"{experiment.id}: {absent.detail}", file=sys.stderr)
            self._mlflow.log_artifacts(run, folder)


def main() -> int:
    """Brings the experiments of the command line one after the other."""
    parser = argparse.ArgumentParser(prog="rtda-mlflow", description="Bring experiments of RTDA to an MLflow server.")
    parser.add_argument("experiments", nargs="+", metavar="EXPERIMENT", help="id of an experiment")
    parser.add_argument("--gateway", help="address of the gateway (default: RTDA_GATEWAY, else http://127.0.0.1:8080)")
    parser.add_argument("--tracking-uri", help="address of the MLflow server (default: MLFLOW_TRACKING_URI)")
    arguments = parser.parse_args()

    try:
        from mlflow import MlflowClient
        from mlflow.entities import Metric
    except ImportError as absent:
        print(f"rtda-mlflow: {absent}; in a checkout: pip install './clients/python[mlflow]'", file=sys.stderr)
        return 2

    began = time.monotonic()
    with rtda.Client(arguments.gateway) as client:
        bridge = Bridge(client, MlflowClient(tracking_uri=arguments.tracking_uri), Metric)
        for experiment in arguments.experiments:
            try:
                print(f"{experiment} is MLflow's run {bridge.bring(experiment)}")
            except rtda.RtdaError as failure:
                print(f"rtda-mlflow: {experiment}: {failure}", file=sys.stderr)
                return 1
    print(f"done after {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
