"""A made-up run in the shape of a real one, for the tests of results and report; nothing here is a model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from simulation.histories.diary import DiarySentence
from simulation.histories.film import Picture
from simulation.outcomes.tables import Words
from simulation.record.comparison import Comparison
from simulation.record.record_file import Group, Line, RecordFile
from simulation.record.verdict import Compared, Found, Verdict, on_record
from simulation.report.page_data import ActorStyle, EndingText, Grid, MapPlace, Story
from simulation.report.run.report_input import ClaimRow, ReportInput
from simulation.results.folder import Results
from simulation.results.manifest import Manifest
from simulation.results.publication import Publication
from simulation.results.run_tables import BLOCK, RunTables
from simulation.scenario import load_scenario
from simulation.scenario.lesson import Lesson
from simulation.sources import SourceChains, chains_of
from simulation.statistics.intervals import Share, wilson

ACTORS = (
    ActorStyle(
        id="government", name="Government of Syria and its forces", short="Government", colour="#b2182b"
    ),
    ActorStyle(id="hts", name="Hayat Tahrir al-Sham", short="HTS", colour="#1b7837"),
    ActorStyle(id="sna", name="Syrian National Army", short="SNA", colour="#8c6d1f"),
    ActorStyle(id="southern_factions", name="Southern factions", short="South", colour="#74add1"),
    ActorStyle(id="russia", name="Russia", short="Russia", colour="#542788"),
    ActorStyle(id="iran_affiliated", name="Iran-affiliated groups", short="Iran-aff.", colour="#e08214"),
    ActorStyle(id="sdf", name="Kurdish-led forces (SDF)", short="SDF", colour="#fee08b"),
    ActorStyle(id="islamic_state", name="Islamic State", short="IS", colour="#333333"),
)
ENDINGS = (
    EndingText(
        id="government_falls",
        label="government falls",
        meaning="The army stands down and the government is gone.",
        clause="the army stands down and the government is gone",
    ),
    EndingText(
        id="truce",
        label="truce",
        meaning="HTS and the government stop fighting by agreement.",
        clause="HTS and the government stop fighting by agreement",
    ),
    EndingText(
        id="centre_falls",
        label="centre falls",
        meaning="The government loses Hama or Homs.",
        clause="the government loses Hama or Homs",
    ),
    EndingText(
        id="aleppo_falls",
        label="Aleppo falls",
        meaning="The government loses Aleppo and holds Hama and Homs.",
        clause="the government loses Aleppo and holds Hama and Homs",
    ),
    EndingText(
        id="contained",
        label="contained",
        meaning="The government still holds Aleppo.",
        clause="the government still holds Aleppo",
    ),
)
PLACES = (
    MapPlace(name="Damascus", lat=33.51, lon=36.29, weight=1.0),
    MapPlace(name="Aleppo", lat=36.20, lon=37.16, weight=0.95),
    MapPlace(name="Homs", lat=34.73, lon=36.71, weight=0.9),
    MapPlace(name="Hama", lat=35.13, lon=36.75, weight=0.85),
    MapPlace(name="Latakia", lat=35.53, lon=35.80, weight=0.8),
    MapPlace(name="Idlib", lat=35.93, lon=36.63, weight=0.8),
    MapPlace(name="Saraqib", lat=35.86, lon=36.80, weight=0.5),
    MapPlace(name="Daraa", lat=32.62, lon=36.10, weight=0.6),
    MapPlace(name="Raqqa", lat=35.95, lon=39.0, weight=0.6),
    MapPlace(name="Palmyra", lat=34.56, lon=38.27, weight=0.6),
    MapPlace(name="Manbij", lat=36.53, lon=37.95, weight=0.5),
    MapPlace(name="Azaz", lat=36.59, lon=37.04, weight=0.5),
)
HOLDERS = {"Idlib": "hts", "Raqqa": "sdf", "Manbij": "sdf", "Azaz": "sna"}
CAPTURES = ("Saraqib", "Aleppo", "Hama", "Homs", "Palmyra", "Damascus")
INPUTS = (
    "government_cohesion",
    "hts_fighters",
    "hts_appetite",
    "iran_affiliated_availability",
    "speed",
    "spare",
)
LESSON = Lesson(
    predict="Write down: in how many of 100 histories does the army lose Aleppo?",
    notice=("How far the endings spread.", "Which input goes most with the ending."),
    debrief="The same first day can lead to very different last days; it depends on cohesion.",
    **{"try": ("Run a shorter war: `simulate run aleppo --days 10`.",)},
)
SERIES = ("area_km2", "killed", "displaced", "civilians_killed")
DAYS = 30


@dataclass(frozen=True, kw_only=True)
class FakeRun:
    """The rows of all replicates, which can be cut into chunks."""

    outcomes: dict[str, np.ndarray]
    places: dict[str, np.ndarray]
    daily: dict[str, np.ndarray]

    def chunk(self, start: int, stop: int) -> dict[str, dict[str, object]]:
        """Return the rows of replicates start to stop (without stop) as the writer takes them."""
        return {name: _between(getattr(self, name), start, stop) for name in ("outcomes", "places", "daily")}


def fake_run(replicates: int = 200, seed: int = 1) -> FakeRun:
    """Return a made-up run: hidden strength decides how many places fall, in order and with delays."""
    rng = np.random.default_rng(seed)
    inputs = rng.uniform(size=(replicates, len(INPUTS)))
    push = 1.4 * (1 - inputs[:, 0]) + 0.7 * inputs[:, 1] + 0.3 * rng.normal(size=replicates)
    steps = np.clip(np.floor(push * 4 - 0.4), 0, len(CAPTURES)).astype(int)
    days = np.cumsum(rng.exponential(2.4, (replicates, len(CAPTURES))), axis=1)
    fallen = (np.arange(len(CAPTURES)) < steps[:, None]) & (days < DAYS)
    gone = fallen[:, -1]
    endings = np.where(fallen[:, 2], "centre_falls", np.where(fallen[:, 1], "aleppo_falls", "contained"))
    endings = np.where(~gone & (rng.uniform(size=replicates) < 0.04), "truce", endings)
    endings = np.where(gone, "government_falls", endings)
    ends = np.where(gone, days[:, -1], float(DAYS))
    daily = _daily(rng, fallen, days, ends)
    outcomes = _outcomes(rng, inputs, endings, ends, daily)
    return FakeRun(outcomes=outcomes, places=_places(fallen, days), daily=_long(daily, ends))


def fake_manifest(replicates: int = 200, seed: int = 1, **changes: object) -> Manifest:
    """Return the manifest of a made-up run."""
    values = {
        "command": ("simulate", "run", "aleppo", "--replicates", str(replicates), "--seed", str(seed)),
        "scenario": "aleppo",
        "scenario_digest": "0123456789ab",
        "title": "The road to Aleppo",
        "start": "2024-11-27",
        "days": float(DAYS),
        "seed": seed,
        "replicates": replicates,
        "per_case": 1,
        "workers": 2,
        "engine_version": "1",
        "endings": tuple(ending.id for ending in ENDINGS),
        "dissolves": {"government_falls": "government"},
        "places": {place.name: HOLDERS.get(place.name, "government") for place in PLACES},
    }
    return Manifest(**(values | changes))


def write_fake(
    folder: Path, replicates: int = 200, chunk: int = 64, block: int = BLOCK, **changes: object
) -> Results:
    """Write a made-up run and read it back."""
    run = fake_run(replicates)
    with Publication(fake_manifest(replicates, **changes), folder) as place:
        with RunTables(place.working, block=block) as tables:
            for start in range(0, replicates, chunk):
                tables.add(**run.chunk(start, min(start + chunk, replicates)))
            tables.add_cells(_cells())
            tables.close()
        (place.working / "scenario.yaml").write_text("title: The road to Aleppo\n", encoding="utf-8")
        place.seal(place.manifest.done())
    return Results(folder)


def fake_grid() -> Grid:
    """Return a grid of 0.05 degrees in the shape of a country, roughly."""
    lats, lons = np.meshgrid(32.325 + 0.05 * np.arange(92), 35.575 + 0.05 * np.arange(69), indexing="ij")
    coast, east = 35.7 + 0.45 * (lats < 34.6), 37.0 + 1.2 * (lats - 32.2)
    keep = (lons > coast) & (lons < east)
    lats, lons = lats[keep], lons[keep]
    return Grid(sub_ids=np.arange(1000, 1000 + len(lats)), lats=lats, lons=lons, step=0.05)


def fake_material(results: Results, **changes: object) -> ReportInput:
    """Return what a report of the made-up run is made from."""
    values = {
        "results": results,
        "question": "An offensive has begun west of Aleppo. What could happen in thirty days?",
        "lesson": LESSON,
        "start": date(2024, 11, 27),
        "actors": ACTORS,
        "endings": ENDINGS,
        "chains": fake_chains(),
        "grid": fake_grid(),
        "places": PLACES,
        "stories": (_story("A typical history", 17), _story("An extreme history", 101)),
        "claims": CLAIMS,
        "drivers": ("area_km2_government", "displaced_peak", "civilians_killed"),
        "compared": fake_comparison(results),
        "note": "Control is an educational approximation, good to about ±5 km near the line.",
        "licences": ("Natural Earth: public domain.", "GeoNames: CC BY 4.0."),
    }
    return ReportInput(**(values | changes))


def fake_comparison(results: Results) -> Comparison:
    """Return a made-up comparison with a record that has a line of every form and verdict."""
    total = len(results.outcomes)
    some, few = wilson(total // 3, total), wilson(total // 100, total)
    amount = Found(of=total, marks=(3.0, 9.0, 14.0, 22.0, 60.0), above=few, below=wilson(total - 1, total))
    within = Found(of=total, marks=amount.marks, above=some, below=wilson(total - total // 4, total))
    told = (
        ("Fighters killed on the first day, both sides", {"value": 89.0}, amount, Verdict.FAILED),
        ("People displaced by the end of the second day", {"at_least": 14.0}, within, Verdict.WITHIN),
        ("Attackers killed a day over the month", {"range": {"low": 12, "high": 50}}, within, Verdict.WITHIN),
        ("Thrown back within the month", {"cases": {"low": 2, "high": 4, "of": 6}}, some, Verdict.WITHIN),
        ("The army breaks: its capital is lost", {"shares": {"low": 0.1}}, few, Verdict.FAILED),
        ("After one city falls the next one falls", {"cases": {"count": 2, "of": 4}}, some, Verdict.TOO_FEW),
        ("A truce on day 90", {"cases": {"count": 0, "of": 8}}, None, Verdict.NOT_MEASURED),
    )
    lines = [_fake_line(k, *each) for k, each in enumerate(told)]
    group = Group(title="The first day", lines=tuple(each.line for each in lines))
    file = RecordFile(title="What was on record", start=date(2024, 11, 27), note="Made up.", groups=(group,))
    return Comparison(
        file=file, groups=((group, tuple(lines)),), histories=total, never=("Latakia", "Daraa"), places=8
    )


def _fake_line(k: int, what: str, form: dict, found: Found | Share | None, verdict: Verdict) -> Compared:
    kind = "event" if {"cases", "shares"} & set(form) else "amount"
    line = Line(id=f"line_{k}", what=what, source="a monitor", confidence="M", **{kind: "x"}, **form)
    seen = Found(of=found.total, chance=found) if isinstance(found, Share) else found
    low, high = on_record(line)
    unit, reason = ("fighters" if kind == "amount" else ""), ("" if found else "needs a run of 90 days")
    return Compared(line=line, unit=unit, low=low, high=high, verdict=verdict, found=seen, reason=reason)


CLAIMS = (
    ClaimRow(
        id="C11",
        sentence="The attackers took over 15 villages.",
        said_by="opposition",
        verified=False,
        outcome="villages_taken_day2",
        value=15.0,
    ),
    ClaimRow(
        id="C13",
        sentence="Several soldiers were captured.",
        said_by="opposition",
        verified=False,
        outcome="fighters_captured_day2",
    ),
    ClaimRow(id="C30", sentence="Turkey observes closely.", said_by="turkish_state_media", verified=False),
)


@lru_cache(maxsize=1)
def fake_chains() -> SourceChains:
    """Return the chains of the first case: the one part of the made-up run that is not made up."""
    return chains_of(load_scenario("aleppo"))


def _story(title: str, replicate: int) -> Story:
    cells, days = fake_control(), [0, 1, 2, 4, 7, 9, 12, 18, 25, 30]
    told = tuple(
        (
            day,
            (
                DiarySentence(text=f"HTS takes {CAPTURES[min(row // 2, 5)]} after a day."),
                DiarySentence(text="Civilians: about 3,200 flee towards the north.", sums=True),
            ),
        )
        for row, day in enumerate(days)
    )
    film = tuple(fake_picture(day, np.argmax(cells[day], axis=1)) for day in range(DAYS + 1))
    why = "Chosen because its outcomes lie nearest to the middle of all histories."
    return Story(title=title, why=why, replicate=replicate, days=told, film=film)


def fake_picture(time: float, control: np.ndarray) -> Picture:
    """Return a picture with one body of fighters, one strike and one flight."""
    return Picture(
        time=float(time),
        control=control.astype("i2"),
        bodies=np.array([[0, 1, 300]]),
        strikes=np.array([[1, 2]]),
        flights=np.array([[0, 1, 500]]),
        returned=0,
    )


def fake_control() -> np.ndarray:
    """Return made-up probabilities of control, shape (days + 1, cells, actors)."""
    grid = fake_grid()
    lats, lons = grid.lats, grid.lons
    start = np.zeros(len(lats), int)
    start[(lats > 35.4) & (lons < 36.9) & (lons > 36.1) & (lats < 36.4)] = 1
    start[(lats > 36.4) & (lons < 37.9)] = 2
    start[(lats > 35.6) & (lons > 37.9)] = 6
    probability = np.zeros((DAYS + 1, len(lats), len(ACTORS)))
    away = np.hypot(lats - 35.9, lons - 36.7)
    for day in range(DAYS + 1):
        taken = np.where(start == 0, 0.8 / (1 + np.exp(8 * (away - 0.35 - 0.07 * day))), 0.0)
        taken = taken if day else np.zeros(len(lats))
        probability[day, np.arange(len(lats)), start] += 1 - taken
        probability[day, :, 1] += taken
    return np.round(probability, 3)


def _cells() -> dict[str, object]:
    grid, probability = fake_grid(), fake_control()
    differs = np.any(probability != probability[0], axis=2)
    differs[0] = True
    day, cell, actor = np.nonzero(np.where(differs[:, :, None], probability, 0.0))
    return {
        "day": day,
        "sub_id": grid.sub_ids[cell],
        "actor": Words(codes=actor, names=tuple(item.id for item in ACTORS)),
        "probability": probability[day, cell, actor],
    }


def _daily(rng: np.random.Generator, fallen: np.ndarray, days: np.ndarray, ends: np.ndarray) -> dict:
    number = len(ends)
    grid = np.arange(DAYS + 1)
    count = (fallen[:, None, :] & (days[:, None, :] <= grid[None, :, None])).sum(axis=2)
    table: dict[tuple[str, str], np.ndarray] = {}
    gain = 1500.0 * count + 20 * grid[None, :] * rng.uniform(0.2, 1, (number, 1))
    table["area_km2", "government"] = 62000 - 2 * gain
    table["area_km2", "hts"] = 3200 + 1.5 * gain
    table["area_km2", "sna"] = 3800 + 0.5 * gain
    table["area_km2", "sdf"] = np.full((number, DAYS + 1), 20500.0)
    for actor, rate in (("government", 30), ("hts", 22), ("sna", 8), ("russia", 0.4), ("islamic_state", 1)):
        table["killed", actor] = np.cumsum(
            rng.poisson(rate * rng.uniform(0.2, 2, (number, 1)), (number, DAYS + 1)), 1
        )
    flight = np.cumsum(rng.gamma(1.2, 6000, (number, DAYS + 1)) * (1 + count), axis=1)
    table["displaced", ""] = np.round(flight * (1 - grid / 80))
    table["civilians_killed", ""] = np.cumsum(rng.poisson(3 * (1 + count)), axis=1)
    return table


def _long(table: dict, ends: np.ndarray) -> dict[str, object]:
    actors = tuple(sorted({actor for _, actor in table}))
    keys, values = list(table), np.stack(list(table.values()), axis=2).astype(float)
    replicate, day, key = (part.ravel() for part in np.indices(values.shape))
    keep = day <= ends[replicate]
    series = np.array([SERIES.index(name) for name, _ in keys])
    who = np.array([actors.index(name) for _, name in keys])
    return {
        "replicate": replicate[keep],
        "day": day[keep],
        "series": Words(codes=series[key[keep]], names=SERIES),
        "actor": Words(codes=who[key[keep]], names=actors),
        "value": values.ravel()[keep],
    }


def _places(fallen: np.ndarray, days: np.ndarray) -> dict[str, object]:
    replicate, place = np.nonzero(fallen)
    return {
        "replicate": replicate,
        "place": Words(codes=place, names=CAPTURES),
        "day": days[replicate, place],
        "from_actor": Words(codes=np.zeros(len(place), int), names=("government",)),
        "to_actor": Words(codes=np.zeros(len(place), int), names=("hts",)),
    }


def _outcomes(
    rng: np.random.Generator, inputs: np.ndarray, endings: np.ndarray, ends: np.ndarray, daily: dict
) -> dict:
    number = len(ends)
    last = np.floor(ends).astype(int)
    rows = np.arange(number)
    columns = {
        "case": rows,
        "replicate": rows,
        "ending": endings,
        "end_day": ends,
        "events": rng.poisson(20000, number),
        "civilians_killed": daily["civilians_killed", ""][rows, last],
        "displaced_peak": daily["displaced", ""].max(axis=1),
        "displaced_day2": daily["displaced", ""][:, 2],
        "sorties_total": rng.poisson(420, number),
        "villages_taken_day2": rng.poisson(14, number),
        "fighters_captured_day2": rng.poisson(9, number),
        "area_km2_government": daily["area_km2", "government"][rows, last],
    }
    for actor in ("government", "hts", "sna"):
        killed = daily["killed", actor][rows, last]
        columns[f"fighters_killed_{actor}"] = killed
        for kind, factor in (("wounded", 4), ("captured", 1), ("deserted", 2)):
            columns[f"fighters_{kind}_{actor}"] = rng.poisson(factor * killed)
    return columns | {f"input.{name}": inputs[:, row] for row, name in enumerate(INPUTS)}


def _between(columns: dict, start: int, stop: int) -> dict[str, object]:
    keep = (columns["replicate"] >= start) & (columns["replicate"] < stop)
    return {
        name: Words(codes=values.codes[keep], names=values.names)
        if isinstance(values, Words)
        else values[keep]
        for name, values in columns.items()
    }
