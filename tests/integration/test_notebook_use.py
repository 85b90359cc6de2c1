"""What a notebook does with results: draws them, keeps them elsewhere, opens them again."""

from __future__ import annotations

import pytest

from simulation import compare, open_results, open_run, sensitivity
from simulation.errors import InputError


def test_a_run_draws_its_figures_and_names_them(valleys):
    done = open_run(valleys)
    assert done.plot().layout.title.text == "<b>How it ends</b>"
    assert "People displaced" in done.plot("displaced-all").layout.title.text
    with pytest.raises(
        InputError, match=r"no figure 'displaced', but endings, .*did you mean 'displaced-all'"
    ):
        done.plot("displaced")


def test_a_saved_run_is_the_run_and_no_other_is_written_over(valleys, tmp_path):
    done = open_run(valleys)
    kept = open_run(done.save(tmp_path / "kept"))
    assert kept.text().replace(str(kept.folder), "") == done.text().replace(str(done.folder), "")
    assert kept.report is not None and kept.report.read_bytes() == done.report.read_bytes()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").touch()
    with pytest.raises(InputError, match="holds something else"):
        done.save(tmp_path / "mine")
    (kept.folder / "places.parquet").write_bytes(b"other")
    with pytest.raises(InputError, match="has changed since it was written"):
        kept.save(tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_comparisons_and_studies_do_the_same(tmp_path):
    pair = ["duel", "duel --set inputs.red_fighters=18"]
    compared = compare(pair, replicates=20, out=tmp_path / "compared", report=False)
    assert "How it ends" in compared.plot("endings-0").layout.title.text
    assert (
        open_results(compared.save(tmp_path / "kept")).text().splitlines()[0]
        == compared.text().splitlines()[0]
    )
    study = sensitivity(
        "two-valleys", overrides="days=3", histories=400, out=tmp_path / "study", report=False
    )
    assert "Chance against ignorance" in study.plot().layout.title.text
