"""Against a gateway that runs: imports a generated set, trains a small network on it, reads everything back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import rtda

pytestmark = pytest.mark.stack

NAME = "python-client-check"
CLASSES = ("dark", "bright, or so")


def images(n: int, seed: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Two classes that differ in their mean."""
    labels = np.arange(n) % 2
    noise = np.random.default_rng(seed).integers(0, 60, size=(n, 12, 12))
    return (noise + 40 + 90 * labels[:, None, None]).astype(np.uint8), labels


@pytest.fixture(scope="module")
def client() -> Iterator[rtda.Client]:
    if "RTDA_GATEWAY" not in os.environ:
        pytest.skip("RTDA_GATEWAY names no gateway: run clients/python/check --stack URL")
    with rtda.Client() as client:
        yield client


@pytest.fixture(scope="module")
def dataset(client: rtda.Client) -> rtda.Dataset:
    return client.import_dataset(
        NAME,
        {"train": images(48, 1), "val": images(16, 2), "test": images(24, 3)},
        shifts={"other": images(12, 4)},
        classes=CLASSES,
        healthy="dark",
        licence="CC0",
    )


@pytest.fixture(scope="module")
def ended(client: rtda.Client, dataset: rtda.Dataset) -> rtda.Experiment:
    submitted = client.submit(
        dataset.name,
        method="erm",
        network="resnet8",
        epochs=2,
        batch_size=16,
        seed=3,
        evaluation={"every_epochs": 0, "epsilons": [0.25], "attack_steps": 2},
    )
    seen: list[rtda.events.Event] = []
    experiment = client.follow(submitted, progress=False, on_event=seen.append)
    steps = [event.step for event in seen if isinstance(event, rtda.events.TrainingStep)]
    assert steps == [1, 2, 3, 4, 5, 6]
    assert experiment.state == "TRAINED"
    assert experiment.ended
    return experiment


def test_a_data_set_is_what_was_imported(client: rtda.Client, dataset: rtda.Dataset) -> None:
    shown = client.dataset(NAME)
    assert shown == dataset
    assert (shown.channels, shown.height, shown.width) == (1, 12, 12)
    assert shown.classes == CLASSES
    assert {name: split.class_counts for name, split in shown.splits.items()} == {
        "train": (24, 24),
        "val": (8, 8),
        "test": (12, 12),
        "shift-other": (6, 6),
    }
    assert NAME in [each.name for each in client.datasets()]


def test_a_submission_with_the_same_key_is_the_same_experiment(
    client: rtda.Client, ended: rtda.Experiment, dataset: rtda.Dataset
) -> None:
    key = f"python-client-check-{ended.id}"
    first = client.submit(dataset.name, method="erm", epochs=1, batch_size=16, idempotency_key=key)
    assert client.submit(dataset.name, method="erm", epochs=1, batch_size=16, idempotency_key=key).id == first.id
    with pytest.raises(rtda.ConflictError):
        client.submit(dataset.name, method="erm", epochs=2, batch_size=16, idempotency_key=key)
    assert client.cancel(first).cancel_requested
    assert client.follow(first, progress=False).state == "CANCELLED"


def test_results_have_a_value_an_interval_and_n(client: rtda.Client, ended: rtda.Experiment) -> None:
    table = client.results(ended)
    clean = table.query("condition == 'clean' and metric == 'accuracy'").iloc[0]
    assert clean["n"] == 24
    assert clean["low"] <= clean["value"] <= clean["high"]
    attacked = table.query("kind == 'ATTACK' and metric == 'accuracy' and epsilon == 0.25")
    assert attacked["norm"].tolist() == ["l2"]
    assert "shift-other" in set(table["condition"])


def test_predictions_agree_with_the_figure_and_with_the_model(client: rtda.Client, ended: rtda.Experiment) -> None:
    predictions = client.predictions(ended)
    assert predictions.labels.tolist() == images(24, 3)[1].tolist()
    table = client.results(ended)
    accuracy = table.query("condition == 'clean' and metric == 'accuracy'").iloc[0]["value"]
    assert predictions.correct.mean() == pytest.approx(accuracy)
    onnxruntime = pytest.importorskip("onnxruntime")
    session = onnxruntime.InferenceSession(client.model(ended).content)
    pixels = (images(24, 3)[0] / np.float32(255)).astype(np.float32)[:, None]
    (logits,) = session.run(None, {session.get_inputs()[0].name: pixels})
    assert logits.argmax(axis=1).tolist() == predictions.predicted.tolist()


def test_files_are_read(client: rtda.Client, ended: rtda.Experiment, tmp_path: Path) -> None:
    model = client.model(ended)
    assert model.epoch == 2
    assert model.final
    weights = client.weights(ended)
    stored = client.upload_weights(weights.save(tmp_path))
    assert stored.sha256 == weights.sha256
    assert ended.id in client.report(ended, gallery=False).html
    assert {section["id"] for section in client.report_document(ended)["sections"]} >= {"figures"}
    assert client.training(ended)["step"].tolist() == [1, 2, 3, 4, 5, 6]


def test_an_evaluation_by_name_is_made_once(client: rtda.Client, ended: rtda.Experiment) -> None:
    first = client.evaluate(ended, "quick", name="mine")
    assert client.evaluate(ended, "quick", name="mine") == first
    evaluation = client.follow_evaluation(first, progress=False)
    assert evaluation.progress.completed
    assert evaluation.name == "mine"
    assert not client.results(ended, evaluation="mine").empty


def test_the_experiment_is_listed(client: rtda.Client, ended: rtda.Experiment) -> None:
    assert ended.id in [experiment.id for experiment in client.experiments(dataset=NAME, method="erm", state="TRAINED")]
    assert "erm" in client.known()["methods"]


def test_refusals_name_the_field(client: rtda.Client, dataset: rtda.Dataset) -> None:
    with pytest.raises(rtda.InvalidValueError) as refused:
        client.submit(dataset.name, epochs=0)
    assert refused.value.field == "epochs"
    assert refused.value.value == "0"
    with pytest.raises(rtda.NotFoundError) as unknown:
        client.experiment("exp-none")
    assert unknown.value.field == "experiment"
    with pytest.raises(rtda.NotFoundError):
        client.follow("exp-none", progress=False)
