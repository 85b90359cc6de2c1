"""stdout has the answer, stderr the progress, and the folder what the manifest says."""

import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from commands import manifest_of, simulate
from scipy.stats import binomtest

ESCAPE = "\x1b"
DUEL = ("run", "duel", "-n", 40, "--no-report", "--out", "run")


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A run asked for JSON, with its folder."""
    folder = tmp_path_factory.mktemp("json")
    arguments = ("run", "two-valleys", "-n", 40, "--no-report", "--out", "run", "--json")
    return simulate(*arguments, cwd=folder), folder / "run"


def test_json_is_one_document(printed):
    done, folder = printed
    assert done.returncode == 0
    document = json.loads(done.stdout)  # refuses anything before or after
    assert set(document) >= {"manifest", "folder", "outcomes", "endings", "places"}
    assert document["manifest"] == manifest_of(folder)
    assert document["folder"] in ("run", str(folder))
    assert document["manifest"]["replicates"] == 40


def test_json_numbers_are_those_of_the_table(printed):
    done, folder = printed
    document, rows = json.loads(done.stdout), pd.read_parquet(folder / "outcomes.parquet")
    columns = [n for n in rows if n not in ("case", "replicate", "ending") and not n.startswith("input.")]
    assert set(document["outcomes"]) == set(columns)
    for name in columns:
        told, values = document["outcomes"][name], rows[name]
        assert told["mean"] == pytest.approx(values.mean())
        assert told["standard_error"] == pytest.approx(values.sem())
        marks = [told["quantiles"][mark] for mark in ("q05", "q25", "q50", "q75", "q95")]
        assert marks == pytest.approx(list(values.quantile([0.05, 0.25, 0.5, 0.75, 0.95])))


def test_json_shares_have_wilson_intervals(printed):
    done, folder = printed
    document, rows = json.loads(done.stdout), pd.read_parquet(folder / "outcomes.parquet")
    counts = rows["ending"].value_counts()
    assert {name: share["count"] for name, share in document["endings"].items() if share["count"]} == {
        name: number for name, number in counts.items() if number
    }
    shares = [*document["endings"].values()]
    shares += [place[kind] for place in document["places"].values() for kind in ("taken", "fallen")]
    for share in shares:
        interval = binomtest(share["count"], 40).proportion_ci(method="wilson")
        assert (share["low"], share["high"]) == pytest.approx((interval.low, interval.high))
        assert share["total"] == 40 and share["share"] == share["count"] / 40
    assert any(place["taken"]["count"] for place in document["places"].values())


def test_progress_goes_to_stderr_alone(printed):
    done, _ = printed
    assert re.search(r"^40 of 40 histories; \w+ \d+% \(\d+% to \d+%\)$", done.stderr, re.MULTILINE)
    assert "histories;" not in done.stdout


@pytest.mark.parametrize("changes", [{}, {"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}])
def test_a_pipe_gets_plain_text(changes, tmp_path):
    done = simulate(*DUEL, cwd=tmp_path, **changes)
    assert done.returncode == 0
    assert ESCAPE not in done.stdout
    assert "red_wins" in done.stdout and "In " in done.stdout
    if "FORCE_COLOR" not in changes:
        assert ESCAPE not in done.stderr


def test_quiet_leaves_stderr_empty(tmp_path):
    done = simulate(*DUEL, "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Results" in done.stdout


def test_no_report_means_none(tmp_path):
    done = simulate(*DUEL, "--quiet", cwd=tmp_path)
    names = {each.name for each in (tmp_path / "run").iterdir()}
    tables = {f"{name}.parquet" for name in ("outcomes", "places", "daily", "cells")}
    assert names == {"manifest.json", "scenario.yaml", *tables}
    assert "Report" not in done.stdout


def test_a_name_runs_from_any_folder_into_its_own_results(tmp_path):
    done = simulate("run", "duel", "-n", 8, "--no-report", "--quiet", cwd=tmp_path)
    (folder,) = (tmp_path / "results").iterdir()
    assert done.returncode == 0
    assert folder.name == f"duel-{manifest_of(folder)['digest']}"
    assert f"results/{folder.name}" in done.stdout


def test_a_results_folder_holds_what_made_it(aleppo, tmp_path):
    """The resolved scenario in the folder runs to the same table again."""
    manifest = manifest_of(aleppo)
    assert manifest["seed"] == 1 and manifest["replicates"] == 12 and manifest["failed"] == []
    assert manifest["started"] <= manifest["finished"]
    again = simulate(
        "run", aleppo / "scenario.yaml", "-n", 12, "--no-report", "--quiet", "--out", "run", cwd=tmp_path
    )
    assert (again.returncode, again.stderr) == (0, "")
    one, other = (pd.read_parquet(folder / "outcomes.parquet") for folder in (aleppo, tmp_path / "run"))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@pytest.mark.parametrize("run", ["valleys", "aleppo"])
def test_the_report_opens_without_a_network(run, request):
    report = request.getfixturevalue(run) / "report.html"
    assert report.stat().st_size < 8_000_000
    page = Page()
    page.feed(report.read_text(encoding="utf-8"))
    assert page.tags > 500 and page.style
    assert page.fetched == []
    assert not re.search(r"""@import|url\(\s*["']?(?:https?:)?//""", page.style)


class Page(HTMLParser):
    """Reads a page for what a browser would fetch."""

    def __init__(self):
        super().__init__()
        self.tags, self.fetched, self.style, self._in_style = 0, [], "", False

    def handle_starttag(self, tag, attributes):
        self.tags += 1
        self._in_style = tag == "style"
        for name, value in attributes:
            if name == "style":
                self.style += value or ""
            elif name != "xmlns" and re.match(r"\s*(https?:)?//", value or ""):
                self.fetched.append((tag, name, value))

    def handle_data(self, data):
        if self._in_style:
            self.style += data
