"""The page: complete, escaped, self-contained, and sensible where a run has nothing to show."""

from __future__ import annotations

import dataclasses
import json
import re
from html import escape
from pathlib import Path

import plotly.graph_objects as go
import pytest
from fakes import ACTORS, CLAIMS, ENDINGS, PLACES, fake_material, write_fake

from simulation.histories.diary import DiarySentence
from simulation.report.page_data import ActorStyle, EndingText, Story
from simulation.report.repeat import repeat_section
from simulation.report.run.page import SECTIONS, page, write_report
from simulation.report.run.report_input import ReportInput
from simulation.report.style import readable
from simulation.results.folder import Results
from simulation.scenario.lesson import Lesson
from simulation.sources import Citation, Entry, EntryGroup, SourceChains

EVIL = "</script><script>alert('x')</script>"
TEXT = re.compile(r'<script type="application/json" data-for="([^"]+)">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return write_fake(tmp_path_factory.mktemp("report") / "run")


@pytest.fixture(scope="module")
def html(results: Results) -> str:
    return page(fake_material(results))


def _islands(html: str) -> dict[str, dict]:
    return {name: json.loads(text) for name, text in TEXT.findall(html)}


def _own(html: str) -> str:
    """Return the page without plotly's own code."""
    return re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)


def test_sections_stand_in_their_order(html: str) -> None:
    found = re.findall(r'<section id="([a-z]+)"', _own(html))
    # This run was updated on no reports, and is of no world that could have been understood.
    shown = [each.anchor for each in SECTIONS if each.anchor not in ("updating", "understood")]
    assert found == ["answer", "about", *shown]


def test_first_lines_say_what_it_is_not(html: str) -> None:
    start = _own(html).split('<section id="endings"')[0]
    for words in ("not a forecast", "not calibrated", "±5 km", "Civilians are", "of 100 histories"):
        assert words in start.replace("\n", " ")


def test_the_table_of_endings_says_of_how_many(html: str) -> None:
    table = _own(html).split('<section id="endings"')[1].split("</table>")[0]
    counts = re.findall(r">([0-9,]+) of 200<", table)
    assert len(counts) == len(ENDINGS) and sum(map(int, counts)) == 200


def test_it_is_small_and_loads_nothing(results: Results, tmp_path: Path) -> None:
    path = write_report(fake_material(results), tmp_path / "report.html")
    assert path.stat().st_size < 8_000_000
    text = _own(path.read_text(encoding="utf-8"))
    assert not re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', text)
    assert "@import" not in text
    assert "url(" not in text


def test_every_figure_is_valid_plotly(html: str) -> None:
    plots = {name: content for name, content in _islands(html).items() if name.startswith("plot-")}
    assert len(plots) > 15
    for content in plots.values():
        go.Figure(data=content["data"], layout=content["layout"])
        go.Figure(data=content["data"], layout=content["layout"] | content["narrow"])


def test_every_figure_has_words_and_a_text_alternative(html: str) -> None:
    text = _own(html)
    assert text.count("<figure") == text.count("<figcaption>") > 8
    assert not re.findall(r'aria-label=""', text)
    for name in _islands(html):
        assert f'id="{name}"' in text


def test_axes_carry_their_units(html: str) -> None:
    for name, content in _islands(html).items():
        if name.startswith("plot-"):
            for axis in ("xaxis", "yaxis"):
                shown = content["layout"][axis]
                assert shown.get("visible") is False or shown["title"]["text"], (name, axis)


def _evil_chains() -> SourceChains:
    entry = Entry(
        key=EVIL, title=EVIL, value=EVIL, basis="claims", because=EVIL, written=EVIL, claims=(EVIL,), change=EVIL,
        facts=((EVIL, EVIL),), see=((EVIL, (EVIL,)),),
    )  # fmt: skip
    cited = Citation(
        id=EVIL, text=EVIL, said_by=EVIL, verified=True, believed=True, trust=1.0, sentence=EVIL, written=EVIL,
        about=(EVIL,), document=EVIL, title=EVIL, date=EVIL, number=EVIL,
    )  # fmt: skip
    claim = dataclasses.replace(entry, basis="document")
    groups = (
        EntryGroup(id="rule-numbers", heading=EVIL, intro=EVIL, entries=(entry,)),
        EntryGroup(id="claims", heading=EVIL, intro=EVIL, entries=(claim,)),
    )
    return SourceChains(scenario=EVIL, title=EVIL, digest=EVIL, groups=groups, cited={EVIL: cited})


def _evil(results: Results) -> ReportInput:
    actors = tuple(dataclasses.replace(actor, name=EVIL, short=EVIL) for actor in ACTORS)
    endings = tuple(EndingText(id=ending.id, label=EVIL, meaning=EVIL, clause=EVIL) for ending in ENDINGS)
    places = tuple(dataclasses.replace(place, name=EVIL + place.name) for place in PLACES)
    claims = tuple(dataclasses.replace(claim, sentence=EVIL, said_by=EVIL, id=EVIL) for claim in CLAIMS)
    stories = (Story(title=EVIL, why=EVIL, replicate=1, days=((0, (DiarySentence(text=EVIL),)),)),)
    return fake_material(
        results,
        actors=actors,
        endings=endings,
        places=places,
        claims=claims,
        chains=_evil_chains(),
        stories=stories,
        question=EVIL,
        lesson=Lesson(predict=EVIL, notice=(EVIL,), debrief=EVIL, **{"try": (f"`{EVIL}`",)}),
        leaves_out=(EVIL,),
        licences=(EVIL,),
    )


def test_texts_from_outside_are_escaped(tmp_path: Path) -> None:
    holders = {EVIL: "government", "Aleppo": "government"}
    results = write_fake(tmp_path / "run", replicates=60, title=EVIL, places=holders)
    html = page(dataclasses.replace(_evil(results), focus_places=(EVIL, "Aleppo")))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert html.count("<script") == html.count("</script>")
    for content in _islands(html).values():
        for note in content.get("layout", {}).get("annotations", []):
            assert "<script" not in note["text"]


def test_a_dollar_in_a_title_is_only_a_dollar(tmp_path: Path) -> None:
    results = write_fake(tmp_path / "run", replicates=20, title="What $question costs")
    assert "What $question costs" in page(fake_material(results))


def test_a_run_without_map_stories_and_claims_still_has_a_page(results: Results) -> None:
    html = page(
        fake_material(results, grid=None, places=(), stories=(), claims=(), chains=None, licences=(), note="")
    )
    for words in ("No single history", "compares no claims"):
        assert words in html
    for name in ("falls", "map", "territory", "displacement"):
        assert f'<section id="{name}">' not in html and f'href="#{name}"' not in html
    assert "±5 km" not in html
    assert html.count("How to read the fan charts below") == 1


def test_one_history_is_enough(tmp_path: Path) -> None:
    html = page(fake_material(write_fake(tmp_path / "run", replicates=1)))
    assert "1 of 1 history" in html and "lowest to highest" in html
    assert "all differences are chance" in html
    assert "NaN" not in " ".join(json.dumps(content) for content in _islands(html).values())


def test_one_colour_per_actor_in_every_fan(html: str) -> None:
    colours = {actor.id: actor.colour for actor in ACTORS}
    for name, content in _islands(html).items():
        actor = name.rsplit("-", 1)[-1]
        if name.startswith(("plot-area", "plot-killed")):
            red = int(readable(colours[actor])[1:3], 16)
            assert content["data"][1]["fillcolor"].startswith(f"rgba({red},")


def test_a_colour_must_be_a_colour() -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        ActorStyle(id="a", name="A", short="A", colour="red")


def test_every_page_says_how_to_repeat_it_from_its_manifest(results: Results) -> None:
    """A title, a platform and an engine come from a file, which may hold anything."""
    evil = results.manifest.model_copy(update={"title": EVIL, "engine_version": EVIL, "kind": "hindcast"})
    manifest = evil.scored_against((EVIL,))
    html = repeat_section(manifest, histories=EVIL, licences=(EVIL,))
    assert "<script" not in html and html.count(escape(EVIL)) >= 4
    assert "simulate hindcast scenario.yaml --replicates 200 --seed 1 --truth" in html
    assert "where scenario.yaml lies beside it. The same command with the same versions" in html
