from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

import rtda
from gateway import Gateway, experiment, ok, problem, sse
from rtda._course import Course, EvaluationCourse
from rtda._progress import LogLines, NotebookBar, TerminalBar, line_of, progress_bar
from rtda.documents import Condition
from rtda.events import Completed, Event, Measured, Planned, StatusEvent, TrainingStep


def event(kind: str, identity: str, **fields: Any) -> str:
    return f"id: {identity}\nevent: {kind}\ndata: {json.dumps({'id': identity, 'experimentId': 'exp-1', **fields})}"


RUNNING = event("status", "exp-1/1/RUNNING", state="RUNNING", step=0, totalSteps=2)
STEP_1 = event("training", "exp-1/1/step/1", step=1, totalSteps=2, epoch=1, loss=0.5)
STEP_2 = event("training", "exp-1/1/step/2", step=2, totalSteps=2, epoch=1, loss=0.25)
TRAINED = event("status", "exp-1/1/TRAINED", state="TRAINED", step=2, totalSteps=2)
FINAL = {"evaluationId": "exp-1/epoch-00001", "epoch": 1, "last": True}
CONDITION = {"kind": "CLEAN", "split": "test"}
PLANNED = event("robustness", "p", type="planned", suite="standard", conditions=[CONDITION], **FINAL)
MEASURED = event(
    "robustness", "m", type="measured", condition=CONDITION, values=[{"metric": "accuracy", "value": 0.5}], **FINAL
)
COMPLETED = event("robustness", "c", type="completed", measured=1, failed=0, **FINAL)


class Breaking(httpx.SyncByteStream):
    """Some text, then a broken connection."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __iter__(self) -> Iterator[bytes]:
        yield self._text.encode()
        raise httpx.ReadError("reset by peer")


def breaking(*events: str) -> httpx.Response:
    text = "".join(event + "\n\n" for event in events)
    return httpx.Response(200, stream=Breaking(text), headers={"Content-Type": "text/event-stream"})


def test_events_end_when_the_experiment_is_trained_and_evaluated() -> None:
    gateway = Gateway(sse(RUNNING, STEP_1, STEP_2, PLANNED, TRAINED, MEASURED, COMPLETED, STEP_1))
    events = list(gateway.client().events("exp-1"))
    assert [type(e) for e in events] == [
        StatusEvent,
        TrainingStep,
        TrainingStep,
        Planned,
        StatusEvent,
        Measured,
        Completed,
    ]
    assert gateway.asked == ["GET /api/v1/metrics/stream?experiment=exp-1"]
    assert gateway.requests[0].extensions["timeout"]["read"] == 60.0


@pytest.mark.parametrize("state", ["FAILED", "CANCELLED"])
def test_events_end_with_a_run_that_failed_or_was_cancelled(state: str) -> None:
    gateway = Gateway(sse(RUNNING, event("status", "e", state=state, reason="why"), STEP_1))
    events = list(gateway.client().events("exp-1"))
    assert len(events) == 2
    assert isinstance(events[1], StatusEvent)
    assert events[1].reason == "why"


def unplaced(told: str) -> str:
    """An event that was known before the reader came: it has no place in the stream, but the last of them has."""
    return told.split("\n", 1)[1]


@pytest.mark.parametrize("state", ["FAILED", "CANCELLED", "TRAINED"])
def test_the_newest_status_comes_first_of_what_is_known_and_is_not_the_end(state: str) -> None:
    status = event("status", "e", state=state, step=2, totalSteps=2)
    known = (unplaced(status), unplaced(STEP_1), unplaced(PLANNED), unplaced(MEASURED), COMPLETED)
    gateway = Gateway(sse(*known, STEP_2))
    events = list(gateway.client().events("exp-1"))
    assert [e.id for e in events] == ["e", "exp-1/1/step/1", "p", "m", "c"]


def test_a_stream_that_is_refused_waits_as_long_as_the_gateway_says() -> None:
    refused = httpx.Response(429, json={"status": 429, "detail": "64 streams"}, headers={"Retry-After": "5"})
    gateway = Gateway(refused, sse(RUNNING, TRAINED, COMPLETED))
    assert len(list(gateway.client().events("exp-1"))) == 3
    assert gateway.delays == [5.0]


def test_the_end_of_a_named_evaluation_is_not_the_end() -> None:
    named = event("robustness", "n", type="completed", evaluationId="exp-1/epoch-00001/full", epoch=1, last=True)
    gateway = Gateway(sse(TRAINED, named, COMPLETED))
    assert len(list(gateway.client().events("exp-1"))) == 3


def test_a_broken_stream_is_taken_up_after_the_last_event() -> None:
    gateway = Gateway(breaking(RUNNING, STEP_1), sse(STEP_2, TRAINED, COMPLETED))
    events = list(gateway.client().events("exp-1"))
    assert [e.id for e in events] == ["exp-1/1/RUNNING", "exp-1/1/step/1", "exp-1/1/step/2", "exp-1/1/TRAINED", "c"]
    assert "Last-Event-ID" not in gateway.requests[0].headers
    assert gateway.requests[1].headers["Last-Event-ID"] == "exp-1/1/step/1"
    assert gateway.delays == [0.5]


def test_a_gateway_that_begins_again_is_read_without_doubles() -> None:
    gateway = Gateway(breaking(RUNNING, STEP_1), sse(RUNNING, STEP_1, STEP_2, TRAINED, COMPLETED))
    events = list(gateway.client().events("exp-1"))
    assert [e.id for e in events] == ["exp-1/1/RUNNING", "exp-1/1/step/1", "exp-1/1/step/2", "exp-1/1/TRAINED", "c"]


def test_a_stream_is_taken_up_at_the_last_place_that_was_named() -> None:
    def at(place: str | None, told: str) -> str:
        named = f"id: {place}\n" if place else ""
        return named + told.split("\n", 1)[1]

    gateway = Gateway(
        breaking(at(None, RUNNING), at("7-20", STEP_1), at(None, STEP_2)), sse(STEP_2, TRAINED, COMPLETED)
    )
    events = list(gateway.client().events("exp-1"))
    assert [e.id for e in events] == ["exp-1/1/RUNNING", "exp-1/1/step/1", "exp-1/1/step/2", "exp-1/1/TRAINED", "c"]
    assert gateway.requests[1].headers["Last-Event-ID"] == "7-20"


def test_a_stream_that_says_that_nothing_more_comes_is_not_taken_up_again() -> None:
    end = 'id: 7-9\nevent: end\ndata: {"experimentId":"exp-1","state":"TRAINED"}'
    gateway = Gateway(sse(end))
    assert list(gateway.client().events("exp-1", from_start=False)) == []
    assert gateway.delays == []


def test_an_event_that_breaks_off_in_its_middle_is_not_passed_on() -> None:
    half = httpx.Response(
        200, stream=Breaking(RUNNING + "\n\n" + STEP_1[:40]), headers={"Content-Type": "text/event-stream"}
    )
    gateway = Gateway(half, sse(STEP_1, TRAINED, COMPLETED))
    events = list(gateway.client().events("exp-1"))
    assert [e.id for e in events] == ["exp-1/1/RUNNING", "exp-1/1/step/1", "exp-1/1/TRAINED", "c"]


def test_the_delay_is_the_servers_where_it_names_one() -> None:
    gateway = Gateway(breaking("retry: 2000\n" + RUNNING), sse(TRAINED, COMPLETED))
    list(gateway.client().events("exp-1"))
    assert gateway.delays == [2.0]


def test_a_stream_that_breaks_off_too_often_is_given_up() -> None:
    gateway = Gateway(breaking(RUNNING), breaking(), httpx.ConnectError("refused"))
    with pytest.raises(rtda.GatewayUnavailableError, match="does not answer"):
        list(gateway.client(retries=rtda.Retries(tries=3)).events("exp-1"))
    assert gateway.delays == [0.5, 1.0]


def test_an_event_in_between_begins_the_count_of_tries_anew() -> None:
    gateway = Gateway(breaking(RUNNING), breaking(STEP_1), breaking(STEP_2), sse(TRAINED, COMPLETED))
    list(gateway.client(retries=rtda.Retries(tries=2)).events("exp-1"))
    assert gateway.delays == [0.5, 0.5, 0.5]


def test_a_gateway_with_too_many_streams_is_asked_again() -> None:
    gateway = Gateway(problem(503, "at most 256 streams"), sse(TRAINED, COMPLETED))
    assert len(list(gateway.client().events("exp-1"))) == 2


def test_a_refused_stream_is_an_error() -> None:
    with pytest.raises(rtda.NotFoundError, match="there is no experiment exp-1"):
        list(Gateway(problem(404, "there is no experiment exp-1")).client().events("exp-1"))


def test_an_answer_that_is_no_stream_is_an_error() -> None:
    with pytest.raises(rtda.AnswerError, match="is no stream of events"):
        list(Gateway(ok({})).client().events("exp-1"))


def test_only_new_events_are_asked_for_until_the_first_has_come() -> None:
    gateway = Gateway(breaking(), breaking(STEP_1), sse(event("status", "f", state="FAILED")))
    list(gateway.client().events("exp-1", from_start=False))
    assert [request.url.params.get("from") for request in gateway.requests] == ["now", "now", None]


def test_events_of_unknown_kinds_are_passed_on_with_their_fields() -> None:
    new = event("hardware", "h", watts=7)
    stage = event("robustness", "r", type="paused", **FINAL)
    events = list(Gateway(sse(new, stage, TRAINED, COMPLETED)).client().events("exp-1"))
    assert events[0].extra == {"watts": 7}
    assert type(events[0]) is Event
    assert isinstance(events[1], rtda.events.EvaluationEvent)
    assert events[1].type == "paused"


def test_follow_hands_out_every_event_and_answers_with_the_experiment() -> None:
    gateway = Gateway(sse(RUNNING, STEP_1, TRAINED, COMPLETED), ok(experiment()))
    seen: list[Event] = []
    ended = gateway.client().follow("exp-1", progress=False, on_event=seen.append)
    assert ended.ended
    assert len(seen) == 4


NAMED = {"evaluationId": "exp-1/epoch-00001/full", "epoch": 1, "last": True}


def test_an_evaluation_is_followed_to_its_own_end() -> None:
    found = ok([{"id": "exp-1/epoch-00001/full"}])
    gates = ok([{"id": "exp-1/epoch-00001"}, {"id": "exp-1/epoch-00001/full", "progress": {"completed": True}}])
    end = event("robustness", "n", type="completed", measured=1, failed=0, **NAMED)
    gateway = Gateway(found, sse(TRAINED, PLANNED, MEASURED, COMPLETED, end), gates)
    evaluation = gateway.client().follow_evaluation("exp-1/epoch-00001/full", progress=False)
    assert evaluation.progress.completed
    assert gateway.asked == [
        "GET /api/v1/experiments/exp-1/evaluations",
        "GET /api/v1/metrics/stream?experiment=exp-1",
        "GET /api/v1/experiments/exp-1/evaluations",
    ]


def test_an_evaluation_that_is_not_there_is_not_waited_for() -> None:
    gateway = Gateway(ok([{"id": "exp-1/epoch-00001"}]))
    with pytest.raises(rtda.NotFoundError, match=r"there is no evaluation exp-1/none \(allowed: one of"):
        gateway.client().follow_evaluation("exp-1/none")


def test_the_conditions_of_other_evaluations_are_not_counted() -> None:
    own = "exp-1/epoch-00001/full"
    course = EvaluationCourse(own)
    for each in (
        Planned(conditions=(Condition("CLEAN"), Condition("SHIFT")), evaluation_id=own),
        Measured(id="a", evaluation_id=own),
        Measured(id="a", evaluation_id=own),
        Measured(id="b", evaluation_id="exp-1/epoch-00001"),
        Completed(evaluation_id="exp-1/epoch-00001"),
    ):
        course.apply(each)
    assert line_of("full", course) == f"full evaluating [{'#' * 15}{'.' * 15}] 1/2"
    assert not course.ended
    course.apply(Completed(evaluation_id=own))
    assert line_of("full", course).endswith("1/2 complete")


def test_follow_shows_where_the_experiment_stands(capsys: pytest.CaptureFixture[str]) -> None:
    gateway = Gateway(sse(RUNNING, STEP_1, STEP_2, PLANNED, TRAINED, MEASURED, COMPLETED), ok(experiment()))
    gateway.client().follow("exp-1")
    lines = capsys.readouterr().err.splitlines()
    bar = "#" * 15 + "." * 15
    assert lines[1] == f"exp-1 training   [{bar}] 1/2 loss 0.5000"
    assert lines[-1] == f"exp-1 evaluating [{'#' * 30}] 1/1 trained"


def test_a_bar_is_drawn_over_one_line_and_not_more_than_ten_times_a_second() -> None:
    out = io.StringIO()
    now = iter([0.0, 0.05, 0.2])
    bar = TerminalBar("exp-1", out, clock=lambda: next(now))
    course = Course()
    for step in (1, 2, 3):
        course.apply(TrainingStep(step=step, total_steps=10))
        bar.show(course)
    bar.close()
    drawn = out.getvalue()
    assert drawn.count("\r") == 2
    assert drawn.endswith(" 3/10\n")


def test_a_notebook_has_one_output_that_is_updated() -> None:
    shown: list[str] = []
    handle = SimpleNamespace(update=lambda line: shown.append("updated: " + line))

    def display(line: str, *, display_id: bool) -> SimpleNamespace:
        assert display_id
        shown.append(line)
        return handle

    now = iter([0.0, 1.0, 1.01, 1.02])
    bar = NotebookBar("exp-1", display, str, clock=lambda: next(now))
    course = Course()
    for event in (StatusEvent(), StatusEvent(state="RUNNING"), StatusEvent(), StatusEvent(state="FAILED")):
        course.apply(event)
        bar.show(course)
    bar.close()
    # the third comes too soon after the second; the end is shown always
    assert shown == ["exp-1 queued", "updated: exp-1 queued", "updated: exp-1 failed"]


@pytest.mark.parametrize(
    ("shell", "bar"),
    [(None, LogLines), (SimpleNamespace(), LogLines), (SimpleNamespace(kernel="one"), NotebookBar)],
    ids=["no IPython shell", "IPython in a terminal", "a notebook"],
)
def test_the_bar_is_a_notebooks_only_where_a_kernel_runs_the_code(
    shell: object, bar: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=print, Pretty=str))
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert type(progress_bar("exp-1")) is bar


def test_before_its_total_is_known_a_phase_has_no_bar() -> None:
    course = Course()
    assert line_of("exp-1", course) == "exp-1 queued"
    course.apply(StatusEvent(state="TRAINED", step=2, total_steps=2))
    assert line_of("exp-1", course) == "exp-1 evaluating"


def test_a_topic_names_the_kind_of_its_events() -> None:
    assert rtda.events.kind_of_topic("training-metrics") == "training"
    with pytest.raises(ValueError, match=r"topic must be one of .*, was 'checkpoints'"):
        rtda.events.kind_of_topic("checkpoints")


def test_an_event_that_is_no_json_is_refused() -> None:
    with pytest.raises(rtda.AnswerError, match=r"an event of kind training is not JSON: '\{oops'"):
        rtda.events.parse("training", "{oops")
