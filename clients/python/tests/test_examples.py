from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from metrics_subscriber import lines

KCAT_PAGE = Path(__file__).parents[2] / "java/README.md"


class Record(NamedTuple):
    topic: str
    value: bytes | None


def record(topic: str, **fields: Any) -> Record:
    return Record(topic, json.dumps({"experimentId": "exp-1", **fields}).encode())


STEP = record(
    "training-metrics", id="s", step=1, totalSteps=2, epoch=1, loss=0.5, accuracy={"clean": 0.25, "adversarial": 0.125}
)


def test_the_subscriber_prints_a_line_for_each_message_and_a_double_once() -> None:
    measured = record(
        "robustness-metrics",
        id="m",
        type="measured",
        evaluationId="exp-1/epoch-00001",
        condition={"kind": "ATTACK", "split": "test", "attack": {"name": "pgd-l2", "norm": "l2", "epsilon": 0.5}},
        values=[
            {"metric": "accuracy", "value": 0.5, "low": 0.25, "high": 0.75, "n": 8},
            {"metric": "auroc", "n": 8, "note": "one class"},
        ],
    )
    about = {"dataset": "busi", "method": "rtda", "network": "resnet8", "seed": 1, "condition": "jpeg@3"}
    told = json.loads(measured.value or b"") | {"id": "m2", "subject": about}
    labelled = Record("robustness-metrics", json.dumps(told).encode())
    failed = record("experiment-status", id="f", state="FAILED", reason="the loss is not finite")
    assert list(lines([STEP, STEP, measured, labelled, failed])) == [
        "exp-1 step 1 of 2: loss 0.5, right: clean 0.25, adversarial 0.12",
        "exp-1/epoch-00001 ATTACK pgd-l2 l2 0.5: accuracy 0.500 [0.250, 0.750] n=8",
        "exp-1/epoch-00001 jpeg@3: accuracy 0.500 [0.250, 0.750] n=8",
        "exp-1 FAILED: the loss is not finite",
    ]


def test_the_subscriber_goes_on_after_a_record_that_it_cannot_read(capsys: pytest.CaptureFixture[str]) -> None:
    broken = Record("training-metrics", b"{")
    assert len(list(lines([broken, Record("training-metrics", None), STEP]))) == 1
    assert capsys.readouterr().err.count("a record of training-metrics cannot be read") == 2


def test_the_subscriber_prints_one_experiment_alone() -> None:
    assert list(lines([STEP], experiment="exp-2")) == []


def programs_of_jq() -> dict[str, str]:
    """By topic, what the page's kcat lines have jq do with the topic's messages."""
    programs: dict[str, str] = {}
    for line in re.findall(r"^kcat .*?[^\\]$", KCAT_PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        words = shlex.split(line.replace("\\\n", " "))
        programs[words[words.index("-t") + 1]] = words[-1]
    return programs


def told_by_jq(topic: str, messages: list[bytes]) -> list[list[str]]:
    """What the page's line prints of a topic's messages, which kcat prints one a line."""
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed, so the kcat lines of clients/java/README.md were not tried")
    command = ["jq", "-r", programs_of_jq()[topic]]
    ran = subprocess.run(command, input=b"\n".join(messages), capture_output=True, check=False)  # noqa: S603
    assert (ran.returncode, ran.stderr) == (0, b"")
    return [line.split("\t") for line in ran.stdout.decode().splitlines()]


@pytest.mark.skipif(not KCAT_PAGE.exists(), reason="this is not a checkout of the project")
def test_there_is_a_kcat_line_for_each_metrics_topic() -> None:
    assert sorted(programs_of_jq()) == ["robustness-metrics", "training-metrics"]


@pytest.mark.skipif(not KCAT_PAGE.exists(), reason="this is not a checkout of the project")
def test_the_kcat_line_of_training_metrics_prints_each_step() -> None:
    subject = {"dataset": "busi", "method": "rtda", "network": "resnet8", "seed": 1}
    step = json.loads(STEP.value or b"")
    messages = [json.dumps(step | {"subject": subject}).encode(), STEP.value or b""]
    assert told_by_jq("training-metrics", messages) == [
        ["exp-1", "rtda", "1", "0.5", "clean 0.25", "adversarial 0.125"],
        ["exp-1", "", "1", "0.5", "clean 0.25", "adversarial 0.125"],
    ]


@pytest.mark.skipif(not KCAT_PAGE.exists(), reason="this is not a checkout of the project")
def test_the_kcat_line_of_robustness_metrics_prints_the_figures_alone() -> None:
    measured = {
        "type": "measured",
        "subject": {"condition": "jpeg@3"},
        "values": [{"metric": "accuracy", "value": 0.75}, {"metric": "balanced-accuracy", "value": 0.5}],
    }
    messages = [
        record("robustness-metrics", **fields).value or b"" for fields in (measured, {"type": "planned"}, measured)
    ]
    assert told_by_jq("robustness-metrics", messages) == [["exp-1", "jpeg@3", "0.5"]] * 2
