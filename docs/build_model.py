"""Write docs/model.md from docs/model.in.md, the processes' docstrings, and the inputs of aleppo.yaml.

The tables of docs/results.md between `<!-- made: NAME -->` and `<!-- end -->` are made as well, from what the outcomes
and the daily series declare. `python docs/build_model.py` writes the files; with `--check` its exit status says
whether they are in step.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from measure_tables import effects
from result_tables import result_tables
from state_tables import state_tables
from world_tables import table, world_tables

from simulation.documents import Ending, load_seeds
from simulation.model.parameters import PARAMETERS
from simulation.model.registry import Process
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.description import input_words
from simulation.scenario.distributions import DISTRIBUTIONS
from simulation.scenario.inputs import Input
from simulation.sources.process_text import HEADS, process_text
from simulation.world.world import build_world

DOCS = Path(__file__).resolve().parent


def model_document() -> str:
    """Return the whole of docs/model.md."""
    scenario = load_scenario("aleppo")
    parts = {
        "processes": "\n\n".join(_process(process) for process in Process),
        "overview": _overview(),
        "parameters": _parameters(scenario),
        "quantities": _quantities(scenario),
        "endings": _endings(scenario),
        "draws": _draws(),
        "measures": effects(),
        **state_tables(),
        **world_tables(build_world(scenario)),
    }
    text = (DOCS / "model.in.md").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], text)


def results_document() -> str:
    """Return the whole of docs/results.md with its tables made again."""
    parts, text = result_tables(), (DOCS / "results.md").read_text(encoding="utf-8")
    made = re.compile(r"(<!-- made: (\w+) -->\n).*?(?=<!-- end -->)", re.DOTALL)
    return made.sub(lambda found: f"{found[1]}\n{parts[found[2]]}\n\n", text)


def _process(process: Process) -> str:
    name = process.name.lower()
    first, parts = process_text(name)
    used = [f"`{each.name}`" for each in PARAMETERS.values() if name in each.used_by]
    lines = [f"#### {process.value}. `{name}`", "", first, ""]
    lines += [f"- **{head}.** {_formatted(head, parts[head])}" for head in HEADS if head in parts]
    lines.append(f"- **Parameters.** {', '.join(used) or 'none'}")
    return "\n".join(lines)


def _formatted(head: str, text: str) -> str:
    """Return a formula with its marks shown as they are, but for names between backticks."""
    if head != "Formula":
        return text
    return re.sub(r"(`[^`]*`)|([*_|])", lambda found: found[1] or "\\" + found[2], text)


def _draws() -> str:
    found = ((process, process_text(process.name.lower())[1].get("Draws")) for process in Process)
    return table(
        ["No.", "Process", "Slots"], [(p.value, f"`{p.name.lower()}`", text) for p, text in found if text]
    )


def _overview() -> str:
    rows = ["| No. | Process | What happens | Clock |", "|---|---|---|---|"]
    for process in Process:
        first, parts = process_text(process.name.lower())
        kind = "timed" if process.timed else "at a rate"
        clock = _cell(parts["Clock"])
        rows.append(f"| {process.value} | `{process.name.lower()}` | {first} | {kind}; {clock} |")
    return "\n".join(rows)


def _parameters(scenario: Scenario) -> str:
    rows = [
        "| Name | Unit | In `aleppo.yaml` | Default | Allowed | Meaning | Used by | Source |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in PARAMETERS.values():
        given = scenario.inputs[each.name]
        users = ", ".join(f"`{name}`" for name in each.used_by)
        bounds = f"{_number(each.low)} to {_number(each.high)}"
        rows.append(
            f"| `{each.name}` | {each.unit} | {_value(given)} | {_number(each.default)} | {bounds} "
            f"| {_cell(each.meaning)} | {users} | {_source(given)} |"
        )
    return "\n".join(rows)


def _quantities(scenario: Scenario) -> str:
    rows = ["| Name | Unit | In `aleppo.yaml` | Meaning | Source |", "|---|---|---|---|---|"]
    for name, given in scenario.inputs.items():
        if name not in PARAMETERS:
            meaning = _cell(given.meaning)
            rows.append(f"| `{name}` | {given.unit} | {_value(given)} | {meaning} | {_source(given)} |")
    return "\n".join(rows)


def _endings(scenario: Scenario) -> str:
    endings = load_seeds(scenario.seeds, region=scenario.region).endings
    return table(
        ["Ending", "Meaning", "Holds when", "Ends the history at once"],
        [(f"`{e.id}`", _cell(e.meaning), _condition(e), "yes" if e.stops else "no") for e in endings],
    )


def _condition(ending: Ending) -> str:
    when = ending.when
    if when.dissolved:
        return f"`{when.dissolved}` has stood down"
    if when.truce:
        return f"a truce of `{when.truce[0]}` and `{when.truce[1]}` is in force"
    if when.lost:
        return f"the cell of {' or '.join(when.lost)} is not held by the bloc of `{when.by}`"
    return f"`{when.none_left}` has no fighters left" if when.none_left else "always"


def _value(given: Input) -> str:
    """Return a constant, or a distribution by its name and range (a triangle with its best value)."""
    if given.dist is None:
        return _number(given.value or 0.0)
    if DISTRIBUTIONS[given.dist].discrete:
        return input_words(given, 4)
    low, high = given.support()
    if given.dist == "triang":
        best = low + given.parameters["c"] * (high - low)
        return f"triang, {_number(low)} / {_number(best)} / {_number(high)}"
    return f"{given.dist}, {_number(low)} to {_number(high)}"


def _number(value: float) -> str:
    """Return a number to four digits, a whole one in full, without an exponent up to a thousand million."""
    if abs(value) >= 1e9:
        return f"{value:.4g}"
    return f"{value if value == int(value) else float(f'{value:.4g}'):,.15g}"


def _source(given: Input) -> str:
    text = _cell(given.source)
    return re.sub(r"^assumption", "*assumption*", text)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def main() -> int:
    """Write the documents, or check them."""
    texts = {DOCS / "model.md": model_document(), DOCS / "results.md": results_document()}
    stale = [file for file, text in texts.items() if not file.is_file() or file.read_text("utf-8") != text]
    if "--check" not in sys.argv[1:]:
        for file in stale:
            file.write_text(texts[file], encoding="utf-8")
        return 0
    for file in stale:
        told = f"docs/{file.name} is out of step with the code; run: python docs/build_model.py"
        print(told, file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
