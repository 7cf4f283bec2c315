"""A progress bar of text, for terminals, notebooks and logs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from rtda._course import QUEUED, TRAINING, Course

_WIDTH = 30
_TENTHS = 10
_SECONDS_BETWEEN_DRAWINGS = 0.1


def line_of(name: str, course: Course) -> str:
    """For example ``exp-1 training   [#####.....] 20/100 loss 0.6931``."""
    if course.phase == QUEUED or not course.total:
        return f"{name} {course.state.lower() if course.ended else course.phase}"
    share = min(1.0, course.done / course.total)
    filled = int(share * _WIDTH)
    parts = [name, f"{course.phase:<10}", f"[{'#' * filled}{'.' * (_WIDTH - filled)}]", f"{course.done}/{course.total}"]
    if course.loss is not None and course.phase == TRAINING:
        parts.append(f"loss {course.loss:.4f}")
    if course.ended:
        parts.append(course.state.lower())
    return " ".join(parts)


class ProgressBar:
    """Draws over one line where the reader can see that, and writes a new line every tenth where not, as in a log."""

    def __init__(
        self,
        name: str,
        *,
        out: TextIO | None = None,
        redraw: bool | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Makes a bar.

        Args:
            name: Stands before it.
            out: Where it is written; standard error when None.
            redraw: Whether ``out`` can return to the beginning of a line; found out when None.
            clock: Seconds.
        """
        self._name = name
        self._out = out if out is not None else sys.stderr
        self._redraw = redraw if redraw is not None else (self._out.isatty() or "ipykernel" in sys.modules)
        self._clock = clock
        self._drawn_at: float | None = None
        self._last_mark: tuple[str, int, bool] | None = None
        self._length = 0

    def show(self, course: Course) -> None:
        """Shows where the experiment stands, if there is reason to."""
        if self._redraw:
            self._draw(course)
        else:
            self._log(course)

    def close(self) -> None:
        """Ends the line."""
        if self._redraw and self._length:
            self._out.write("\n")
            self._out.flush()
            self._length = 0

    def _draw(self, course: Course) -> None:
        now = self._clock()
        if self._drawn_at is not None and now - self._drawn_at < _SECONDS_BETWEEN_DRAWINGS and not course.ended:
            return
        self._drawn_at = now
        line = line_of(self._name, course)
        self._out.write("\r" + line.ljust(self._length))
        self._out.flush()
        self._length = len(line)

    def _log(self, course: Course) -> None:
        tenth = course.done * _TENTHS // course.total if course.total else 0
        mark = (course.phase, tenth, course.ended)
        if mark != self._last_mark:
            self._last_mark = mark
            self._out.write(line_of(self._name, course) + "\n")
            self._out.flush()
