"""The bridge to MLflow: with a fake of its client, with MLflow itself, and of an experiment of a gateway that runs."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

import rtda
from gateway import Gateway, experiment, ok, sse
from rtda import mlflow as bridge_to
from rtda.tables import results_table

WHEN = "2026-11-29T15:00:00Z"
MILLIS = 1795964400000  # of WHEN
STEP = {
    "experimentId": "exp-1",
    "id": "s",
    "step": 1,
    "totalSteps": 2,
    "epoch": 1,
    "loss": 0.5,
    "accuracy": {"clean": 0.25, "adversarial": 0.125},
    "time": WHEN,
}


def test_the_package_installs_the_bridge_as_a_command() -> None:
    (command,) = metadata.entry_points(group="console_scripts", name="rtda-mlflow")
    assert command.load() is bridge_to.main


def test_names_for_mlflow_have_no_signs_that_it_refuses() -> None:
    assert bridge_to.key_of("pgd-l2-10@0.5+jpeg@3/accuracy of ill") == "pgd-l2-10_0.5_jpeg_3/accuracy of ill"


def test_parameters_for_mlflow_are_flat() -> None:
    assert bridge_to.parameters_of({"seed": 1, "attack": {"epsilon": 0.5}, "note": "x" * 600}) == {
        "seed": "1",
        "attack.epsilon": "0.5",
        "note": "x" * 500,
    }


def test_figures_for_mlflow_have_their_intervals_and_are_never_bare_when_a_gate_fails() -> None:
    row = {"experiment": "exp-1", "condition": "clean", "metric": "accuracy", "n": 8}
    table = results_table(
        [
            row | {"value": 0.5, "low": 0.25, "high": 0.75, "failedGates": []},
            row | {"metric": "auroc", "value": 0.5, "n": 4, "failedGates": ["not-one-class-for-all"]},
            row | {"metric": "sensitivity", "value": None, "note": "no image of it", "failedGates": []},
        ]
    )
    points = bridge_to.points_of_results(table, 20, datetime.now(timezone.utc))
    assert {point.key: point.value for point in points} == {
        "clean/accuracy": 0.5,
        "clean/accuracy/low": 0.25,
        "clean/accuracy/high": 0.75,
        "clean/accuracy/n": 8.0,
        "flagged/clean/auroc": 0.5,
        "flagged/clean/auroc/n": 4.0,
    }
    assert {point.step for point in points} == {20}


class Mlflow:
    """Keeps what is logged; answers as mlflow.MlflowClient does."""

    def __init__(self) -> None:
        self.runs: dict[str, dict[str, Any]] = {}

    def get_experiment_by_name(self, name: str) -> Any:
        return SimpleNamespace(experiment_id=name) if self.runs else None

    def create_experiment(self, name: str) -> str:
        return name

    def search_runs(self, groups: list[str], filter_string: str, max_results: int) -> list[Any]:  # noqa: ARG002
        wanted = filter_string.split("'")[1]
        return [
            SimpleNamespace(info=SimpleNamespace(run_id=identity))
            for identity, run in self.runs.items()
            if run["tags"]["rtda.experiment"] == wanted
        ]

    def create_run(self, group: str, run_name: str, tags: dict[str, str]) -> Any:
        identity = f"run-{len(self.runs)}"
        self.runs[identity] = {
            "group": group,
            "name": run_name,
            "tags": dict(tags),
            "params": {},
            "metrics": set(),
            "files": {},
        }
        return SimpleNamespace(info=SimpleNamespace(run_id=identity))

    def log_param(self, run: str, key: str, value: str) -> None:
        self.runs[run]["params"][key] = value

    def log_batch(self, run: str, metrics: list[Any]) -> None:
        assert len(metrics) <= 1000
        self.runs[run]["metrics"] |= set(metrics)

    def log_artifacts(self, run: str, folder: str) -> None:
        self.runs[run]["files"] = {file.name: file.read_bytes() for file in Path(folder).iterdir()}

    def set_tag(self, run: str, key: str, value: str) -> None:
        self.runs[run]["tags"][key] = value

    def set_terminated(self, run: str, status: str) -> None:
        self.runs[run]["status"] = status


FINAL = {"evaluationId": "exp-1/epoch-00002", "epoch": 2, "last": True, "experimentId": "exp-1"}
ROW = {"experiment": "exp-1", "condition": "clean", "metric": "accuracy", "value": 0.5, "n": 8, "failedGates": []}


def answers() -> list[httpx.Response]:
    events = (
        ("status", {"id": "t", "state": "TRAINED", "step": 20, "totalSteps": 20}),
        ("training", STEP),
        ("robustness", {"id": "p", "type": "planned", "step": 20, "conditions": [{"kind": "CLEAN"}], **FINAL}),
        ("robustness", {"id": "c", "type": "completed", "measured": 1, "failed": 0, "time": WHEN, **FINAL}),
    )
    stream = sse(*(f"id: {data['id']}\nevent: {kind}\ndata: {json.dumps(data)}" for kind, data in events))
    files = [ok([ROW]), httpx.Response(200, text="<p>report"), httpx.Response(200, content=b"onnx")]
    return [ok(experiment()), stream, ok([ROW]), ok(experiment()), *files]


def test_an_experiment_becomes_one_run_of_mlflow_also_when_it_is_brought_twice() -> None:
    mlflow = Mlflow()
    gateway = Gateway(*answers(), *answers())
    bridge = bridge_to.Bridge(gateway.client(), mlflow, lambda *point: point)
    assert bridge.bring("exp-1") == "run-0"
    assert bridge.bring("exp-1") == "run-0"
    assert gateway.all_given
    run = mlflow.runs["run-0"]
    assert (run["group"], run["name"], run["status"]) == ("rtda/busi", "rtda exp-1", "FINISHED")
    assert run["params"]["lambda"] == "12.0"
    assert run["tags"]["rtda.state"] == "TRAINED"
    assert run["metrics"] == {
        ("train/loss", 0.5, MILLIS, 1),
        ("train/accuracy/clean", 0.25, MILLIS, 1),
        ("train/accuracy/adversarial", 0.125, MILLIS, 1),
        ("clean/accuracy", 0.5, MILLIS, 20),
        ("clean/accuracy/n", 8.0, MILLIS, 20),
    }
    assert run["files"]["model.onnx"] == b"onnx"
    assert run["files"]["report.html"] == b"<p>report"
    assert b"exp-1" in run["files"]["results.csv"]


def test_a_run_that_failed_without_a_model_says_why() -> None:
    mlflow = Mlflow()
    failed = experiment(status={"state": "FAILED", "reason": "the loss is not finite"})
    stream = sse("id: f\nevent: status\ndata: " + json.dumps({"id": "f", "state": "FAILED"}))
    none = httpx.Response(404, json={"title": "Not Found", "status": 404, "detail": "no model yet"})
    gateway = Gateway(ok(failed), stream, ok(failed), ok([]), httpx.Response(200, text="<p>report"), none)
    bridge_to.Bridge(gateway.client(), mlflow, lambda *point: point).bring("exp-1")
    assert mlflow.runs["run-0"]["status"] == "FAILED"
    assert mlflow.runs["run-0"]["tags"]["rtda.reason"] == "the loss is not finite"
    assert sorted(mlflow.runs["run-0"]["files"]) == ["report.html", "results.csv"]


@pytest.mark.stack
@pytest.mark.filterwarnings("default")
def test_mlflow_itself_takes_what_the_bridge_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mlflow = pytest.importorskip("mlflow")
    pytest.importorskip("sqlalchemy")
    monkeypatch.chdir(tmp_path)
    client = mlflow.MlflowClient(tracking_uri=f"sqlite:///{tmp_path}/mlflow.db")
    gateway = Gateway(*answers(), *answers())
    bridge = bridge_to.Bridge(gateway.client(retries=rtda.Retries(tries=1)), client, mlflow.entities.Metric)
    run = bridge.bring("exp-1")
    assert bridge.bring("exp-1") == run
    history = client.get_metric_history(run, "clean/accuracy")
    assert [(metric.value, metric.step, metric.timestamp) for metric in history] == [(0.5, 20, MILLIS)]
    assert sorted(file.path for file in client.list_artifacts(run)) == ["model.onnx", "report.html", "results.csv"]
