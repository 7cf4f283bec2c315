"""Against a gateway that runs: imports a generated set, trains a small network on it, reads everything back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import rtda
import rtda.mlflow
from test_examples import programs_of_jq, told_by_jq

pytestmark = pytest.mark.stack

NAME = "python-client-check"
CLASSES = ("dark", "bright, or so")


SUBSCRIBER = Path(__file__).parent.parent / "examples/metrics_subscriber.py"


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
        name="python client check",
        tags=["python-client-check"],
    )
    assert (submitted.name, submitted.tags) == ("python client check", ("python-client-check",))
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


@pytest.fixture(scope="module")
def other(client: rtda.Client, ended: rtda.Experiment) -> rtda.Experiment:
    """The same in smaller batches."""
    spec = ended.spec.to_json() | {"batchSize": 8}
    return client.follow(client.submit(rtda.ExperimentSpec.from_json(spec)), progress=False)


def test_experiments_are_compared_as_their_predictions_are(
    client: rtda.Client, ended: rtda.Experiment, other: rtda.Experiment
) -> None:
    compared = client.compare([ended, other], conditions="clean")
    assert [group.experiments for group in compared.groups] == [(ended.id,), (other.id,)]
    assert compared.differing == ("batchSize",)
    by_name = {name: client.predictions(each) for name, each in (("first", ended), ("second", other))}
    (here,) = rtda.stats.paired_tests(by_name).to_dict("records")
    (test,) = compared.tests.to_dict("records")
    assert [test[name] for name in ("only_first", "only_second", "n")] == [
        here[name] for name in ("only_first", "only_second", "n")
    ]
    assert test["p_value"] == pytest.approx(here["p_value"])
    (difference,) = compared.differences.to_dict("records")
    assert difference["accuracy"] == pytest.approx(here["difference"])
    assert difference["p_holm"] == pytest.approx(here["p_holm"])
    figures = compared.figures.query("metric == 'accuracy'")
    assert figures["value"].tolist() == pytest.approx([each.correct.mean() for each in by_name.values()])
    with pytest.raises(rtda.InvalidValueError):
        client.compare([ended])


def test_a_data_set_without_subgroups_has_no_figures_of_them(client: rtda.Client, ended: rtda.Experiment) -> None:
    assert client.subgroups(ended).empty


def test_a_data_set_is_removed_unless_an_experiment_needs_it(client: rtda.Client, ended: rtda.Experiment) -> None:
    with pytest.raises(rtda.ConflictError):
        client.delete_dataset(ended.spec.dataset)
    client.import_dataset(f"{NAME}-removed", {name: images(8, i) for i, name in enumerate(("train", "val", "test"))})
    client.delete_dataset(f"{NAME}-removed")
    with pytest.raises(rtda.NotFoundError):
        client.dataset(f"{NAME}-removed")


def test_the_experiment_is_found_by_its_tag(client: rtda.Client, ended: rtda.Experiment) -> None:
    found = client.iter_experiments(tag="python-client-check", page_size=1)
    assert ended.id in [experiment.id for experiment in found]
    assert len(client.experiments(dataset=NAME, limit=1)) == 1


@pytest.fixture(scope="module")
def broker() -> str:
    address = os.environ.get("RTDA_BROKER")
    if address is None:
        pytest.skip("RTDA_BROKER names no broker: run clients/python/check --stack URL --broker HOST:PORT")
    return address


def test_the_subscriber_prints_what_the_topics_have(broker: str, ended: rtda.Experiment) -> None:
    # the order of the topics is not known, so it is read until all of this has come
    missing = {f"{ended.id} TRAINED", f"{ended.id}/epoch-00002 complete"}
    missing |= {f"{ended.id} step {step} of 6" for step in range(1, 7)}
    missing |= {f"{ended.id}/epoch-00002 clean", f"{ended.id}/epoch-00002 shift-other"}
    command = [sys.executable, str(SUBSCRIBER), "--bootstrap", broker, "--experiment", ended.id]
    # a broken one ends when nothing has come for a minute
    command += ["--from-beginning", "--idle-seconds", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as subscriber:  # noqa: S603
        assert subscriber.stdout is not None
        for line in subscriber.stdout:
            missing -= {beginning for beginning in missing if line.startswith(beginning)}
            if not missing:
                break
        subscriber.terminate()
    assert missing == set()


def test_the_kcat_lines_print_what_the_topics_have(broker: str, client: rtda.Client, ended: rtda.Experiment) -> None:
    told = {topic: told_by_jq(topic, messages_of(topic, broker)) for topic in programs_of_jq()}
    steps = [line for line in told["training-metrics"] if line[0] == ended.id]
    assert [line[1:3] for line in steps] == [["erm", str(step)] for step in range(1, 7)]
    table = client.results(ended).query("metric == 'balanced-accuracy'")
    figures = {condition: float(value) for key, condition, value in told["robustness-metrics"] if key == ended.id}
    assert figures.items() >= dict(zip(table["condition"], table["value"])).items()


def messages_of(topic: str, broker: str) -> list[bytes]:
    """All that a topic has now, as kcat reads it with ``-o beginning -e``."""
    kafka = pytest.importorskip("kafka")
    consumer = kafka.KafkaConsumer(bootstrap_servers=broker, group_id=None)
    try:
        partitions = [kafka.TopicPartition(topic, each) for each in consumer.partitions_for_topic(topic)]
        consumer.assign(partitions)
        consumer.seek_to_beginning(*partitions)
        ends = consumer.end_offsets(partitions)
        messages: list[bytes] = []
        while any(consumer.position(each) < ends[each] for each in partitions):
            for records in consumer.poll(timeout_ms=1000).values():
                messages += [record.value for record in records]
        return messages
    finally:
        consumer.close()


@pytest.mark.filterwarnings("default")
def test_an_experiment_is_brought_to_mlflow(
    client: rtda.Client, ended: rtda.Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mlflow = pytest.importorskip("mlflow")
    monkeypatch.chdir(tmp_path)
    store = f"sqlite:///{tmp_path}/mlflow.db"
    monkeypatch.setattr(sys, "argv", ["rtda-mlflow", "--tracking-uri", store, ended.id])
    assert rtda.mlflow.main() == 0
    server = mlflow.MlflowClient(tracking_uri=store)
    (run,) = server.search_runs([server.get_experiment_by_name(f"rtda/{NAME}").experiment_id])
    assert run.info.status == "FINISHED"
    assert run.data.params["network"] == "resnet8"
    steps = server.get_metric_history(run.info.run_id, "train/loss")
    assert sorted(point.step for point in steps) == [1, 2, 3, 4, 5, 6]
    clean = client.results(ended).query("condition == 'clean' and metric == 'accuracy'").iloc[0]
    metrics = {key.removeprefix("flagged/"): value for key, value in run.data.metrics.items()}
    assert [metrics[f"clean/accuracy{part}"] for part in ("", "/low", "/high", "/n")] == [
        clean[name] for name in ("value", "low", "high", "n")
    ]
    files = [file.path for file in server.list_artifacts(run.info.run_id)]
    assert sorted(files) == ["model.onnx", "report.html", "results.csv"]


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
