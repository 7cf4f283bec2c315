#!/usr/bin/env python3
r"""Reads RTDA's metrics from Kafka and prints a line for each: the topics' smallest reader, to begin a program of one's own.

    pip install './clients/python[kafka]'        # in a checkout of the project
    cd clients/python/examples
    python metrics_subscriber.py --bootstrap 127.0.0.1:9094
    python metrics_subscriber.py --bootstrap 127.0.0.1:9094 --experiment exp-3f9c2a1b0d4e --from-beginning

A broker with TLS and passwords, of which the account "dashboard" reads the metrics topics alone:

    RTDA_KAFKA_PASSWORD=... python metrics_subscriber.py --bootstrap 127.0.0.1:9094 --user dashboard --ca ca.crt \
        --topics training-metrics robustness-metrics

`./rtda status` shows the broker's address. A message may come twice, with the same id: it is printed once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Protocol

from rtda import AnswerError, events
from rtda.events import Completed, ConditionFailed, Event, GateJudged, Measured, StatusEvent, TrainingStep

SHOWN = ("accuracy", "balanced-accuracy", "auroc")
TOPICS = ("experiment-status", "training-metrics", "robustness-metrics")


class Record(Protocol):
    """What is read of a record of Kafka."""

    @property
    def topic(self) -> str:
        """Where it lies."""

    @property
    def value(self) -> bytes | None:
        """Its content."""


def line_of(event: Event) -> str | None:
    """What is told of an event; None for one of which nothing is."""
    if isinstance(event, StatusEvent):
        return f"{event.experiment_id} {event.state}" + (f": {event.reason}" if event.reason else "")
    if isinstance(event, TrainingStep):
        accuracy = ", ".join(f"{view} {share:.2f}" for view, share in event.accuracy.items())
        return f"{event.experiment_id} step {event.step} of {event.total_steps}: loss {event.loss}, right: {accuracy}"
    if isinstance(event, Measured):
        figures = ", ".join(
            f"{figure.metric} {figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}] n={figure.n}"
            for figure in event.values
            if figure.metric in SHOWN and None not in (figure.value, figure.low, figure.high)
        )
        return f"{event.evaluation_id} {_condition(event)}: {figures}"
    if isinstance(event, ConditionFailed):
        return f"{event.evaluation_id} could not measure a condition: {event.reason}"
    if isinstance(event, GateJudged):
        return f"{event.evaluation_id} gate {event.gate} {event.outcome}: {event.finding}"
    if isinstance(event, Completed):
        return f"{event.evaluation_id} complete: {event.measured} measured, {event.failed} failed"
    return None


def _condition(event: Measured) -> str:
    """The condition's label; of a message of an earlier build, which has none, its kind and its strength."""
    if event.subject is not None and event.subject.condition is not None:
        return event.subject.condition
    if event.condition is None:
        return ""
    attack = event.condition.strength
    return event.condition.kind + (f" {attack.name or ''} {attack.norm} {attack.epsilon}" if attack else "")


def lines(records: Iterable[Record], experiment: str | None = None) -> Iterator[str]:
    """One line for each event, without doubles.

    Args:
        records: Of the topics.
        experiment: Only of this one; None for all.
    """
    seen: set[str] = set()
    for record in records:
        try:
            event = events.parse(events.kind_of_topic(record.topic), record.value or b"")
        except AnswerError as failure:
            # the services set such records aside in the topic dead-letters; a reader goes on
            print(f"a record of {record.topic} cannot be read: {failure}", file=sys.stderr)
            continue
        if event.id in seen or (experiment is not None and event.experiment_id != experiment):
            continue
        if event.id is not None:
            seen.add(event.id)
        line = line_of(event)
        if line is not None:
            yield line


def main() -> None:
    """Reads until it is interrupted."""
    parser = argparse.ArgumentParser(description="Print RTDA's metrics as they come.")
    parser.add_argument("--bootstrap", default="127.0.0.1:9094", help="the broker's address (default: %(default)s)")
    parser.add_argument("--experiment", help="only of this experiment")
    parser.add_argument("--from-beginning", action="store_true", help="print what there is already, too")
    parser.add_argument("--idle-seconds", type=float, help="end when nothing came for so long")
    parser.add_argument("--topics", nargs="+", choices=TOPICS, default=TOPICS, help="only these (default: all)")
    parser.add_argument("--user", help="of a broker with TLS and SCRAM-SHA-512; its password is RTDA_KAFKA_PASSWORD")
    parser.add_argument(
        "--ca", help="file with the certificates that the broker's is signed by (default: the system's)"
    )
    arguments = parser.parse_args()

    from kafka import KafkaConsumer

    secured = {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": arguments.user,
        "sasl_plain_password": os.environ.get("RTDA_KAFKA_PASSWORD"),
        "ssl_cafile": arguments.ca,
    }
    consumer = KafkaConsumer(
        *arguments.topics,
        bootstrap_servers=arguments.bootstrap,
        **(secured if arguments.user else {}),
        # no group: every reader sees everything, and nothing is kept in the broker
        group_id=None,
        auto_offset_reset="earliest" if arguments.from_beginning else "latest",
        consumer_timeout_ms=float("inf") if arguments.idle_seconds is None else int(arguments.idle_seconds * 1000),
    )
    try:
        for line in lines(consumer, arguments.experiment):
            print(line, flush=True)
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
