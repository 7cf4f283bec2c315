from __future__ import annotations

import pickle

import httpx
import pytest

import rtda
from gateway import Gateway, experiment, ok, problem
from rtda._http import path


def test_a_path_is_below_the_prefix_and_its_segments_are_escaped() -> None:
    assert path("experiments", "exp-1", "model") == "/api/v1/experiments/exp-1/model"
    assert path("experiments", "../known?") == "/api/v1/experiments/..%2Fknown%3F"


def test_a_problem_document_becomes_an_error_with_its_members() -> None:
    refused = problem(
        400,
        "attack.epsilon must be in [0, 1000], was -1.0",
        field="attack.epsilon",
        value="-1.0",
        allowed="in [0, 1000]",
        trace="t-1",
    )
    with pytest.raises(rtda.InvalidValueError) as raised:
        Gateway(refused).client().known()
    error = raised.value
    assert (error.status, error.title, error.type) == (400, "Title", "about:blank")
    assert (error.field, error.value, error.allowed) == ("attack.epsilon", "-1.0", "in [0, 1000]")
    assert error.extra == {"trace": "t-1"}
    assert str(error) == "400 attack.epsilon must be in [0, 1000], was -1.0"


def test_what_the_detail_does_not_say_stands_behind_it() -> None:
    refused = problem(404, "there is no experiment x", field="experiment", value="x", allowed="a known one")
    with pytest.raises(rtda.NotFoundError, match=r"^404 there is no experiment x \(allowed: a known one\)$"):
        Gateway(refused).client().experiment("x")


def test_a_refused_token_is_told_with_where_it_comes_from() -> None:
    with pytest.raises(rtda.AuthenticationError, match=r"^401 who are you; a token is taken from RTDA_TOKEN or"):
        Gateway(problem(401, "who are you")).client().known()


def test_an_error_goes_from_process_to_process_with_its_members() -> None:
    with pytest.raises(rtda.ConflictError) as raised:
        Gateway(problem(409, "it has ended", field="experiment", later=1)).client().cancel("exp-1")
    copy = pickle.loads(pickle.dumps(raised.value))  # noqa: S301 - its own
    assert type(copy) is rtda.ConflictError
    assert vars(copy) == vars(raised.value)
    assert str(copy) == "409 it has ended (field experiment)"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, rtda.InvalidValueError),
        (401, rtda.AuthenticationError),
        (403, rtda.AuthenticationError),
        (404, rtda.NotFoundError),
        (409, rtda.ConflictError),
        (413, rtda.ProblemError),
        (500, rtda.ProblemError),
    ],
)
def test_the_kind_of_an_error_is_that_of_its_status(status: int, kind: type[rtda.ProblemError]) -> None:
    with pytest.raises(rtda.ProblemError) as raised:
        Gateway(problem(status, "no")).client().known()
    assert type(raised.value) is kind


def test_a_proxys_page_becomes_an_error_with_its_first_line() -> None:
    page = httpx.Response(502, text="<html>bad gateway</html>\nmore", headers={"Content-Type": "text/html"})
    with pytest.raises(rtda.ProblemError) as raised:
        Gateway(page).client(retries=rtda.Retries(tries=1)).known()
    assert raised.value.title == "Bad Gateway"
    assert raised.value.detail == "<html>bad gateway</html>"


def test_a_redirect_is_not_followed_with_the_token() -> None:
    gateway = Gateway(httpx.Response(307, headers={"Location": "http://elsewhere/"}))
    with pytest.raises(rtda.ProblemError, match="307 Temporary Redirect"):
        gateway.client(token="secret").known()
    assert len(gateway.requests) == 1


def test_an_answer_that_is_no_json_is_an_error() -> None:
    with pytest.raises(rtda.AnswerError, match="the answer to GET http://gateway:8080/api/v1/known is not JSON"):
        Gateway(httpx.Response(200, text="hello")).client().known()


def test_the_token_is_sent_and_not_shown() -> None:
    gateway = Gateway(ok({}))
    client = gateway.client(token="secret")
    client.known()
    assert gateway.requests[0].headers["Authorization"] == "Bearer secret"
    assert gateway.requests[0].headers["User-Agent"] == f"rtda-python/{rtda.__version__}"
    assert "secret" not in repr(client)


def test_the_environment_names_gateway_and_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTDA_GATEWAY", "https://rtda.example.org/base/")
    monkeypatch.setenv("RTDA_TOKEN", "from-environment")
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return ok({})

    with rtda.Client(transport=httpx.MockTransport(answer)) as client:
        client.known()
    assert client.gateway == "https://rtda.example.org/base"
    assert str(seen[0].url) == "https://rtda.example.org/base/api/v1/known"
    assert seen[0].headers["Authorization"] == "Bearer from-environment"


def test_without_a_token_none_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RTDA_TOKEN", raising=False)
    gateway = Gateway(ok({}))
    gateway.client().known()
    assert "Authorization" not in gateway.requests[0].headers


@pytest.mark.parametrize("address", ["localhost:8080", "ftp://host", "http://", "nonsense"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=f"must be like http://HOST:PORT, was '{address}'"):
        rtda.Client(address)


def test_a_read_is_repeated_until_it_is_answered_with_doubled_delays() -> None:
    gateway = Gateway(httpx.ReadTimeout("slow"), problem(503, "the broker is gone"), ok({"methods": ["rtda"]}))
    assert gateway.client().known() == {"methods": ["rtda"]}
    assert gateway.delays == [0.5, 1.0]


def test_a_read_is_given_up_after_all_tries() -> None:
    gateway = Gateway(*[httpx.ConnectError("refused")] * 3)
    with pytest.raises(
        rtda.GatewayUnavailableError, match=r"at http://gateway:8080 does not answer \(3 tries\): refused"
    ):
        gateway.client(retries=rtda.Retries(tries=3)).known()
    assert gateway.delays == [0.5, 1.0]


def test_a_refusal_is_not_repeated() -> None:
    gateway = Gateway(problem(404, "none"))
    with pytest.raises(rtda.NotFoundError):
        gateway.client().known()
    assert gateway.delays == []


def test_what_the_gateway_refuses_to_begin_is_asked_again_even_where_it_may_not_come_twice() -> None:
    refused = httpx.Response(429, headers={"Retry-After": "12"}, json={"status": 429, "detail": "too many"})
    gateway = Gateway(refused, httpx.Response(204))
    gateway.client().delete("exp-1")
    assert gateway.delays == [12.0]


def test_delays_double_and_retry_after_is_followed_for_up_to_a_minute() -> None:
    retries = rtda.Retries(first_delay=0.5, longest_delay=8.0)
    assert [retries.delay(tries) for tries in (1, 2, 3, 4, 5, 6)] == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]
    assert retries.delay(1, "3") == 3.0
    assert retries.delay(1, "20") == 20.0
    assert retries.delay(1, "3600") == 60.0
    assert retries.delay(1, "Wed, 21 Oct 2026 07:28:00 GMT") == 0.5


def test_a_submission_carries_one_key_through_all_its_tries() -> None:
    gateway = Gateway(
        httpx.RemoteProtocolError("broke off"), httpx.Response(201, json={"id": "exp-1"}), ok(experiment())
    )
    submitted = gateway.client().submit("busi", method="rtda", epochs=2)
    assert submitted.id == "exp-1"
    assert gateway.asked == ["POST /api/v1/experiments", "POST /api/v1/experiments", "GET /api/v1/experiments/exp-1"]
    keys = [request.headers["Idempotency-Key"] for request in gateway.requests[:2]]
    assert keys[0] == keys[1]
    assert len(keys[0]) == 36
    assert gateway.bodies[0] == gateway.bodies[1] == b'{"dataset":"busi","method":"rtda","epochs":2}'


def test_two_submissions_have_two_keys() -> None:
    gateway = Gateway(*[httpx.Response(201, json={"id": "exp-1"}), ok(experiment())] * 2)
    client = gateway.client()
    client.submit("busi")
    client.submit("busi")
    assert gateway.requests[0].headers["Idempotency-Key"] != gateway.requests[2].headers["Idempotency-Key"]


def test_an_import_is_not_repeated_when_it_may_have_arrived() -> None:
    gateway = Gateway(httpx.ReadTimeout("slow"))
    with pytest.raises(rtda.GatewayUnavailableError, match="did not answer in time: slow"):
        gateway.client().import_dataset("busi", _arrays())
    assert len(gateway.requests) == 1


def test_an_import_is_repeated_when_it_cannot_have_arrived() -> None:
    manifest = {"name": "busi", "channels": 1, "height": 8, "width": 8, "classes": ["0", "1"], "splits": {}}
    gateway = Gateway(httpx.ConnectError("refused"), httpx.Response(201, json=manifest))
    assert gateway.client().import_dataset("busi", _arrays()).name == "busi"
    # the second body is whole, too: the file was rewound
    assert len(gateway.bodies[0]) == len(gateway.bodies[1])


def test_an_evaluation_of_the_newest_checkpoint_is_not_repeated() -> None:
    gateway = Gateway(httpx.ReadError("reset"))
    with pytest.raises(rtda.GatewayUnavailableError, match="broke off"):
        gateway.client().evaluate("exp-1", "full")


def test_an_evaluation_that_is_named_whole_is_repeated() -> None:
    gateway = Gateway(httpx.ReadError("reset"), httpx.Response(202, json={"id": "exp-1/epoch-00002/mine"}))
    assert gateway.client().evaluate("exp-1", "full", epoch=2, name="mine") == "exp-1/epoch-00002/mine"


@pytest.mark.parametrize(("name", "value"), [("connect", 0), ("read", -1), ("stream", float("nan"))])
def test_a_time_out_must_be_above_0(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name} must be above 0 seconds, was {value}"):
        rtda.Timeouts(**{name: value})


def test_retries_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="tries must be at least 1, was 0"):
        rtda.Retries(tries=0)
    with pytest.raises(ValueError, match=r"were 9.0 and 8.0"):
        rtda.Retries(first_delay=9.0)


def test_an_upload_has_the_long_time_out_and_a_read_the_short_one() -> None:
    manifest = {"name": "busi", "channels": 1, "height": 8, "width": 8, "classes": ["0", "1"], "splits": {}}
    gateway = Gateway(ok({}), httpx.Response(201, json=manifest))
    client = gateway.client()
    client.known()
    client.import_dataset("busi", _arrays())
    assert [request.extensions["timeout"]["read"] for request in gateway.requests] == [30.0, 1800.0]
    assert [request.extensions["timeout"]["connect"] for request in gateway.requests] == [5.0, 5.0]


def _arrays() -> dict[str, object]:
    images = [[[0] * 8] * 8] * 2
    return {split: (images, [0, 1]) for split in ("train", "val", "test")}
