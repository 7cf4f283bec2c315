from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

import rtda
from gateway import experiment
from rtda._document import camel_case, snake_case
from rtda.documents import AttackSet, AttackSettings, Condition


def test_an_experiment_is_read_with_its_parts() -> None:
    read = rtda.Experiment.from_json(experiment())
    assert read.spec.batch_size == 64
    assert read.spec.lambda_ == 12.0
    assert read.status.total_steps == 20
    assert read.dataset is not None
    assert read.dataset.manifest == rtda.ObjectRef("datasets/busi/m.json", "ab", 12)
    assert read.evaluation.measured == 3


def test_an_instant_with_nine_digits_is_read_to_the_microsecond() -> None:
    read = rtda.Experiment.from_json(experiment())
    assert read.status.time == datetime(2026, 11, 29, 15, 8, 12, 815452, tzinfo=timezone.utc)
    assert read.submitted_at == datetime(2026, 11, 29, 15, 8, 12, tzinfo=timezone.utc)


def test_an_instant_of_another_zone_is_the_same_instant() -> None:
    read = rtda.Experiment.from_json(experiment(submittedAt="2026-11-29T15:08:12.5+01:00"))
    assert read.submitted_at == datetime(2026, 11, 29, 14, 8, 12, 500000, tzinfo=timezone.utc)


@pytest.mark.parametrize("text", ["soon", "2026-11-29", "2026-13-29T15:08:12Z", "2026-11-29T15:08:12"])
def test_an_instant_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(rtda.AnswerError, match=rf"Experiment\.submittedAt must be an instant .* was '{text}'"):
        rtda.Experiment.from_json(experiment(submittedAt=text))


def test_fields_of_a_later_gateway_are_kept_under_their_names() -> None:
    read = rtda.Experiment.from_json(experiment(tagList=["a"]))
    assert read.extra == {"tagList": ["a"]}
    assert read.to_json()["tagList"] == ["a"]


def test_fields_that_an_earlier_gateway_does_not_send_take_their_defaults() -> None:
    document = experiment()
    for name in ("progress", "unfinished", "deadLetters", "evaluation", "dataset"):
        del document[name]
    read = rtda.Experiment.from_json(document)
    assert read.progress is None
    assert read.dead_letters == ()
    assert read.evaluation == rtda.EvaluationProgress()


def test_a_state_of_a_later_gateway_is_no_failure_and_no_end() -> None:
    read = rtda.Experiment.from_json(experiment(status={"state": "PAUSED"}))
    assert read.state == "PAUSED"
    assert not read.ended


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], r"Experiment must be an object, was \[\]"),
        ({"id": "exp-1", "status": {"state": "QUEUED"}}, "Experiment has no field spec"),
        (experiment(id=3), r"Experiment\.id must be of type str, was 3"),
        (experiment(status={"state": "QUEUED", "step": True}), r"Status\.step must be of type int, was True"),
        (experiment(deadLetters="many"), r"Experiment\.deadLetters must be a list, was 'many'"),
    ],
)
def test_what_is_no_experiment_is_refused_with_the_place(document: Any, message: str) -> None:
    with pytest.raises(rtda.AnswerError, match=message):
        rtda.Experiment.from_json(document)


def test_a_whole_number_is_a_radius() -> None:
    assert AttackSettings.from_json({"epsilon": 1}).epsilon == 1.0


@pytest.mark.parametrize(
    ("state", "completed", "ended"),
    [
        ("QUEUED", False, False),
        ("RUNNING", False, False),
        ("TRAINED", False, False),
        ("TRAINED", True, True),
        ("FAILED", False, True),
        ("CANCELLED", False, True),
    ],
)
def test_an_experiment_has_ended_when_nothing_more_will_come(state: str, completed: bool, ended: bool) -> None:
    read = rtda.Experiment.from_json(experiment(status={"state": state}, evaluation={"completed": completed}))
    assert read.ended is ended


def test_names_are_told_from_each_other() -> None:
    assert camel_case("batch_size") == "batchSize"
    assert camel_case("lambda_") == "lambda"
    assert camel_case("stepSize") == "stepSize"
    assert snake_case("conditionDetails") == "condition_details"


def test_a_specification_holds_what_was_given_and_nothing_else() -> None:
    spec = rtda.ExperimentSpec.of("busi", {"method": "rtda", "lambda_": 6, "attack": {"step_size": 0.1, "epsilon": 1}})
    assert spec.attack == AttackSettings(step_size=0.1, epsilon=1.0)
    assert spec.to_json() == {
        "dataset": "busi",
        "method": "rtda",
        "lambda": 6.0,
        "attack": {"stepSize": 0.1, "epsilon": 1.0},
    }


def test_a_specification_takes_documents_and_lists() -> None:
    spec = rtda.ExperimentSpec.of("busi", {"evaluation": rtda.EvaluationSettings(epsilons=(0.25, 0.5), every_epochs=0)})
    assert spec.to_json()["evaluation"] == {"epsilons": [0.25, 0.5], "everyEpochs": 0}


def test_a_misspelt_setting_is_refused_with_the_nearest() -> None:
    with pytest.raises(TypeError, match="no setting 'epoch'; did you mean epochs"):
        rtda.ExperimentSpec.of("busi", {"epoch": 3})


def test_a_setting_of_a_wrong_type_is_refused() -> None:
    with pytest.raises(TypeError, match=r"ExperimentSpec\.epochs must be of type int, was 'three'"):
        rtda.ExperimentSpec.of("busi", {"epochs": "three"})


def test_a_set_of_attacks_has_the_strength_of_its_members() -> None:
    members = (AttackSettings("apgd-ce", 0.5, 100, norm="l2"), AttackSettings("fab", 0.5, 50, norm="l2"))
    condition = Condition("WORST_CASE", attack_set=AttackSet("aa-binary", members))
    assert condition.strength == AttackSettings(norm="l2", epsilon=0.5)
    assert Condition("CLEAN").strength is None


def test_an_experiment_is_shown_in_one_line_and_in_a_notebook_as_a_table() -> None:
    read = rtda.Experiment.from_json(experiment())
    assert repr(read) == "<Experiment exp-1: rtda on busi, TRAINED, evaluated under 3 conditions>"
    assert "<td style='text-align:left'>resnet8</td>" in read._repr_html_()


def test_what_a_notebook_shows_is_escaped() -> None:
    failed = rtda.Experiment.from_json(experiment(status={"state": "FAILED", "reason": "<script>"}))
    assert "&lt;script&gt;" in failed._repr_html_()
    assert "<script>" not in failed._repr_html_()
