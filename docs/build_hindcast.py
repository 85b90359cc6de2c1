"""Score the bundled cases again and write their tables into docs/hindcast.md.

`python docs/build_hindcast.py` runs 1,000 histories of each case with seed 1, and as many of each naive forecast that
is the model with other settings; that takes minutes. It replaces what stands between `<!-- made: hindcast CASE -->`
and `<!-- end -->` for every case, and the table of all cases in `<!-- made: hindcast all -->`. `--replicates N` and
`--seed N` ask for other runs, and the heads of the tables say which. The sentences around the tables are written by
hand, and must be read again afterwards.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from world_tables import table

from simulation import hindcast
from simulation.api.hindcast import Hindcast
from simulation.scoring.scorecard import MODEL, Scorecard, ScoreRow
from simulation.scoring.sentences import (
    amount,
    forecast_words,
    rank_words,
    skill_number,
    titles,
    verdict,
    where,
)
from simulation.wording.phrases import NOTHING, number, range_heading

PAGE = Path(__file__).resolve().parent / "hindcast.md"
CASES = {
    "aleppo": "North-west Syria, November 2024",
    "goma": "Goma and the Kivus, January 2025",
    "tripoli": "Tripoli, April 2019",
}
"""The bundled cases with a file of truth, and what they are called in the table of all."""
BELOW = "*Below*: of 100 histories, how many lie below what happened, equal ones counting half."


def tables(scored: Scorecard, made_by: str) -> str:
    """Return what they were made by, the tables of CRPS and of log scores, and what is said of each forecast."""
    names = [name for name, _ in titles(scored)]
    headings = [title[:1].upper() + title[1:] for _, title in titles(scored)]
    middle = f"Middle history ({range_heading(scored.replicates).removesuffix(' histories')})"
    logs = [row for row in scored.rows if row.scores[MODEL].log is not None]
    parts = (
        f"{made_by} {BELOW}\nThe last columns are CRPS in the unit of the row; the best is bold.",
        table(
            ["Measure", "Happened", middle, "Below", *headings],
            (list(_crps(row, names)) for row in scored.rows),
        ),
        "Log scores of days and endings, with how many draws agree with what happened:",
        table(["Measure", *headings], ([row.observable.label, *_logs(row, names)] for row in logs)),
        "\n".join(
            f"- {said}" for said in (f"{where(scored)}.", *(verdict(scored, name) for name in scored.naive))
        ),
    )
    return "\n\n".join(parts)


def all_cases(cards: Mapping[str, Scorecard]) -> str:
    """Return one table of how the model and each naive forecast did in every case, by its title."""
    head = [
        "Case",
        "Forecast",
        "90 % interval held",
        "Mean log score",
        "Model better",
        "Model worse",
        "Middle skill of the model",
    ]
    return table(head, (row for title, scored in cards.items() for row in _case(title, scored)))


def _case(title: str, scored: Scorecard) -> Iterator[list[str]]:
    held = scored.coverage()
    logs = [log for row in scored.rows if (log := row.scores[MODEL].log) is not None]
    yield [
        title,
        "The model",
        f"{held.held} of {held.rows}",
        f"{np.mean(logs):.2f}" if logs else NOTHING,
        "",
        "",
        "",
    ]
    for name, (called, _) in scored.naive.items():
        held, tally = scored.coverage(name), scored.tally(name)
        ours = tally.log_scores
        yield [
            "", called, f"{held.held} of {held.rows}",
            NOTHING if ours is None else f"{ours[1]:.2f} (the model {ours[0]:.2f})",
            f"{tally.better} of {tally.observables}", f"{tally.worse}",
            NOTHING if tally.skill.middle is None else skill_number(tally.skill.middle),
        ]  # fmt: skip


def replaced(page: str, name: str, made: str) -> str:
    """Return the page with what stands in the place of a name made again; ValueError where it has none."""
    place = re.compile(rf"(<!-- made: hindcast {re.escape(name)} -->\n).*?(?=<!-- end -->)", re.DOTALL)
    if len(place.findall(page)) != 1:
        raise ValueError(f"the page needs one <!-- made: hindcast {name} --> with an <!-- end -->")
    return place.sub(lambda found: f"{found[1]}\n{made}\n\n", page)


def _crps(row: ScoreRow, names: list[str]) -> Iterator[str]:
    observable = row.observable
    yield f"{observable.label}, day" if observable.kind == "fall" else observable.label
    if observable.kind == "ending":
        yield from ("yes", f"in {forecast_words(row)}", "")
    else:
        yield from (amount(observable, observable.value), forecast_words(row), rank_words(row))
    for name in names:
        value = number(row.scores[name].crps.value) if name in row.scores else NOTHING
        yield f"**{value}**" if name in row.best else value


def _logs(row: ScoreRow, names: list[str]) -> Iterator[str]:
    for name in names:
        found = row.scores.get(name)
        known = found is not None and found.log is not None
        yield f"{found.log:.2f} ({found.hits:,} of {found.draws:,})" if known and found else NOTHING


def made_by(case: str, done: Hindcast) -> str:
    """Return the command and the versions of scenario and engine behind a hindcast of a case."""
    manifest = done.run.results.manifest
    return (
        f"`simulate hindcast {case} --replicates {manifest.replicates} --seed {manifest.seed}`, scenario "
        f"{manifest.scenario_digest}, engine {manifest.engine_version}."
    )


def main() -> int:
    """Run, score and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = vars(parser.parse_args())
    page, cards = PAGE.read_text(encoding="utf-8"), {}
    for case, title in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            done = hindcast(case, **asked, out=Path(folder) / "run", report=False, progress=True)
            page = replaced(page, case, tables(done.scored, made_by(case, done)))
            cards[title] = done.scored
    PAGE.write_text(replaced(page, "all", all_cases(cards)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
