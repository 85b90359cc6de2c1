"""Histories are added and runs are joined to the bytes of one run of all of them, or it is said what differs."""

import code_map
import pytest
from commands import bytes_of, manifest_of, run_to, simulate

from simulation import compare, extend, merge, open_run, past_runs, resume, run, verify
from simulation.engine.replicate import run_one
from simulation.errors import InputError
from simulation.results import unfinished
from simulation.results.manifest_head import MANIFEST

N = 260
"""More than one row group."""
DUEL = {"report": False, "workers": 2}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """One run of all histories."""
    return run_to(tmp_path_factory.mktemp("whole") / "run", "two-valleys", "-n", N, "--no-report")


@pytest.fixture(scope="module")
def pieces(tmp_path_factory):
    """The same histories in three runs."""
    folder = tmp_path_factory.mktemp("pieces")
    for first, number in ((0, 90), (90, 7), (97, N - 97)):
        run("two-valleys", replicates=number, first=first, out=folder / f"from-{first}", report=False)
    return folder


def test_a_run_is_extended_to_the_byte(pieces, whole, tmp_path):
    source = pieces / "from-0"
    before = bytes_of(source)
    told = simulate("extend", source, "-n", N, "--quiet", "--no-report", "--out", "more", cwd=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    more = tmp_path / "more"
    assert bytes_of(more) == bytes_of(whole) and bytes_of(source) == before
    assert manifest_of(more)["digest"] == manifest_of(whole)["digest"] and verify(more).faults == ()
    assert (more / "scenario.yaml").read_bytes() == (source / "scenario.yaml").read_bytes()
    assert [each.name for each in tmp_path.iterdir()] == ["more"]


def test_an_extension_lies_beside_under_its_own_name(tmp_path):
    first = run("duel", replicates=20, out=tmp_path / "results" / "first", **DUEL)
    more = extend(first.folder, 30, **DUEL)
    assert more.folder == tmp_path / "results" / more.manifest.folder_name
    assert len(more.outcomes) == 30 and len(open_run(first.folder).outcomes) == 20
    assert len(past_runs(tmp_path / "results")) == 2
    for total in (20, 30):
        with pytest.raises(InputError, match=f"has 30 histories already, and {total} are no more"):
            extend(more.folder, total)


def test_an_extension_that_breaks_off_is_gone_on_from(pieces, whole, tmp_path, monkeypatch):
    played = []

    def breaks(state, template, params, quantities, seed, replicate):
        played.append(replicate)
        if replicate == 130:
            raise ZeroDivisionError("as it happens")
        return run_one(state, template, params, quantities, seed, replicate)

    monkeypatch.setattr(unfinished, "EVERY_SECONDS", 0.0)
    with monkeypatch.context() as patch:
        patch.setattr(f"{code_map.module(code_map.ENSEMBLE)}.run_one", breaks)
        with pytest.raises(ZeroDivisionError) as broken:
            extend(pieces / "from-0", N, out=tmp_path / "more", **DUEL)
    kept = int(broken.value.__notes__[0].split()[0])
    assert 90 < kept <= 130 and min(played) == 90
    done = resume(tmp_path / "more.unfinished", report=False)
    assert bytes_of(done.folder) == bytes_of(whole)


TARGET, NARROWER = "ending.red_wins:0.12", "ending.red_wins:0.09"


def test_a_run_goes_on_until_a_target_is_met(tmp_path):
    first = run("duel", replicates=100, out=tmp_path / "first", **DUEL)
    asked = run("duel", until=TARGET, max_replicates=900, out=tmp_path / "asked", **DUEL)
    told = simulate(
        "extend", first.folder, "--until", TARGET, "--max-replicates", 900, "--quiet", "--no-report", "--out", "more",
        cwd=tmp_path,
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")
    more = open_run(tmp_path / "more")
    assert bytes_of(more.folder) == bytes_of(asked.folder) and len(more.outcomes) > 100
    assert more.manifest.stopping == asked.manifest.stopping and more.manifest.asked == asked.manifest.asked
    narrower = extend(asked.folder, until=NARROWER, max_replicates=900, out=tmp_path / "narrower", **DUEL)
    at_once = run("duel", until=NARROWER, max_replicates=900, out=tmp_path / "at-once", **DUEL)
    assert bytes_of(narrower.folder) == bytes_of(at_once.folder) and len(narrower.outcomes) > len(
        more.outcomes
    )


def test_what_is_known_well_enough_takes_no_more_histories(tmp_path):
    first = run("duel", replicates=100, out=tmp_path / "first", **DUEL)
    more = extend(first.folder, until="ending.red_wins:0.5", out=tmp_path / "more", **DUEL)
    assert bytes_of(more.folder) == bytes_of(first.folder) and more.manifest.digest == first.manifest.digest
    with pytest.raises(InputError, match="extend is to be told how far"):
        extend(first.folder)
    with pytest.raises(InputError, match="has 100 histories already, and 50 are no more"):
        extend(first.folder, 50, until="ending.red_wins:0.5")


def test_a_comparison_is_extended_to_the_byte(tmp_path):
    asked = {"scenarios": "duel", "against": ["inputs.red_fighters=21"], **DUEL}
    few = compare(replicates=20, out=tmp_path / "results" / "few", **asked)
    more = extend(few.folder, 50, **DUEL)
    whole = compare(replicates=50, out=tmp_path / "whole", **asked)
    assert more.folder == tmp_path / "results" / whole.manifest.folder_name
    assert more.manifest.digest == whole.manifest.digest and verify(more.folder).faults == ()
    for name in (*whole.manifest.folders, "."):
        for table in sorted((whole.folder / name).glob("*.parquet")):
            assert table.read_bytes() == (more.folder / name / table.name).read_bytes(), table
    assert more.comparison.answer == whole.comparison.answer and few.manifest.replicates == 20


@pytest.mark.parametrize("order", [("from-0", "from-90", "from-97"), ("from-97", "from-0", "from-90")])
def test_runs_are_joined_to_the_byte(order, pieces, whole, tmp_path):
    told = simulate(
        "merge", *(pieces / name for name in order), "--quiet", "--no-report", "--out", "all", cwd=tmp_path
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert bytes_of(tmp_path / "all") == bytes_of(whole) and verify(tmp_path / "all").faults == ()
    assert manifest_of(tmp_path / "all")["digest"] == manifest_of(whole)["digest"]


def test_a_part_knows_its_histories_and_can_be_a_part_again(pieces, whole, tmp_path):
    late = open_run(pieces / "from-97")
    assert list(late.outcomes["replicate"]) == list(range(97, N)) and verify(late.folder).faults == ()
    assert late.manifest.again.endswith("--replicates 163 --first 97 --seed 1")
    assert (
        late.manifest.digest
        != run("two-valleys", replicates=163, out=tmp_path / "r", report=False).manifest.digest
    )
    some = merge([pieces / "from-90", pieces / "from-97"], out=tmp_path / "some", report=False)
    assert bytes_of(
        merge([some.folder, pieces / "from-0"], out=tmp_path / "all", report=False).folder
    ) == bytes_of(whole)


def test_the_report_of_joined_runs_is_made(pieces, tmp_path):
    done = merge([pieces / "from-0", pieces / "from-90"], out=tmp_path / "all")
    assert done.report.is_file() and "97 random histories" in done.report.read_text(encoding="utf-8")


def test_what_cannot_be_joined_says_what_differs(pieces, tmp_path):
    first = pieces / "from-0"
    other = run(
        "two-valleys", replicates=7, first=90, seed=2, overrides=["days=3"], out=tmp_path / "o", report=False
    )
    digests = (other.manifest.scenario_digest, open_run(first).manifest.scenario_digest)
    said = "{}: cannot be joined with {}: its scenario digest is {}, not {}, and its seed is 2, not 1"
    with pytest.raises(InputError) as refused:
        merge([first, other.folder], out=tmp_path / "all")
    assert str(refused.value) == said.format(other.folder, first, *digests)
    engine = {"engine_version": "0.1.0+0000000000000000"}
    other.manifest.model_copy(update=engine).write(other.folder / MANIFEST)
    with pytest.raises(InputError, match=r"and its engine is 0\.1\.0\+0000000000000000, not "):
        merge([first, other.folder], out=tmp_path / "all")
    with pytest.raises(InputError, match="the histories 90 to 96 between them are missing"):
        merge([first, pieces / "from-97"], out=tmp_path / "all")
    with pytest.raises(InputError, match="the histories 0 to 89 are in both"):
        merge([first, first], out=tmp_path / "all")
    with pytest.raises(InputError, match="merge joins two folders or more"):
        merge([first])
    assert [each.name for each in tmp_path.iterdir()] == ["o"]


def test_a_first_history_goes_with_no_rule(tmp_path):
    with pytest.raises(InputError, match="cannot be asked for together with --first"):
        run("duel", first=5, until="ending.red_wins:0.1", out=tmp_path / "run")
    with pytest.raises(InputError, match="first must be a whole number"):
        run("duel", first=2**31 - 1, replicates=1, out=tmp_path / "run")
