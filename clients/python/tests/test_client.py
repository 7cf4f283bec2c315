from __future__ import annotations

import dataclasses
import email
import email.message
import email.policy
import hashlib
import inspect
import io
import json
import pickle
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

import rtda
from gateway import Gateway, experiment, ok, problem

MANIFEST = {
    "name": "busi",
    "channels": 1,
    "height": 8,
    "width": 8,
    "classes": ["ill", "well, healed"],
    "splits": {"train": {"count": 2, "classCounts": [1, 1], "blocks": []}},
    "healthyClass": 1,
    "modality": "ultrasound",
}


def test_experiments_are_chosen_by_what_is_asked_for() -> None:
    gateway = Gateway(ok({"experiments": [experiment()], "next": None}))
    assert [e.id for e in gateway.client().experiments(dataset="busi", network="resnet8", state="TRAINED")] == ["exp-1"]
    assert gateway.asked == ["GET /api/v1/experiments?dataset=busi&network=resnet8&state=TRAINED&limit=200"]


def test_experiments_are_chosen_by_attack_time_and_order_and_tag() -> None:
    gateway = Gateway(ok({"experiments": [], "next": None}))
    found = gateway.client().experiments(
        method="rtda",
        tag="paper",
        norm="l2",
        radius=0.5,
        submitted_from=datetime(2026, 11, 2, 12, tzinfo=timezone(timedelta(hours=2))),
        submitted_before=datetime(2026, 11, 3, 10, 0, 0, 250000, tzinfo=timezone.utc),
        sort="submittedAt",
    )
    assert found == []
    assert dict(gateway.requests[0].url.params) == {
        "method": "rtda",
        "tag": "paper",
        "norm": "l2",
        "radius": "0.5",
        "submittedFrom": "2026-11-02T10:00:00Z",
        "submittedBefore": "2026-11-03T10:00:00.250000Z",
        "sort": "submittedAt",
        "limit": "200",
    }


def test_a_method_that_is_not_known_is_refused() -> None:
    gateway = Gateway(problem(400, "method must be one of erm, rtda, was art", field="method", value="art"))
    with pytest.raises(rtda.InvalidValueError) as refused:
        gateway.client().experiments(method="art")
    assert (refused.value.field, refused.value.value) == ("method", "art")


def test_experiments_are_read_to_the_last_page() -> None:
    pages = [
        {"experiments": [experiment()], "next": "a+b"},
        {"experiments": [experiment(id="exp-2")], "next": None},
    ]
    gateway = Gateway(*[ok(page) for page in pages])
    assert [e.id for e in gateway.client().experiments()] == ["exp-1", "exp-2"]
    assert gateway.asked == [
        "GET /api/v1/experiments?limit=200",
        "GET /api/v1/experiments?limit=200&cursor=a%2Bb",
    ]


def test_the_first_experiments_are_read_and_no_page_more() -> None:
    pages = [
        {"experiments": [experiment(id=f"exp-{i}") for i in range(200)], "next": "a"},
        {"experiments": [experiment(id=f"exp-{i}") for i in range(200, 400)], "next": "b"},
    ]
    gateway = Gateway(*[ok(page) for page in pages])
    assert [e.id for e in gateway.client().experiments(limit=201)][-1] == "exp-200"
    assert gateway.asked == ["GET /api/v1/experiments?limit=200", "GET /api/v1/experiments?limit=200&cursor=a"]

    gateway = Gateway(ok({"experiments": [experiment()], "next": "a"}))
    assert [e.id for e in gateway.client().experiments(tag="paper", limit=1)] == ["exp-1"]
    assert gateway.asked == ["GET /api/v1/experiments?tag=paper&limit=1"]


def test_a_limit_below_one_is_refused_before_anything_is_sent() -> None:
    gateway = Gateway()
    for limit in (0, -1):
        with pytest.raises(ValueError, match=f"limit must be at least 1, was {limit}"):
            gateway.client().experiments(limit=limit)
        with pytest.raises(ValueError, match=f"limit must be at least 1, was {limit}"):
            gateway.client().all_evaluations(limit=limit)
    assert gateway.requests == []


def test_a_page_is_asked_for_when_its_first_experiment_is() -> None:
    pages = [
        {"experiments": [experiment()], "next": "a"},
        {"experiments": [experiment(id="exp-2")], "next": None},
    ]
    gateway = Gateway(*[ok(page) for page in pages])
    found = gateway.client().iter_experiments(state="TRAINED", page_size=1)
    assert gateway.asked == []
    assert next(found).id == "exp-1"
    assert gateway.asked == ["GET /api/v1/experiments?state=TRAINED&limit=1"]
    assert [e.id for e in found] == ["exp-2"]
    assert gateway.asked[1:] == ["GET /api/v1/experiments?state=TRAINED&limit=1&cursor=a"]


def test_a_filter_of_the_list_is_one_of_the_iterator() -> None:
    listed = set(inspect.signature(rtda.Client.experiments).parameters) - {"limit"}
    assert listed == set(inspect.signature(rtda.Client.iter_experiments).parameters) - {"page_size"}


def test_the_first_evaluations_are_read_and_no_page_more() -> None:
    gateway = Gateway(ok({"evaluations": [{"id": "exp-1/epoch-00001"}, {"id": "exp-2/epoch-00001"}], "next": "c"}))
    assert [e.id for e in gateway.client().all_evaluations(limit=2)] == ["exp-1/epoch-00001", "exp-2/epoch-00001"]
    assert gateway.asked == ["GET /api/v1/evaluations?limit=2"]


def test_the_evaluations_of_all_experiments_are_read_to_the_last_page() -> None:
    waiting = {
        "id": "exp-1/epoch-00001",
        "experiment": "exp-1",
        "state": "WAITING",
        "queue": {"place": 1, "waiting": 4},
    }
    pages = [{"evaluations": [waiting], "next": "c"}, {"evaluations": [{"id": "exp-2/epoch-00001"}], "next": None}]
    gateway = Gateway(*[ok(page) for page in pages])
    first, second = gateway.client().all_evaluations(state="WAITING")
    assert (first.experiment, first.queue) == ("exp-1", rtda.documents.QueuePlace(place=1, waiting=4))
    assert (second.id, second.experiment) == ("exp-2/epoch-00001", None)
    assert gateway.asked == [
        "GET /api/v1/evaluations?state=WAITING&limit=200",
        "GET /api/v1/evaluations?state=WAITING&limit=200&cursor=c",
    ]


def test_evaluations_that_people_asked_for_are_read_past_an_empty_page() -> None:
    named = {"id": "exp-1/epoch-00001/full", "name": "full"}
    pages = [{"evaluations": [], "next": "c"}, {"evaluations": [named], "next": None}]
    gateway = Gateway(*[ok(page) for page in pages])
    assert [e.name for e in gateway.client().all_evaluations(named=True)] == ["full"]
    assert gateway.asked == [
        "GET /api/v1/evaluations?named=true&limit=200",
        "GET /api/v1/evaluations?named=true&limit=200&cursor=c",
    ]


def test_data_sets_are_listed_and_shown() -> None:
    gateway = Gateway(ok([MANIFEST]), ok(MANIFEST))
    client = gateway.client()
    assert [repr(d) for d in client.datasets()] == ["<Dataset busi: 1 x 8 x 8, train 2>"]
    assert client.dataset("busi").splits["train"].class_counts == (1, 1)
    assert gateway.asked == ["GET /api/v1/datasets", "GET /api/v1/datasets/busi"]


def test_a_data_set_is_removed_and_only_on_demand_one_that_was_used() -> None:
    refusal = problem(409, "data set busi is needed by experiment exp-1, which has ended")
    gateway = Gateway(refusal, httpx.Response(204))
    with pytest.raises(rtda.ConflictError, match="is needed by experiment exp-1"):
        gateway.client().delete_dataset("busi")
    gateway.client().delete_dataset("busi", ended=True)
    assert gateway.asked == ["DELETE /api/v1/datasets/busi", "DELETE /api/v1/datasets/busi?ended=true"]


def test_arrays_are_imported_as_an_npz_file_with_their_meaning() -> None:
    gateway = Gateway(httpx.Response(201, json=MANIFEST))
    images = np.arange(2 * 8 * 8, dtype=np.uint8).reshape(2, 8, 8)
    shift = (images[:1], np.array([1]))
    imported = gateway.client().import_dataset(
        "busi",
        {split: (images, np.array([0, 1])) for split in ("train", "val", "test")},
        shifts={"other": shift},
        classes=["ill", "well, healed"],
        healthy=1,
        modality="ultrasound",
        licence="CC0",
    )
    assert imported.healthy_class == 1
    parts = _parts(gateway)
    texts = [(name, content.decode()) for name, file, content in parts if file is None]
    assert texts == [
        ("name", "busi"),
        ("class", "ill"),
        ("class", "well, healed"),
        ("healthy", "1"),
        ("modality", "ultrasound"),
        ("licence", "CC0"),
    ]
    files = {name: (file, np.load(io.BytesIO(content))) for name, file, content in parts if file is not None}
    assert files["file"][0] == "arrays.npz"
    np.testing.assert_array_equal(files["file"][1]["val_images"], images)
    np.testing.assert_array_equal(files["file"][1]["test_labels"], [0, 1])
    np.testing.assert_array_equal(files["shift-other"][1]["test_images"], images[:1])
    assert files["shift-other"][1]["test_labels"].tolist() == [1]


def test_an_npz_file_is_sent_as_it_lies(tmp_path: Path) -> None:
    file = tmp_path / "busi_28.npz"
    file.write_bytes(b"not looked into")
    gateway = Gateway(httpx.Response(201, json=MANIFEST))
    gateway.client().import_dataset("busi", file, scale=True)
    assert _parts(gateway) == [
        ("name", None, b"busi"),
        ("scale", None, b"true"),
        ("file", "busi_28.npz", b"not looked into"),
    ]


def test_an_archive_is_sent_with_what_is_said_of_it(tmp_path: Path) -> None:
    file = tmp_path / "scans.zip"
    file.write_bytes(b"not looked into")
    report = {"refused": {"count": 1, "first": ["ill/1.png: is damaged"]}}
    gateway = Gateway(httpx.Response(201, json={**MANIFEST, "report": report}))
    imported = gateway.client().import_dataset(
        "busi",
        file,
        archive={
            "side": 32,
            "split": (60, 20, 20),
            "map": {"B": "benign", "M": "ill"},
            "label_column": "x",
            "strict": True,
        },
    )
    assert imported.report == report
    assert _parts(gateway) == [
        ("name", None, b"busi"),
        ("side", None, b"32"),
        ("split", None, b"60,20,20"),
        ("map", None, b"B=benign"),
        ("map", None, b"M=ill"),
        ("label-column", None, b"x"),
        ("strict", None, b"true"),
        ("file", "scans.zip", b"not looked into"),
    ]


def test_a_setting_that_archives_do_not_have_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    gateway = Gateway()
    with pytest.raises(ValueError, match="there is no setting sied of an archive; there are allow_duplicates, "):
        gateway.client().import_dataset("busi", tmp_path / "scans.zip", archive={"sied": 32})
    assert gateway.requests == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"train_images": np.zeros((2, 8, 8))}, "there is no array train_labels; there are train_images"),
        (
            {"train": (np.zeros((2, 8, 8)), [0])},
            "train: there must be a label for each image, were 2 and 1",
        ),
        ({"train": (np.zeros((2, 8)), [0, 1])}, r"train: images must be of shape N x H x W, .* were of \(2, 8\)"),
        ({"train": np.zeros(3)}, "train must be a pair of images and labels"),
        (
            {"train": (np.zeros((1, 8, 8)), [0]), "shift-a": (np.zeros((1, 8, 8)), [0])},
            "a split must be one of train, val, test, was 'shift-a'; others are given as shifts",
        ),
    ],
)
def test_arrays_that_do_not_fit_are_refused_before_anything_is_sent(source: Any, message: str) -> None:
    gateway = Gateway()
    with pytest.raises(ValueError, match=message):
        gateway.client().import_dataset("busi", source)
    assert gateway.requests == []


def test_a_submission_sends_the_given_key() -> None:
    gateway = Gateway(httpx.Response(201, json={"id": "exp-1"}), ok(experiment()))
    spec = rtda.ExperimentSpec("busi", method="rtda")
    gateway.client().submit(spec, idempotency_key="night-3")
    assert gateway.requests[0].headers["Idempotency-Key"] == "night-3"
    assert json.loads(gateway.bodies[0]) == {"dataset": "busi", "method": "rtda"}


def test_a_submission_waits_until_the_gateway_shows_it() -> None:
    absent = problem(404, "there is no experiment exp-1")
    gateway = Gateway(httpx.Response(201, json={"id": "exp-1"}), absent, absent, ok(experiment()))
    assert gateway.client().submit("busi").id == "exp-1"
    assert gateway.delays == [1.0, 1.0]


def test_a_submission_that_is_not_shown_is_told_from_one_that_there_is_not() -> None:
    absent = problem(404, "there is no experiment exp-1")
    gateway = Gateway(httpx.Response(201, json={"id": "exp-1"}), *[absent] * 61)
    with pytest.raises(rtda.NotShownYetError, match="experiment exp-1 was accepted") as told:
        gateway.client().submit("busi")
    assert told.value.experiment == "exp-1"
    assert pickle.loads(pickle.dumps(told.value)).experiment == "exp-1"  # noqa: S301
    assert gateway.all_given


def test_the_specification_of_an_experiment_can_be_submitted_again_with_a_change() -> None:
    earlier = rtda.Experiment.from_json(experiment())
    gateway = Gateway(httpx.Response(201, json={"id": "exp-2"}), ok(experiment(id="exp-2")))
    gateway.client().submit(dataclasses.replace(earlier.spec, seed=8))
    assert json.loads(gateway.bodies[0]) == experiment()["spec"] | {"seed": 8}


def test_settings_beside_a_whole_specification_are_refused() -> None:
    with pytest.raises(TypeError, match="settings are part of a whole specification; given beside it: epochs"):
        Gateway().client().submit(rtda.ExperimentSpec("busi"), epochs=3)


def test_a_submission_gets_its_name_notes_and_tags() -> None:
    described = experiment(name="baseline", notes="first", tags=["paper"])
    gateway = Gateway(httpx.Response(201, json={"id": "exp-1"}), ok(experiment()), ok(described))
    submitted = gateway.client().submit("busi", name="baseline", notes="first", tags=["paper"], epochs=2)
    assert (submitted.name, submitted.notes, submitted.tags) == ("baseline", "first", ("paper",))
    assert gateway.asked == [
        "POST /api/v1/experiments",
        "GET /api/v1/experiments/exp-1",
        "PATCH /api/v1/experiments/exp-1",
    ]
    assert json.loads(gateway.bodies[0]) == {"dataset": "busi", "epochs": 2}
    assert json.loads(gateway.bodies[2]) == {"name": "baseline", "notes": "first", "tags": ["paper"]}


def test_a_submission_whose_tags_are_refused_is_not_lost() -> None:
    refusal = problem(400, "tags must each be 1 to 63 of a-z, was A")
    gateway = Gateway(httpx.Response(201, json={"id": "exp-1"}), ok(experiment()), refusal)
    with pytest.raises(rtda.NotDescribedError, match=r"exp-1 was submitted without its .*: 400 tags must each") as told:
        gateway.client().submit("busi", tags=["A"])
    again = pickle.loads(pickle.dumps(told.value))  # noqa: S301
    assert (again.experiment, str(again)) == ("exp-1", str(told.value))


def test_a_transfer_names_its_sources() -> None:
    gateway = Gateway(httpx.Response(202, json={"id": "exp-1/epoch-00002/transfer"}))
    source = rtda.Experiment.from_json(experiment(id="exp-2"))
    evaluation = gateway.client().evaluate("exp-1", transfer_from=[source, "exp-3"], epsilon=0.5)
    assert evaluation == "exp-1/epoch-00002/transfer"
    assert json.loads(gateway.bodies[0]) == {"transferFrom": ["exp-2", "exp-3"], "epsilon": 0.5}


def test_an_experiment_is_described_with_what_is_given() -> None:
    gateway = Gateway(ok(experiment(name="baseline", tags=["a", "b"])))
    described = gateway.client().describe("exp-1", name="baseline", tags=("a", "b"))
    assert gateway.asked == ["PATCH /api/v1/experiments/exp-1"]
    assert json.loads(gateway.bodies[0]) == {"name": "baseline", "tags": ["a", "b"]}
    assert (described.name, described.notes, described.tags) == ("baseline", None, ("a", "b"))


def test_an_experiment_is_deleted() -> None:
    gateway = Gateway(httpx.Response(204), problem(409, "experiment exp-2 has not ended (queued)"))
    gateway.client().delete("exp-1")
    assert gateway.asked == ["DELETE /api/v1/experiments/exp-1"]
    with pytest.raises(rtda.ConflictError, match="has not ended"):
        gateway.client().delete("exp-2")


def test_one_evaluation_is_cancelled_by_its_name() -> None:
    document = {"id": "exp-1/epoch-00005/full", "name": "full", "state": "WAITING", "queue": {"place": 2, "waiting": 3}}
    gateway = Gateway(httpx.Response(202, json=document))
    evaluation = gateway.client().cancel_evaluation("exp-1", "full")
    assert gateway.asked == ["POST /api/v1/experiments/exp-1/evaluations/full/cancel"]
    assert (evaluation.state, evaluation.queue) == ("WAITING", rtda.documents.QueuePlace(place=2, waiting=3))


def test_an_evaluation_of_an_earlier_epoch_is_cancelled_by_its_epoch_and_name() -> None:
    gateway = Gateway(httpx.Response(202, json={"id": "exp-1/epoch-00003/full", "name": "full", "state": "CANCELLING"}))
    gateway.client().cancel_evaluation("exp-1", "epoch-00003/full")
    assert gateway.asked == ["POST /api/v1/experiments/exp-1/evaluations/epoch-00003/full/cancel"]


def test_cancelling_tells_what_will_end() -> None:
    cancelling = {"run": "TRAINING", "evaluations": ["exp-1/epoch-00001"]}
    gateway = Gateway(httpx.Response(202, json=experiment(status={"state": "RUNNING"}, cancelling=cancelling)))
    answer = gateway.client().cancel("exp-1")
    assert gateway.asked == ["POST /api/v1/experiments/exp-1/cancel"]
    assert gateway.bodies == [b""]
    assert answer.cancelling is not None
    assert answer.cancelling.run == "TRAINING"
    assert answer.cancelling.evaluations == ("exp-1/epoch-00001",)


def test_a_model_is_checked_and_saved(tmp_path: Path) -> None:
    content = b"onnx"
    headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Epoch": "5", "X-Final": "true"}
    model = Gateway(httpx.Response(200, content=content, headers=headers)).client().model("exp-1")
    assert (model.epoch, model.final, len(model)) == (5, True, 4)
    assert model.save(tmp_path) == tmp_path / "exp-1.onnx"
    assert (tmp_path / "exp-1.onnx").read_bytes() == content
    assert model.save(tmp_path / "m.onnx").read_bytes() == content


def test_a_model_that_was_altered_on_its_way_is_refused() -> None:
    answer = httpx.Response(200, content=b"altered", headers={"ETag": '"' + hashlib.sha256(b"onnx").hexdigest() + '"'})
    with pytest.raises(rtda.AnswerError, match="the weights of exp-1 must have the SHA-256"):
        Gateway(answer).client().weights("exp-1")


def test_weights_are_brought_and_named() -> None:
    stored = {"key": "weights/ab", "sha256": "ab", "sizeBytes": 3}
    gateway = Gateway(httpx.Response(201, json=stored))
    assert gateway.client().upload_weights(__file__).to_json() == stored


def test_a_report_is_a_page_that_a_notebook_shows_in_a_frame(tmp_path: Path) -> None:
    gateway = Gateway(httpx.Response(200, text='<p class="a">Ünd</p>', headers={"Content-Type": "text/html"}))
    report = gateway.client().report("exp-1", gallery=False)
    assert gateway.asked == ["GET /api/v1/experiments/exp-1/report?gallery=false"]
    assert gateway.requests[0].headers["Accept"] == "text/html"
    assert 'srcdoc="&lt;p class=&quot;a&quot;&gt;' in report._repr_html_()
    assert report.save(tmp_path).read_text(encoding="utf-8") == '<p class="a">Ünd</p>'


def test_predictions_are_arrays() -> None:
    document = {
        "schemaVersion": 1,
        "experimentId": "exp-1",
        "evaluationId": "exp-1/epoch-00002",
        "condition": {"kind": "CLEAN", "split": "test"},
        "classes": ["ill", "well"],
        "labels": [0, 1, 1],
        "predicted": [0, 0, 1],
        "probabilities": [[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]],
        "indices": [0, 4, 7],
        "later": 1,
    }
    gateway = Gateway(ok(document))
    read = gateway.client().predictions("exp-1", "pgd-l2-10@0.5", evaluation="full")
    assert gateway.asked == ["GET /api/v1/experiments/exp-1/predictions?condition=pgd-l2-10%400.5&evaluation=full"]
    assert read.correct.tolist() == [True, False, True]
    assert read.extra == {"later": 1}
    assert repr(read) == "<Predictions of exp-1/epoch-00002 under CLEAN on test: 2 of 3 right>"
    table = read.to_frame()
    assert table.index.tolist() == [0, 4, 7]
    assert table.loc[4].to_dict() == {"label": 1, "predicted": 0, "correct": False, "p_ill": 0.6, "p_well": 0.4}


def test_predictions_of_unequal_length_are_refused() -> None:
    document = {
        "experimentId": "exp-1",
        "evaluationId": "e",
        "condition": {"kind": "CLEAN"},
        "classes": ["a"],
        "labels": [0, 1],
        "predicted": [0],
        "probabilities": [[1.0], [1.0]],
    }
    with pytest.raises(rtda.AnswerError, match=r"must hold as many of each, has .*'predicted': 1"):
        Gateway(ok(document)).client().predictions("exp-1")


def test_an_experiment_without_an_id_is_refused_before_anything_is_sent() -> None:
    # an empty segment would ask for the list of all
    with pytest.raises(ValueError, match="an experiment's id must not be empty"):
        Gateway().client().experiment("")


def test_the_version_is_that_of_the_package() -> None:
    project = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{rtda.__version__}"\n' in project


def _parts(gateway: Gateway) -> list[tuple[str, str | None, bytes]]:
    """Of the last request's form: name, file name and content of each part."""
    head = b"Content-Type: " + gateway.requests[-1].headers["Content-Type"].encode() + b"\r\n\r\n"
    message = email.message_from_bytes(head + gateway.bodies[-1], policy=email.policy.default)
    assert isinstance(message, email.message.EmailMessage)
    parts = []
    for part in message.iter_parts():
        name = part.get_param("name", header="Content-Disposition")
        content = part.get_payload(decode=True)
        assert isinstance(name, str)
        assert isinstance(content, bytes)
        parts.append((name, part.get_filename(), content))
    return parts
