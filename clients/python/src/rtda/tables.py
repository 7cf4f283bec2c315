"""Figures, training steps and predictions as tables of pandas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from rtda._document import snake_case
from rtda.documents import Condition
from rtda.events import TrainingStep

#: A flag of figures that depend on the healthy class where nobody said which it is. The other flags are names of gates.
HEALTHY_CLASS_ASSUMED = "healthy-class-assumed"

#: The first columns of a table of results; further fields of a gateway's rows come after them.
RESULT_COLUMNS = (
    "experiment",
    "dataset",
    "method",
    "seed",
    "condition",
    "metric",
    "value",
    "low",
    "high",
    "n",
    "flags",
    "note",
    "constant",
    "constant_answer",
    "kind",
    "attack",
    "norm",
    "epsilon",
    "steps",
    "corruption",
    "severity",
    "split",
    "goal",
    "effort",
    "unbounded",
    "subset_images",
    "subset_of",
    "evaluation",
    "suite",
    "evaluation_name",
)

_NUMBERS = ("value", "low", "high", "constant", "epsilon")
_COUNTS = ("seed", "n", "steps", "severity", "subset_images", "subset_of")
_TAKEN_APART = ("failedGates", "healthyClassAssumed", "conditionDetails", "subset")


def results_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Result rows of the gateway, one row for each figure.

    Returns:
        The columns of :data:`RESULT_COLUMNS`. ``value``, ``low`` and ``high`` are NaN where a figure is not defined; ``note`` says why.
        ``flags`` is a tuple: the gates that the figure fails, and :data:`HEALTHY_CLASS_ASSUMED`. Figures that have a flag should not
        be relied on without reading it. What else is absent is ``<NA>``. ``unbounded`` says
        whether the attack's ball holds every image.
    """
    records = [_record(row) for row in rows]
    further = sorted({name for record in records for name in record} - set(RESULT_COLUMNS))
    table = pd.DataFrame.from_records(records, columns=[*RESULT_COLUMNS, *further])
    types: dict[str, str] = {name: "string" for name in RESULT_COLUMNS if name != "flags"}
    types.update(dict.fromkeys(_NUMBERS, "float64") | dict.fromkeys(_COUNTS, "Int64"))
    types["unbounded"] = "boolean"
    return table.astype(types)


def _record(row: Mapping[str, Any]) -> dict[str, Any]:
    record = {snake_case(name): value for name, value in row.items() if name not in _TAKEN_APART}
    flags = list(row.get("failedGates") or ())
    if row.get("healthyClassAssumed"):
        flags.append(HEALTHY_CLASS_ASSUMED)
    record["flags"] = tuple(flags)
    subset = row.get("subset") or {}
    record["subset_images"], record["subset_of"] = subset.get("images"), subset.get("of")
    details = row.get("conditionDetails")
    if details is not None:
        record.update(condition_columns(Condition.from_json(details)))
    return record


def condition_columns(condition: Condition) -> dict[str, Any]:
    """A condition taken apart, by the names of a table's columns."""
    strength = condition.strength
    if condition.attack_set is not None:
        attack: str | None = condition.attack_set.name
    else:
        attack = strength.name if strength else None
    return {
        "kind": condition.kind,
        "attack": attack,
        "norm": strength.norm if strength else None,
        "epsilon": strength.epsilon if strength else None,
        "steps": strength.steps if strength else None,
        "corruption": condition.corruption,
        "severity": condition.severity,
        "split": condition.split,
        "goal": condition.goal,
    }


#: The first columns of a table of subgroups; further fields of a gateway's rows come after them.
SUBGROUP_COLUMNS = (
    "experiment",
    "attribute",
    "subgroup",
    "images",
    "metric",
    "value",
    "low",
    "high",
    "n",
    "whole",
    "difference",
    "difference_low",
    "difference_high",
    "worst",
    "small",
    "flags",
    "note",
    "split",
    "conditions",
    "class_counts",
)


def subgroups_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows of subgroups of the gateway, one row for each figure.

    Returns:
        The columns of :data:`SUBGROUP_COLUMNS`. ``flags``, ``conditions`` and ``class_counts`` are tuples.
    """
    records = [_subgroup_record(row) for row in rows]
    further = sorted({name for record in records for name in record} - set(SUBGROUP_COLUMNS))
    table = pd.DataFrame.from_records(records, columns=[*SUBGROUP_COLUMNS, *further])
    texts = ("experiment", "attribute", "subgroup", "images", "metric", "note", "split")
    numbers = ("value", "low", "high", "whole", "difference", "difference_low", "difference_high")
    types = dict.fromkeys(texts, "string") | dict.fromkeys(numbers, "float64")
    return table.astype(types | {"n": "Int64", "worst": "boolean", "small": "boolean"})


def _subgroup_record(row: Mapping[str, Any]) -> dict[str, Any]:
    record = {snake_case(name): value for name, value in row.items() if name != "failedGates"}
    record["flags"] = tuple(row.get("failedGates") or ())
    return record | {name: tuple(row.get(key) or ()) for name, key in _LISTS_OF_A_SUBGROUP.items()}


_LISTS_OF_A_SUBGROUP = {"conditions": "conditions", "class_counts": "classCounts"}


def training_table(steps: Sequence[TrainingStep]) -> pd.DataFrame:
    """Optimiser steps, one row each: step, epoch, loss, its ``term_...`` and ``accuracy_...`` by view, rate and times."""
    return pd.DataFrame.from_records(
        [
            {
                "step": step.step,
                "epoch": step.epoch,
                "attempt": step.attempt,
                "loss": step.loss,
                **{f"term_{name}": value for name, value in step.terms.items()},
                **{f"accuracy_{name}": value for name, value in step.accuracy.items()},
                "learning_rate": step.learning_rate,
                "step_millis": step.step_millis,
                "wait_millis": step.wait_millis,
                "augment_wait_millis": step.augment_wait_millis,
                "attack_wait_millis": step.attack_wait_millis,
                "time": step.time,
            }
            for step in steps
        ]
    )
