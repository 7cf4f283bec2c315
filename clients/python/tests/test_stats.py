from __future__ import annotations

import numpy as np
import pytest

from rtda import Condition, Predictions
from rtda.stats import holm, mcnemar, paired_tests


def right(pattern: str) -> list[bool]:
    """``"+-"``: right on the first image, wrong on the second."""
    return [c == "+" for c in pattern]


def test_five_against_none_is_a_coin_that_falls_five_times_alike() -> None:
    # 2 * (1/2)^5 = 1/16
    test = mcnemar(right("+++++++"), right("-----++"))
    assert (test.only_first, test.only_second, test.n) == (5, 0, 7)
    assert test.p_value == 0.0625


def test_one_against_six_counts_the_smaller_tail_twice() -> None:
    # 2 * (C(7,0) + C(7,1)) / 2^7 = 2 * 8 / 128
    test = mcnemar(right("+------"), right("-++++++"))
    assert (test.only_first, test.only_second) == (1, 6)
    assert test.p_value == 0.125


def test_equal_counts_and_no_discordant_image_say_nothing() -> None:
    # two against two: 2 * (1 + 4 + 6) / 16 is above 1
    assert mcnemar(right("++--"), right("--++")).p_value == 1.0
    assert mcnemar(right("+-"), right("+-")).p_value == 1.0


def test_many_images_do_not_underflow() -> None:
    # (1/2)^1999 is below the smallest double
    assert mcnemar([True] * 2000, [False] * 2000).p_value == 2.2250738585072014e-308
    # 2 * (1/2)^1000 = 2^-999
    assert mcnemar([True] * 1000, [False] * 1000).p_value == 2.0**-999


def test_a_large_count_is_that_of_the_normal_approximation() -> None:
    # 1100 against 900 of 2000: z = (200 - 1) / sqrt(2000) = 4.4498, two-sided 8.6e-06
    test = mcnemar([True] * 1100 + [False] * 900, [False] * 1100 + [True] * 900)
    assert test.p_value == pytest.approx(8.6e-6, rel=0.02)


def test_classifiers_on_different_images_are_refused() -> None:
    with pytest.raises(ValueError, match=r"were \(2,\) and \(1,\)"):
        mcnemar([True, False], [True])
    with pytest.raises(ValueError, match="at least one"):
        mcnemar([], [])


def test_holm_multiplies_by_the_tests_that_are_left_and_never_falls() -> None:
    # sorted 0.01, 0.02, 0.03 by 3, 2, 1: 0.03, 0.04, and 0.03 raised to 0.04
    assert holm([0.03, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])


def test_holm_does_not_exceed_1() -> None:
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


def test_holm_refuses_what_is_no_p_value() -> None:
    with pytest.raises(ValueError, match="must be in \\[0, 1\\], was nan"):
        holm([0.5, float("nan")])


def predictions(pattern: str, indices: list[int] | None = None) -> Predictions:
    """Of a model that is right where the pattern says so; every label is 0."""
    predicted = np.array([0 if c == "+" else 1 for c in pattern])
    return Predictions(
        experiment="exp",
        evaluation="exp/epoch-00001",
        condition=Condition("CLEAN", "test"),
        classes=("a", "b"),
        labels=np.zeros(len(pattern), dtype=np.int64),
        predicted=predicted,
        probabilities=np.zeros((len(pattern), 2)),
        indices=np.arange(len(pattern)) if indices is None else np.array(indices),
    )


def test_every_pair_is_tested_and_all_are_corrected_together() -> None:
    table = paired_tests(
        {"rtda": predictions("+++++"), "erm": predictions("-----"), "augmix": predictions("++++-")}
    ).set_index(["first", "second"])
    # 5 against 0: 1/16; 1 against 0: 1; 0 against 4: 1/8; Holm: 3/16, 1, 2/8
    assert table["p_value"].to_dict() == {("rtda", "erm"): 0.0625, ("rtda", "augmix"): 1.0, ("erm", "augmix"): 0.125}
    assert table["p_holm"].to_dict() == {("rtda", "erm"): 0.1875, ("rtda", "augmix"): 1.0, ("erm", "augmix"): 0.25}
    assert table["difference"].to_dict() == {("rtda", "erm"): 1.0, ("rtda", "augmix"): 0.2, ("erm", "augmix"): -0.8}


def test_models_on_different_images_are_not_compared() -> None:
    with pytest.raises(ValueError, match="a and b must be judged on the same images"):
        paired_tests({"a": predictions("++", [0, 1]), "b": predictions("++", [0, 2])})
    with pytest.raises(ValueError, match="at least two models, were 1"):
        paired_tests({"a": predictions("++")})
