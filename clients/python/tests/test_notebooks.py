from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
LONGEST_CELL_SECONDS = 900


def test_there_are_three_notebooks() -> None:
    assert [file.stem for file in NOTEBOOKS] == ["1-first-model", "2-comparing-methods", "3-attacking-the-model"]


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_is_stored_without_outputs(file: Path) -> None:
    code = [cell for cell in json.loads(file.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert code
    assert [(cell["outputs"], cell["execution_count"]) for cell in code] == [([], None)] * len(code)


@pytest.mark.stack
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_runs_in_its_short_form(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if "RTDA_GATEWAY" not in os.environ:
        pytest.skip("RTDA_GATEWAY names no gateway: run clients/python/check --stack URL")
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    monkeypatch.setenv("RTDA_SHORT", "1")
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = nbformat.read(file, as_version=4)
    # a cell that raises ends it with the cell and its error
    nbclient.NotebookClient(notebook, timeout=LONGEST_CELL_SECONDS, kernel_name="python3").execute()
