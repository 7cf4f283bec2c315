"""Experiments side by side, as the gateway compares them: figures of groups, and paired tests of their differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from rtda._document import Document, snake_case
from rtda.documents import Condition
from rtda.errors import AnswerError
from rtda.tables import condition_columns

_CONDITION = ("kind", "attack", "norm", "epsilon", "steps", "corruption", "severity", "split", "goal")

#: The first columns of ``Comparison.figures``; further fields of a gateway's figures come after them.
FIGURE_COLUMNS = (
    *("group", "condition", "metric", "value", "low", "high", "interval", "deviation", "seeds", "n", "flags"),
    *_CONDITION,
    *("subset_images", "subset_of"),
)

_TESTED = ("accuracy", "balanced_accuracy")
_OF_A_DIFFERENCE = {"mean": "", "low": "_low", "high": "_high", "pValue": "_p", "holm": "_p_holm"}

#: The columns of ``Comparison.differences``.
DIFFERENCE_COLUMNS = (
    *("condition", "first", "second", "finding", "p_value", "p_holm", "seeds"),
    *(tested + suffix for tested in _TESTED for suffix in _OF_A_DIFFERENCE.values()),
    *_CONDITION,
)

#: The columns of ``Comparison.tests``.
TEST_COLUMNS = ("condition", "first", "second", "seed", "only_first", "only_second", "n", "p_value")

_TEXTS = {
    *("group", "condition", "metric", "interval", "first", "second", "finding"),
    *("kind", "attack", "norm", "corruption", "split", "goal"),
}
_COUNTS = {"seeds", "seed", "n", "only_first", "only_second", "steps", "severity", "subset_images", "subset_of"}


@dataclass(frozen=True)
class ComparedGroup(Document):
    """Experiments that differ only in their seed.

    Attributes:
        name: The method, with what else tells the groups apart, for example ``rtda, lambda 3``.
        experiments: Their ids.
        seeds: Their seeds, in the same order.
        specification: What they share: everything but the seed.
        constant: Whether a model names the same class for every clean image: then nothing is concluded of it. None where the answers of a
            model are not known.
    """

    name: str
    experiments: tuple[str, ...] = ()
    seeds: tuple[int, ...] = ()
    specification: Mapping[str, Any] = field(default_factory=dict)
    constant: bool | None = None


@dataclass(frozen=True, eq=False)
class Comparison:
    """Experiments on one data set side by side. The group of the first experiment is compared with each other group.

    A difference is the first group's figure minus the second's.

    Attributes:
        dataset: Name of the data set.
        groups: In the order of the experiments.
        differing: Fields of the specification that are not the same in all groups.
        figures: One row for each group, condition and metric: :data:`rtda.comparison.FIGURE_COLUMNS`. ``value`` is the mean over seeds.
            ``interval`` says what the 95% interval from ``low`` to ``high`` is over: ``SEEDS``, or ``IMAGES`` of a single seed.
            ``flags`` is a tuple: the gates that the figure fails.
        differences: One row for each condition and other group: :data:`rtda.comparison.DIFFERENCE_COLUMNS`. ``p_value`` combines McNemar's
            tests of the seeds, ``p_holm`` is corrected over the groups. ``accuracy`` and ``balanced_accuracy`` are mean differences with
            their intervals and p-values over seeds. ``finding`` is what all of this shows of the first group's accuracy: ``HIGHER``,
            ``LOWER``, ``NOT_SHOWN``, ``NOT_TESTED`` (no test on images) or ``NOT_JUDGED`` (a model names one class for every image).
        tests: McNemar's exact tests, one row for each condition, other group and seed: :data:`rtda.comparison.TEST_COLUMNS`.
        extra: Fields that this version of the package does not know.
    """

    dataset: str
    groups: tuple[ComparedGroup, ...]
    differing: tuple[str, ...]
    figures: pd.DataFrame = field(repr=False)
    differences: pd.DataFrame = field(repr=False)
    tests: pd.DataFrame = field(repr=False)
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @staticmethod
    def from_json(document: Mapping[str, Any]) -> Comparison:
        """Reads the gateway's document.

        Raises:
            AnswerError: A field is missing, or is of another form.
        """
        rest = dict(document)
        try:
            groups = tuple(ComparedGroup.from_json(group) for group in rest.pop("groups"))
            conditions = [_Compared(groups, condition) for condition in rest.pop("conditions")]
            return Comparison(
                dataset=rest.pop("dataset"),
                groups=groups,
                differing=tuple(rest.pop("differing")),
                figures=_table(FIGURE_COLUMNS, (row for each in conditions for row in each.figures())),
                differences=_table(DIFFERENCE_COLUMNS, (row for each in conditions for row in each.differences())),
                tests=_table(TEST_COLUMNS, (row for each in conditions for row in each.tests())),
                extra=rest,
            )
        except KeyError as missing:
            raise AnswerError(f"a comparison has no field {missing.args[0]}") from missing
        except (AttributeError, IndexError, TypeError, ValueError) as failure:
            raise AnswerError(f"a comparison cannot be read: {failure}") from failure


class _Compared:
    """The rows of one condition."""

    def __init__(self, groups: Sequence[ComparedGroup], document: Mapping[str, Any]) -> None:
        self._names = [group.name for group in groups]
        self._document = document
        self._label = document["condition"]
        details = document.get("conditionDetails")
        self._columns = {} if details is None else condition_columns(Condition.from_json(details))

    def figures(self) -> Iterable[dict[str, Any]]:
        for figure in self._document["figures"]:
            known = {"group", "figure", "subset", "failedGates"}
            subset = figure.get("subset") or {}
            yield {
                **{snake_case(name): value for name, value in figure.items() if name not in known},
                **figure["figure"],
                "group": self._names[figure["group"]],
                "condition": self._label,
                "flags": tuple(figure.get("failedGates") or ()),
                "subset_images": subset.get("images"),
                "subset_of": subset.get("of"),
                **self._columns,
            }

    def differences(self) -> Iterable[dict[str, Any]]:
        for difference in self._document["differences"]:
            over_seeds = {"accuracy": difference["accuracy"], "balanced_accuracy": difference["balancedAccuracy"]}
            yield {
                **self._pair(difference),
                "finding": difference["finding"],
                "p_value": difference.get("combined"),
                "p_holm": difference.get("combinedHolm"),
                "seeds": difference["seeds"],
                **{
                    tested + suffix: over_seeds[tested].get(name)
                    for tested in _TESTED
                    for name, suffix in _OF_A_DIFFERENCE.items()
                },
                **self._columns,
            }

    def tests(self) -> Iterable[dict[str, Any]]:
        for difference in self._document["differences"]:
            for seed, test in difference["mcNemar"].items():
                counts = {snake_case(name): value for name, value in test.items()}
                yield {**self._pair(difference), "seed": int(seed), **counts}

    def _pair(self, difference: Mapping[str, Any]) -> dict[str, Any]:
        return {"condition": self._label, "first": self._names[0], "second": self._names[difference["group"]]}


def _table(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    records = list(rows)
    further = sorted({name for record in records for name in record} - set(columns))
    table = pd.DataFrame.from_records(records, columns=[*columns, *further])
    types = dict.fromkeys(columns, "float64")
    types.update(dict.fromkeys(_TEXTS, "string") | dict.fromkeys(_COUNTS, "Int64"))
    return table.astype({name: types[name] for name in columns if name != "flags"})
