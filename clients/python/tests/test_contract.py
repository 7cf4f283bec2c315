"""The documents of this package against those that the project publishes.

Messages: asyncapi.yaml, where the checkout has it. The gateway's answers: the description of a gateway that runs.
"""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

import rtda
from rtda import comparison, documents, events
from rtda._document import Document, camel_case, snake_case

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


#: By class: the schema of the gateway's description, and the fields that the class leaves in ``extra`` where the gateway has them.
ANSWERS: dict[type[Document], tuple[str, set[str]]] = {
    documents.Experiment: ("ExperimentDocument", {"headline"}),
    documents.Status: ("Status", set()),
    documents.Progress: ("ExperimentProgress", set()),
    documents.QueuePlace: ("QueuePlace", set()),
    documents.Unfinished: ("Unfinished", {"empty"}),
    documents.DatasetRef: ("DatasetRef", set()),
    documents.DeadLetter: ("DeadLetter", set()),
    documents.Evaluation: ("EvaluationDocument", set()),
    documents.EvaluationProgress: ("Progress", set()),
    documents.Gate: ("Gate", set()),
    documents.Dataset: ("ImportedDataset", {"images", "preparation", "schemaVersion", "subgroups"}),
    documents.Split: ("Split", {"blocks"}),
    comparison.ComparedGroup: ("Group", set()),
}


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    gateway = os.environ.get("RTDA_GATEWAY")
    if gateway is None:
        pytest.skip("RTDA_GATEWAY names no gateway: run clients/python/check --stack URL")
    token = os.environ.get("RTDA_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.get(f"{gateway}/q/openapi", params={"format": "json"}, headers=headers).raise_for_status()
    read: dict[str, Any] = answer.json()["components"]["schemas"]
    return read


@pytest.mark.stack
@pytest.mark.parametrize("kind", ANSWERS, ids=lambda kind: kind.__name__)
def test_a_document_has_the_fields_of_the_gateways_answer(answers: dict[str, Any], kind: type[Document]) -> None:
    name, left_out = ANSWERS[kind]
    known = {camel_case(f.name) for f in dataclasses.fields(kind) if f.name != "extra"}
    assert known == set(answers[name]["properties"]) - left_out


@pytest.mark.stack
def test_tables_have_the_columns_of_the_gateways_rows(answers: dict[str, Any]) -> None:
    taken_apart = {"failed_gates", "healthy_class_assumed", "condition_details", "subset"}
    results = {snake_case(name) for name in answers["ResultRow"]["properties"]}
    assert results - taken_apart <= set(rtda.RESULT_COLUMNS)
    subgroups = {snake_case(name) for name in answers["SubgroupRow"]["properties"]}
    assert subgroups - {"failed_gates"} == set(rtda.SUBGROUP_COLUMNS) - {"flags"}
