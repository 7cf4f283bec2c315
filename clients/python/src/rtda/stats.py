"""Paired tests of models on the same images."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from rtda.files import Predictions

#: The smallest p-value that is told, so that none is 0.
_SMALLEST = 2.2250738585072014e-308


@dataclass(frozen=True)
class McNemar:
    """McNemar's test of two classifiers on the same images (McNemar, Psychometrika 12, 1947), in its exact form at every count.

    The images on which exactly one of the two is right are, if both err equally often, a fair coin's throws. The test says nothing about
    another training run of the same method, and images must be independent: an image counts once. It is the test that the command
    line's ``benchmark`` makes.

    Attributes:
        only_first: Images on which the first alone is right.
        only_second: Images on which the second alone is right.
        n: All images.
        p_value: Two-sided, in (0, 1].
    """

    only_first: int
    only_second: int
    n: int
    p_value: float


def mcnemar(first_right: npt.ArrayLike, second_right: npt.ArrayLike) -> McNemar:
    """Tests whether two classifiers err equally often.

    Args:
        first_right: By image, whether the first classifier is right.
        second_right: The same images in the same order.

    Raises:
        ValueError: The images are not as many, or there are none.
    """
    first, second = np.asarray(first_right, dtype=bool), np.asarray(second_right, dtype=bool)
    if first.shape != second.shape or first.ndim != 1 or not len(first):
        raise ValueError(
            f"both classifiers must be judged on the same images, at least one, were {first.shape} and {second.shape}"
        )
    only_first = int(np.count_nonzero(first & ~second))
    only_second = int(np.count_nonzero(second & ~first))
    discordant = only_first + only_second
    # twice the smaller tail of Binomial(discordant, 1/2), at most 1; in whole numbers, which do not lose the small terms
    tail = sum(math.comb(discordant, k) for k in range(min(only_first, only_second) + 1))
    p_value = min(1.0, max(_SMALLEST, _quotient(2 * tail, discordant)))
    return McNemar(only_first, only_second, len(first), p_value)


def _quotient(numerator: int, halvings: int) -> float:
    """``numerator / 2**halvings``; 0.0 below the smallest double."""
    shift = max(0, numerator.bit_length() - 64)
    return math.ldexp(float(numerator >> shift), shift - halvings)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's correction (Scandinavian Journal of Statistics 6, 1979) for several tests at once.

    Args:
        p_values: In [0, 1].

    Returns:
        Adjusted p-values in the same order. Those at most alpha are significant, all together at that level.

    Raises:
        ValueError: A value is outside [0, 1] or NaN.
    """
    for p in p_values:
        if not 0 <= p <= 1:
            raise ValueError(f"a p-value must be in [0, 1], was {p}")
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = highest
    return adjusted


def paired_tests(predictions: Mapping[str, Predictions]) -> pd.DataFrame:
    """Every pair of models against each other: McNemar's test, with Holm's correction over all pairs.

    Args:
        predictions: By a name for the model: its predictions under the same condition on the same images.

    Returns:
        Columns first, second, only_first, only_second, n, difference (the first's accuracy less the second's), p_value, p_holm.

    Raises:
        ValueError: Fewer than two models, or their images are not the same.
    """
    if len(predictions) < 2:
        raise ValueError(f"there must be at least two models, were {len(predictions)}")
    names = list(predictions)
    for name in names[1:]:
        _require_same_images(names[0], predictions[names[0]], name, predictions[name])
    tests = [
        (first, second, mcnemar(predictions[first].correct, predictions[second].correct))
        for first, second in combinations(names, 2)
    ]
    adjusted = holm([test.p_value for _, _, test in tests])
    return pd.DataFrame.from_records(
        [
            {
                "first": first,
                "second": second,
                "only_first": test.only_first,
                "only_second": test.only_second,
                "n": test.n,
                "difference": (test.only_first - test.only_second) / test.n,
                "p_value": test.p_value,
                "p_holm": p_holm,
            }
            for (first, second, test), p_holm in zip(tests, adjusted)
        ]
    )


def _require_same_images(name: str, one: Predictions, other_name: str, other: Predictions) -> None:
    same = (
        one.condition.split == other.condition.split
        and np.array_equal(one.indices, other.indices)
        and np.array_equal(one.labels, other.labels)
    )
    if not same:
        raise ValueError(
            f"{name} and {other_name} must be judged on the same images: compare experiments on the same import of a data set"
        )
