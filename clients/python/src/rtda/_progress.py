"""A progress bar of text, for terminals, notebooks and logs."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol, TextIO

from rtda._course import TRAINING, Standing

_WIDTH = 30
_TENTHS = 10
_SECONDS_BETWEEN_DRAWINGS = 0.1


def line_of(name: str, course: Standing) -> str:
    """For example ``exp-1 training   [#####.....] 20/100 loss 0.6931``."""
    if not course.total:
        return f"{name} {course.outcome if course.ended else course.phase}"
    share = min(1.0, course.done / course.total)
    filled = int(share * _WIDTH)
    parts = [name, f"{course.phase:<10}", f"[{'#' * filled}{'.' * (_WIDTH - filled)}]", f"{course.done}/{course.total}"]
    if course.loss is not None and course.phase == TRAINING:
        parts.append(f"loss {course.loss:.4f}")
    if course.ended:
        parts.append(course.outcome)
    return " ".join(parts)


class ProgressBar(Protocol):
    """Shows where an experiment stands."""

    def show(self, course: Standing) -> None:
        """Shows it, if there is reason to."""

    def close(self) -> None:
        """Ends the showing."""


def progress_bar(name: str) -> ProgressBar:
    """The bar that suits this process: a notebook's, a terminal's, or lines of a log, the last two on standard error."""
    if _in_notebook():
        display = importlib.import_module("IPython.display")
        return NotebookBar(name, display.display, display.Pretty)
    return TerminalBar(name, sys.stderr) if sys.stderr.isatty() else LogLines(name, sys.stderr)


def _in_notebook() -> bool:
    """Whether a kernel runs this code. That its library is loaded says nothing: programs that run notebooks load it, too."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return hasattr(shell, "kernel")


class _Pace:
    """Lets a drawing pass at most ten times a second, and the last one always."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._drawn_at: float | None = None

    def lets_pass(self, course: Standing) -> bool:
        now = self._clock()
        if self._drawn_at is not None and now - self._drawn_at < _SECONDS_BETWEEN_DRAWINGS and not course.ended:
            return False
        self._drawn_at = now
        return True


class TerminalBar:
    """Draws over one line."""

    def __init__(self, name: str, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._out = out
        self._pace = _Pace(clock)
        self._length = 0

    def show(self, course: Standing) -> None:
        """Draws the line."""
        if not self._pace.lets_pass(course):
            return
        line = line_of(self._name, course)
        self._out.write("\r" + line.ljust(self._length))
        self._out.flush()
        self._length = len(line)

    def close(self) -> None:
        """Ends the line."""
        if self._length:
            self._out.write("\n")
            self._out.flush()
            self._length = 0


class NotebookBar:
    """Updates one output of a cell, so that a stored notebook has one line and not hundreds."""

    def __init__(
        self,
        name: str,
        display: Callable[..., Any],
        text: Callable[[str], Any],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Makes a bar.

        Args:
            name: Stands before it.
            display: ``IPython.display.display``.
            text: Makes an output of a text: ``IPython.display.Pretty``.
            clock: Seconds.
        """
        self._name = name
        self._display = display
        self._text = text
        self._pace = _Pace(clock)
        self._handle: Any = None

    def show(self, course: Standing) -> None:
        """Updates the output."""
        if not self._pace.lets_pass(course):
            return
        line = self._text(line_of(self._name, course))
        if self._handle is None:
            self._handle = self._display(line, display_id=True)
        else:
            self._handle.update(line)

    def close(self) -> None:
        """Leaves the output as it is."""


class LogLines:
    """Writes a line at the beginning of a phase, at every tenth of it, and at the end."""

    def __init__(self, name: str, out: TextIO) -> None:
        self._name = name
        self._out = out
        self._last: tuple[str, int, bool] | None = None

    def show(self, course: Standing) -> None:
        """Writes a line, if a tenth more is done."""
        tenth = course.done * _TENTHS // course.total if course.total else 0
        mark = (course.phase, tenth, course.ended)
        if mark != self._last:
            self._last = mark
            self._out.write(line_of(self._name, course) + "\n")
            self._out.flush()

    def close(self) -> None:
        """Every line has been ended."""
