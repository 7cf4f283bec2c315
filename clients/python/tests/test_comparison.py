from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import rtda
from gateway import Gateway, experiment, ok
from rtda.comparison import DIFFERENCE_COLUMNS, FIGURE_COLUMNS, TEST_COLUMNS

ATTACK = "pgd-l2-10@0.5"


def group(name: str, *experiments: str, **more: Any) -> dict[str, Any]:
    seeds = list(range(1, len(experiments) + 1))
    return {"name": name, "experiments": list(experiments), "seeds": seeds, "specification": {"method": name}} | more


def figure(place: int, value: float, **more: Any) -> dict[str, Any]:
    mean = {"value": value, "low": value - 0.25, "high": 1.0, "interval": "SEEDS", "deviation": 0.125, "seeds": 2}
    return {"group": place, "metric": "accuracy", "figure": mean, "n": 115, "subset": None, "failedGates": []} | more


def comparison(**more: Any) -> dict[str, Any]:
    difference = {
        "group": 1,
        "seeds": 2,
        "accuracy": {"mean": 0.25, "low": 0.125, "high": 0.375, "pValue": 0.01, "holm": 0.02},
        "balancedAccuracy": {"mean": 0.5, "low": None, "high": None, "pValue": None, "holm": None},
        "mcNemar": {
            "1": {"onlyFirst": 30, "onlySecond": 2, "n": 115, "pValue": 0.001},
            "2": {"onlyFirst": 25, "onlySecond": 3, "n": 115, "pValue": 0.003},
        },
        "combined": 0.004,
        "combinedHolm": 0.008,
        "finding": "HIGHER",
    }
    untested = difference | {"group": 2, "mcNemar": {}, "combined": None, "combinedHolm": None, "finding": "NOT_TESTED"}
    attack = {"name": "pgd-l2", "epsilon": 0.5, "steps": 10, "norm": "l2"}
    return {
        "dataset": "busi",
        "groups": [
            group("rtda", "exp-1", "exp-2", constant=False),
            group("erm", "exp-3", "exp-4", constant=None),
            group("trades", "exp-5"),
        ],
        "differing": ["method"],
        "conditions": [
            {
                "condition": ATTACK,
                "conditionDetails": {"kind": "ATTACK", "split": "test", "attack": attack},
                "attackFamily": "GRADIENT",
                "figures": [
                    figure(0, 0.75, subset={"images": 80, "of": 160}),
                    figure(1, 0.5, failedGates=["noise-hurts-less"], later=1),
                ],
                "differences": [difference, untested],
            }
        ],
    } | more


def test_experiments_are_compared_under_the_conditions_that_are_asked_for() -> None:
    gateway = Gateway(ok(comparison()), ok(comparison()), ok(comparison()))
    client = gateway.client()
    client.compare(["exp-1", rtda.Experiment.from_json(experiment(id="exp-3"))], conditions=["clean", ATTACK])
    client.compare(["exp-1", "exp-3"], conditions="clean")
    client.compare(iter(["exp-1", "exp-3"]))
    assert gateway.asked == [
        "GET /api/v1/comparisons?experiments=exp-1%2Cexp-3&condition=clean&condition=pgd-l2-10%400.5",
        "GET /api/v1/comparisons?experiments=exp-1%2Cexp-3&condition=clean",
        "GET /api/v1/comparisons?experiments=exp-1%2Cexp-3",
    ]


def test_groups_have_the_experiments_that_differ_only_in_their_seed() -> None:
    compared = Gateway(ok(comparison())).client().compare(["exp-1", "exp-3"])
    assert (compared.dataset, compared.differing) == ("busi", ("method",))
    assert [(each.name, each.experiments, each.seeds, each.constant) for each in compared.groups] == [
        ("rtda", ("exp-1", "exp-2"), (1, 2), False),
        ("erm", ("exp-3", "exp-4"), (1, 2), None),
        ("trades", ("exp-5",), (1,), None),
    ]
    assert compared.groups[1].specification == {"method": "erm"}


def test_figures_are_a_table_with_a_row_for_each_group() -> None:
    table = Gateway(ok(comparison())).client().compare(["exp-1", "exp-3"]).figures
    assert tuple(table.columns) == (*FIGURE_COLUMNS, "later")
    first, second = table.to_dict("records")
    assert (first["group"], first["condition"], first["metric"], first["n"]) == ("rtda", ATTACK, "accuracy", 115)
    assert (first["value"], first["low"], first["high"], first["interval"]) == (0.75, 0.5, 1.0, "SEEDS")
    assert (first["deviation"], first["seeds"], first["subset_images"], first["subset_of"]) == (0.125, 2, 80, 160)
    assert (first["kind"], first["attack"], first["norm"], first["epsilon"]) == ("ATTACK", "pgd-l2", "l2", 0.5)
    assert (first["flags"], second["flags"]) == ((), ("noise-hurts-less",))


def test_differences_are_of_the_first_group_from_each_other_one() -> None:
    table = Gateway(ok(comparison())).client().compare(["exp-1", "exp-3"]).differences
    assert tuple(table.columns) == DIFFERENCE_COLUMNS
    first, second = table.to_dict("records")
    assert (first["first"], first["second"], first["finding"]) == ("rtda", "erm", "HIGHER")
    assert (first["p_value"], first["p_holm"], first["seeds"]) == (0.004, 0.008, 2)
    assert [first[name] for name in table.columns if name.startswith("accuracy")] == [0.25, 0.125, 0.375, 0.01, 0.02]
    assert first["balanced_accuracy"] == 0.5
    assert pd.isna(first["balanced_accuracy_low"])
    assert (second["second"], second["finding"]) == ("trades", "NOT_TESTED")
    assert pd.isna(second["p_holm"])


def test_each_seed_has_a_test_over_images() -> None:
    table = Gateway(ok(comparison())).client().compare(["exp-1", "exp-3"]).tests
    assert tuple(table.columns) == TEST_COLUMNS
    assert table.to_dict("records")[1] == {
        "condition": ATTACK,
        "first": "rtda",
        "second": "erm",
        "seed": 2,
        "only_first": 25,
        "only_second": 3,
        "n": 115,
        "p_value": 0.003,
    }
    assert len(table) == 2


def test_a_comparison_without_conditions_has_empty_tables() -> None:
    compared = Gateway(ok(comparison(conditions=[]))).client().compare(["exp-1", "exp-3"])
    assert (len(compared.figures), len(compared.differences), len(compared.tests)) == (0, 0, 0)
    assert tuple(compared.differences.columns) == DIFFERENCE_COLUMNS


@pytest.mark.parametrize("answer", [{"groups": []}, comparison(conditions=[{}]), comparison(groups=3), []])
def test_a_comparison_that_cannot_be_read_is_refused(answer: Any) -> None:
    with pytest.raises(rtda.AnswerError):
        Gateway(ok(answer)).client().compare(["exp-1", "exp-3"])
