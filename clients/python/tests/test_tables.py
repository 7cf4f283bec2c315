from __future__ import annotations

from typing import Any

import httpx
import pandas as pd
import pytest

import rtda
from gateway import Gateway, ok


def row(**changes: Any) -> dict[str, Any]:
    result: dict[str, Any] = {
        "experiment": "exp-1",
        "dataset": "busi",
        "method": "rtda",
        "seed": 9007199254740993,
        "condition": "pgd-l2-10@0.5",
        "metric": "accuracy",
        "value": 0.75,
        "low": 0.67,
        "high": 0.82,
        "n": 115,
        "note": None,
        "evaluation": "exp-1/epoch-00002",
        "failedGates": [],
        "healthyClassAssumed": None,
        "constant": 0.6,
        "constantAnswer": "always class 0",
        "subset": None,
        "conditionDetails": {
            "kind": "ATTACK",
            "split": "test",
            "attack": {"name": "pgd-l2", "epsilon": 0.5, "steps": 10, "norm": "l2"},
        },
        "suite": "standard",
        "evaluationName": None,
    }
    return result | changes


def test_results_of_several_experiments_are_one_table() -> None:
    gateway = Gateway(ok([row()]), ok([row(experiment="exp-2"), row(experiment="exp-2", metric="auroc")]))
    table = gateway.client().results(["exp-1", "exp-2"], evaluation="full")
    assert gateway.asked == [f"GET /api/v1/experiments/exp-{i}/results?evaluation=full" for i in (1, 2)]
    assert table["experiment"].tolist() == ["exp-1", "exp-2", "exp-2"]
    assert tuple(table.columns) == rtda.RESULT_COLUMNS


def test_a_row_has_its_figure_and_its_condition_taken_apart() -> None:
    table = Gateway(ok([row(subset={"images": 80, "of": 160})])).client().results("exp-1")
    first = table.iloc[0]
    assert (first["value"], first["low"], first["high"], first["n"]) == (0.75, 0.67, 0.82, 115)
    assert (first["kind"], first["attack"], first["norm"], first["epsilon"]) == ("ATTACK", "pgd-l2", "l2", 0.5)
    assert (first["steps"], first["subset_images"], first["subset_of"]) == (10, 80, 160)
    # a whole number beyond those that a double can hold
    assert first["seed"] == 9007199254740993


def test_flags_are_the_gates_that_fail_and_an_assumed_healthy_class() -> None:
    rows = [row(), row(failedGates=["noise-hurts-less"], healthyClassAssumed=True), row(healthyClassAssumed=False)]
    table = Gateway(ok(rows)).client().results("exp-1")
    assert table["flags"].tolist() == [(), ("noise-hurts-less", "healthy-class-assumed"), ()]


def test_a_figure_that_is_not_defined_has_no_value_and_a_note() -> None:
    undefined = row(value=None, low=None, high=None, n=0, note="failed: cancelled")
    first = Gateway(ok([undefined])).client().results("exp-1").iloc[0]
    assert pd.isna(first["value"])
    assert pd.isna(first["low"])
    assert first["note"] == "failed: cancelled"


def test_an_absent_text_is_not_available_and_no_text() -> None:
    table = Gateway(ok([row()])).client().results("exp-1")
    assert table["corruption"].isna().all()
    assert table.query("corruption == 'jpeg'").empty
    assert table.loc[table["norm"] == "l2", "value"].tolist() == [0.75]


def test_rows_of_an_earlier_gateway_have_no_details() -> None:
    old = row()
    for name in ("conditionDetails", "suite", "evaluationName", "constant", "constantAnswer", "healthyClassAssumed"):
        del old[name]
    first = Gateway(ok([old])).client().results("exp-1").iloc[0]
    assert first["condition"] == "pgd-l2-10@0.5"
    assert pd.isna(first["kind"])
    assert pd.isna(first["epsilon"])


def test_an_attack_says_how_long_it_searches_and_whether_its_ball_holds_every_image() -> None:
    table = Gateway(ok([row(effort="10 steps", unbounded=False), row(unbounded=True), row()])).client().results("exp-1")
    assert table["effort"].isna().tolist() == [False, True, True]
    assert table.loc[0, "effort"] == "10 steps"
    assert table["unbounded"].fillna(False).tolist() == [False, True, False]
    assert table["unbounded"].isna().tolist() == [False, False, True]


def test_fields_of_a_later_gateway_are_columns_behind_the_known() -> None:
    table = Gateway(ok([row(), row(hardwareKind="cpu")])).client().results("exp-1")
    assert table.columns[-1] == "hardware_kind"
    assert table["hardware_kind"].tolist()[1] == "cpu"


def test_a_set_of_attacks_is_named_with_what_its_members_share() -> None:
    members = [{"name": "apgd-ce", "epsilon": 0.5, "norm": "l2", "steps": 100}]
    details = {"kind": "WORST_CASE", "split": "test", "attackSet": {"name": "aa-binary", "members": members}}
    first = Gateway(ok([row(conditionDetails=details)])).client().results("exp-1").iloc[0]
    assert (first["attack"], first["norm"], first["epsilon"]) == ("aa-binary", "l2", 0.5)
    assert pd.isna(first["steps"])


def test_no_results_are_a_table_without_rows() -> None:
    table = Gateway(ok([])).client().results("exp-1")
    assert table.empty
    assert tuple(table.columns) == rtda.RESULT_COLUMNS


def test_results_that_are_no_list_are_refused() -> None:
    with pytest.raises(rtda.AnswerError, match="results must be a JSON array"):
        Gateway(httpx.Response(200, json={})).client().results("exp-1")


def test_training_steps_have_their_terms_and_views_as_columns() -> None:
    step = {
        "id": "exp-1/1/step/1",
        "experimentId": "exp-1",
        "attempt": 1,
        "step": 1,
        "totalSteps": 20,
        "epoch": 1,
        "learningRate": 0.1,
        "loss": 0.69,
        "terms": {"cross-entropy": 0.6},
        "accuracy": {"clean": 0.5},
        "stepMillis": 12.5,
        "waitMillis": 2.5,
        "attackWaitMillis": 1.75,
        "time": "2026-11-29T15:06:13.161033998Z",
    }
    table = Gateway(ok([step])).client().training("exp-1")
    assert table.loc[0, "term_cross-entropy"] == 0.6
    assert table.loc[0, "accuracy_clean"] == 0.5
    assert table.loc[0, "loss"] == 0.69
    assert table.loc[0, "attack_wait_millis"] == 1.75
    assert bool(table["augment_wait_millis"].isna().loc[0])


def test_subgroups_of_several_experiments_are_one_table() -> None:
    of_women = {
        "experiment": "exp-1",
        "attribute": "sex",
        "subgroup": "F",
        "classCounts": [12, 9],
        "small": True,
        "images": "attacked",
        "conditions": ["pgd-l2-10@0.5"],
        "metric": "accuracy",
        "value": 0.5,
        "low": 0.25,
        "high": 0.75,
        "n": 21,
        "note": None,
        "whole": 0.75,
        "difference": -0.25,
        "differenceLow": -0.5,
        "differenceHigh": 0.0,
        "worst": True,
        "failedGates": ["noise-hurts-less"],
        "split": "test",
        "later": 1,
    }
    gateway = Gateway(ok([of_women]), ok([]))
    table = gateway.client().subgroups(["exp-1", "exp-2"])
    assert gateway.asked == [f"GET /api/v1/experiments/exp-{i}/results/subgroups" for i in (1, 2)]
    assert tuple(table.columns) == (*rtda.SUBGROUP_COLUMNS, "later")
    (first,) = table.to_dict("records")
    assert (first["value"], first["whole"], first["difference"], first["difference_low"]) == (0.5, 0.75, -0.25, -0.5)
    assert (first["class_counts"], first["conditions"]) == ((12, 9), ("pgd-l2-10@0.5",))
    assert first["flags"] == ("noise-hurts-less",)
    assert pd.isna(first["note"])


def test_a_data_set_without_subgroups_has_an_empty_table() -> None:
    table = Gateway(ok([])).client().subgroups("exp-1")
    assert table.empty
    assert tuple(table.columns) == rtda.SUBGROUP_COLUMNS
