"""What a caller of the library may give: taken as Python and numpy have it, or one sentence that names the argument."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
import pytest

import simulation
from simulation import arguments
from simulation.errors import InputError

NO_NUMBERS = ["x", "", b"20", None, True, np.True_, {}, [20], np.array([20]), pd.NA, 1j]
NO_WHOLE_NUMBERS = [*NO_NUMBERS, 2.5, math.nan, math.inf, -1, 1e300, 10**5000, np.float32(0.5)]
NO_TEXTS = [5, b"x", {"days": 20}, {"a"}, [5], ["a", None], np.array(3), itertools.repeat("a")]
NO_PATHS = [5, b"x", "", "a\0b", {}, ["a"], True, math.nan]
NO_FLAGS = ["no", 0, 1, None, np.array([True])]
NO_SCENARIOS = [None, 5, True, {}, b"duel", ["duel"], pd.DataFrame({"a": [1]}), "", "a\0b"]
WRONG = {
    "client": [3, "tcp://127.0.0.1:8786", object()],
    "replicates": [each for each in NO_WHOLE_NUMBERS if each is not None] + [0, 2**31],
    "max_replicates": [each for each in NO_WHOLE_NUMBERS if each is not None] + [0],
    "histories": [each for each in NO_WHOLE_NUMBERS if each is not None],
    "seed": [*NO_WHOLE_NUMBERS, 2**63],
    "workers": [each for each in NO_WHOLE_NUMBERS if each is not None] + [0, 1025],
    "first": [*NO_WHOLE_NUMBERS, -1, 2**31],
    "form": ["pdf", "", None, 5],
    "tables": NO_TEXTS,
    "of": [*NO_WHOLE_NUMBERS, 0],
    "replicate": [each for each in NO_WHOLE_NUMBERS if not isinstance(each, str)] + [2**32],
    "until": NO_TEXTS,
    "overrides": NO_TEXTS,
    "against": NO_TEXTS,
    "as_of": ["soon", "", 5, b"2024-11-28", "2024-11", datetime(2024, 11, 28), ["2024-11-28"]],
    "given": NO_TEXTS,
    "doubt": NO_TEXTS,
    "outcomes": NO_TEXTS,
    "inputs": NO_TEXTS,
    "truth": [5, b"x", {}, {"a"}, [5], [None], "", itertools.repeat("a")],
    "values": [5, "x", b"x", [1], ["a"], {"a"}, True],
    "design": NO_PATHS,
    "outcome": [None, 5, "", " ", ["ending.truce"], {}],
    "out": NO_PATHS,
    "parts": NO_PATHS,
    "report": NO_FLAGS,
    "progress": NO_FLAGS,
    "ablate": NO_FLAGS,
    "sequential": [each for each in NO_FLAGS if each is not None],
    "jsonl": NO_FLAGS,
    "keep_events": NO_FLAGS,
    "method": ["Sobol", "", None, 5, b"sobol", ["sobol"]],
    "driver": ["simpy", None, 5],
    "actor_class": [None, "x", int],
    "unit_class": [None, 5, int],
}
DOORS: dict[str, tuple[str, ...]] = {
    "run": (
        "replicates", "max_replicates", "until", "first", "seed", "workers", "out", "report", "progress", "overrides",
        "as_of", "given", "doubt", "client", "parts", "sequential",
    ),
    "compare": (
        "replicates", "max_replicates", "until", "seed", "workers", "out", "report", "progress", "overrides",
        "against", "ablate", "client", "as_of", "given", "doubt", "sequential",
    ),
    "sensitivity": (
        "method", "histories", "outcomes", "inputs", "seed", "workers", "out", "report", "progress", "overrides",
        "client", "as_of", "given", "doubt", "sequential",
    ),
    "sweep": (
        "values", "design", "outcomes", "replicates", "seed", "workers", "out", "report", "progress", "overrides",
        "client", "as_of", "given", "doubt",
    ),
    "check": ("replicates", "seed", "workers", "out", "report", "progress", "overrides"),
    "hindcast": (
        "truth", "replicates", "seed", "workers", "out", "report", "progress", "overrides", "client", "as_of", "given",
        "doubt", "sequential",
    ),
    "lesson": ("replicates", "seed", "workers", "out", "progress"),
    "replay": ("replicate", "of", "seed", "out", "progress", "overrides", "as_of", "given", "doubt"),
    "trace": ("replicate", "of", "seed", "driver", "jsonl", "as_of", "given", "doubt"),
    "ConflictModel": ("replicate", "seed", "keep_events", "actor_class", "unit_class"),
    "load_scenario": ("overrides",),
}  # fmt: skip
OF_FOLDERS: dict[str, tuple[str, ...]] = {
    "discover": ("outcome", "out", "report"),
    "open_run": (), "open_results": (), "past_runs": (), "write_report": ("out",), "verify": (),
    "resume": ("workers", "report", "progress", "client", "parts"),
    "extend": ("replicates", "until", "max_replicates", "out", "workers", "report", "progress", "client"),
    "merge": ("out", "report", "progress"),
    "export": ("form", "tables", "out", "histories"),
}  # fmt: skip
"""Functions that take results folders."""
MORE: dict[str, dict[str, Any]] = {"extend": {"replicates": 5}, "discover": {"outcome": "ending.truce"}}
"""What some of them have to be told beside."""
ELSEWHERE = {"explain", "build_region", "new_conflict", "pack", "doctor", "film", "truth"}
"""Functions with tests of their own for what they are given."""
OF_REPORTS = ("as_of", "given", "doubt")
NONE_IS_FINE = {("ConflictModel", "seed")}
"""Mesa calls its models with a seed of None."""
ARGUMENTS = [(door, name) for door, names in DOORS.items() for name in names]


def test_every_argument_of_every_public_function_is_tried() -> None:
    import inspect

    functions = {name for name in simulation.__all__ if inspect.isfunction(getattr(simulation, name))}
    assert functions == {*DOORS, *OF_FOLDERS, *ELSEWHERE} - {"ConflictModel"}
    taken = {"scenario", "scenarios", "path_or_name", "archive", "folder", "folders"}
    taken |= {"processes", "model_reporters", "agent_reporters", "agenttype_reporters"}  # Mesa's own to check
    for door, names in (DOORS | OF_FOLDERS).items():
        known = set(inspect.signature(getattr(simulation, door)).parameters)
        assert known - set(names) <= taken, door


@pytest.mark.parametrize(("door", "name"), ARGUMENTS)
def test_a_wrong_argument_is_named_in_one_sentence(door: str, name: str, tmp_path: Path) -> None:
    base = {"compare": ["duel", "duel --set days=5"]}.get(door, "two-valleys")
    others: dict[str, Any] = {"out": tmp_path / "out"} if "out" in DOORS[door] else {}
    others |= {"replicate": "typical"} if door in ("trace", "replay") and name in OF_REPORTS else {}
    for given in [each for each in WRONG[name] if each is not None or (door, name) not in NONE_IS_FINE]:
        with pytest.raises(InputError) as raised:
            getattr(simulation, door)(base, **(others | {name: given}))
        said = str(raised.value)
        assert said.startswith(f"{name} must ") or (name == "histories" and "--histories must" in said)
        assert "\n" not in said and len(said) < 300 and "object at 0x" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("door", OF_FOLDERS)
def test_what_is_no_folder_is_refused(door: str) -> None:
    more = MORE.get(door, {})
    for given in NO_PATHS:
        with pytest.raises(InputError, match=r"^folders? must |^merge joins two"):
            getattr(simulation, door)(given, **more)


@pytest.mark.parametrize(
    ("door", "name"), [(door, name) for door, names in OF_FOLDERS.items() for name in names]
)
def test_a_wrong_argument_is_named_before_the_folder_is_looked_at(door: str, name: str) -> None:
    more = MORE.get(door, {})
    place = ["nowhere", "nowhere"] if door == "merge" else "nowhere"
    for given in WRONG[name]:
        with pytest.raises(InputError, match=f"^{name} must "):
            getattr(simulation, door)(place, **(more | {name: given}))


@pytest.mark.parametrize("door", [door for door in DOORS if door != "compare"])
def test_what_is_no_scenario_is_refused(door: str) -> None:
    for given in NO_SCENARIOS:
        with pytest.raises(
            InputError, match=r"a file or a bundled name, not|a scenario is given by its path"
        ):
            getattr(simulation, door)(given)


@pytest.mark.parametrize(
    "given", [None, 5, {"duel": 1}, [5, "duel"], ["duel", None], itertools.repeat("duel")]
)
def test_what_is_no_list_of_scenarios_is_refused(given: Any) -> None:
    with pytest.raises(InputError, match=r"^scenarios"):
        simulation.compare(given)


def test_text_is_taken_where_a_list_is_meant() -> None:
    assert simulation.load_scenario("duel", "days=20").days == 20
    assert simulation.load_scenario(PurePosixPath("duel"), (each for each in ["days=20"])).days == 20  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"--until ending\.no_such:0\.1: no ending 'no_such'"):
        simulation.run("duel", until="ending.no_such:0.1")
    with pytest.raises(InputError, match=r"nowhere\.yaml: there is no such file"):
        simulation.hindcast("two-valleys", truth="nowhere.yaml")
    with pytest.raises(InputError, match="one scenario is nothing to compare"):
        simulation.compare("aleppo")


def test_overrides_of_a_scenario_that_is_made_already_are_not_ignored() -> None:
    duel = simulation.load_scenario("duel")
    tried: list[Callable[[], Any]] = [
        lambda: simulation.run(duel, overrides="days=20"),
        lambda: simulation.compare([duel, duel], overrides="days=20"),
        lambda: simulation.replay(duel, overrides="days=20"),
    ]
    for each in tried:
        with pytest.raises(InputError, match="only where it is given by file or name"):
            each()


@pytest.mark.parametrize("given", [3, 3.0, np.int64(3), np.uint8(3), np.float64(3), np.float32(3)])
def test_whole_numbers_are_taken_as_numpy_has_them(given: Any) -> None:
    taken = arguments.whole_number("n", given, 0, 5)
    assert taken == 3 and type(taken) is int
    assert type(arguments.real_number("x", given)) is float


def test_a_big_number_keeps_its_last_digit() -> None:
    assert arguments.whole_number("seed", np.int64(2**63 - 1), 0, 2**63 - 1) == 2**63 - 1


def test_texts_and_paths_become_plain() -> None:
    assert arguments.texts("x", np.array(["a", "b"])) == ("a", "b")
    assert type(arguments.texts("x", np.str_("a"))[0]) is str
    assert arguments.texts("x", None) == arguments.paths("x", None) == ()
    assert arguments.paths("x", ["a", Path("b")]) == (Path("a"), Path("b"))
    assert arguments.flag("x", np.True_) is True


def test_a_page_that_could_fill_the_memory_is_refused_before_the_first_history(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"fewer histories, for fewer days, or for no page \(--no-report"
    ) as told:
        simulation.run("two-valleys", replicates=10**8, workers=1, out=tmp_path / "run")
    assert "100,000,000 histories of up to 30 days" in str(told.value)
    assert not list(tmp_path.iterdir())
