"""The documents of this package against those that the project publishes (asyncapi.yaml), where the checkout has them."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import yaml

from rtda import documents, events
from rtda._document import Document, camel_case

CONTRACT = Path(__file__).parents[3] / "libs/contracts/src/main/resources/asyncapi.yaml"

MESSAGES: dict[type[Document], str] = {
    documents.ExperimentSpec: "ExperimentSpec",
    documents.OptimizerSettings: "OptimizerSettings",
    documents.PreAugmentation: "PreAugmentation",
    documents.AugMixSettings: "AugMixSettings",
    documents.AttackSettings: "AttackSettings",
    documents.EvaluationSettings: "EvaluationSettings",
    documents.SelectionSettings: "SelectionSettings",
    documents.InputNormalization: "InputNormalization",
    documents.WarmupSettings: "WarmupSettings",
    documents.Condition: "Condition",
    documents.AttackSet: "AttackSet",
    documents.SourceModel: "SourceModel",
    documents.ObjectRef: "ObjectRef",
    documents.Subset: "Subset",
    documents.Figure: "Figure",
    documents.Subgroup: "RobustnessMetricSubgroup",
    documents.MetricSubject: "MetricSubject",
    events.StatusEvent: "ExperimentStatus",
    events.TrainingStep: "TrainingMetric",
    events.Planned: "RobustnessMetricPlanned",
    events.Measured: "RobustnessMetricMeasured",
    events.ConditionFailed: "RobustnessMetricFailed",
    events.GateJudged: "RobustnessMetricGate",
    events.Completed: "RobustnessMetricCompleted",
}


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    if not CONTRACT.exists():
        pytest.skip(f"there is no {CONTRACT}: this is not a checkout of the project")
    document: dict[str, Any] = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    read: dict[str, Any] = document["components"]["schemas"]
    return read


@pytest.mark.parametrize(("kind", "name"), MESSAGES.items(), ids=MESSAGES.values())
def test_a_document_has_the_fields_of_its_message(schemas: dict[str, Any], kind: type[Document], name: str) -> None:
    published = set(schemas[name]["properties"])
    if "allOf" in schemas[name]:
        published |= set(schemas["Event"]["properties"])
    known = {camel_case(f.name) for f in dataclasses.fields(kind) if f.name != "extra"}
    assert known == published
