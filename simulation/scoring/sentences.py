"""What a hindcast found, in sentences and numbers for people."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.scoring.observables import Observable
from simulation.scoring.scorecard import MODEL, Score, Scorecard, ScoreRow
from simulation.statistics.intervals import NINE_TENTHS_FROM
from simulation.updating.sentences import effective_words, trouble_words
from simulation.wording.phrases import WHOLE, counted, frequency_words, number, span

ONE_EVENT = (
    "One event is one data point. All rows below come from the same course of events, so they are not separate tests: "
    "a model that does well here may be wrong, and one that does badly may be sound."
)


def as_of_words(scored: Scorecard) -> Iterator[str]:
    """Yield what is scored on reports and what the histories are worth after them; nothing without any."""
    if scored.evidence is None:
        return
    by = f" known by the end of {scored.as_of}" if scored.as_of else ""
    yield (
        f"The model is updated on the reports{by}, and only what was still open then is scored. The naive forecasts "
        "begin there too: where the updated histories stand is all that anybody knows of that day."
    )
    yield effective_words(scored.evidence)
    if trouble := trouble_words(scored.evidence):
        yield trouble


def against(scored: Scorecard, name: str) -> str:
    """Return how the model did against a naive forecast, losses as plainly as gains."""
    tally, title = scored.tally(name), scored.naive[name][0]
    even = tally.observables - tally.better - tally.worse
    parts = [f"better on {_of(tally.better, tally.observables)} ({tally.clearly_better} of them clearly)"]
    parts += [f"worse on {tally.worse} ({tally.clearly_worse} of them clearly)"] if tally.worse else []
    parts += [f"equal on {even}"] if even else []
    return f"Against “{title}” the model is {', '.join(parts)}"


def skill_words(scored: Scorecard, name: str) -> str:
    """Return the middle skill against a naive forecast, over how many measures it is, and how many are left out."""
    found = scored.tally(name).skill
    left = (
        f"; {_of_exact(found.left_out)} left out, for nothing is left to gain there" if found.left_out else ""
    )
    if found.middle is None:
        return f"No skill against it can be stated{left}"
    return f"The middle skill over {counted(found.rows, 'measure')} is {skill_number(found.middle)}{left}"


def log_words(scored: Scorecard, name: str) -> str:
    """Return the mean log scores of the model and of a naive forecast, "" where there are none."""
    found = scored.tally(name)
    if found.log_scores is None:
        return ""
    ours, theirs = found.log_scores
    return f"Mean log score over {_days_and_endings(found.log_rows)}: the model {ours:.2f}, this forecast {theirs:.2f}"


def coverage_words(scored: Scorecard, name: str) -> str:
    """Return how often the intervals of a naive forecast held what happened, "" where it speaks of no day or amount."""
    found = scored.coverage(name)
    if not found.rows:
        return ""
    interval = "ranges from lowest to highest" if scored.replicates < NINE_TENTHS_FROM else "90 % intervals"
    return f"Its {interval} held {found.held} of {found.rows}"


def verdict(scored: Scorecard, name: str) -> str:
    """Return all that is said of the model against a naive forecast, as sentences."""
    labels = lost(scored, name)
    told = (
        against(scored, name), skill_words(scored, name), log_words(scored, name), coverage_words(scored, name),
        f"It loses on: {'; '.join(labels)}" if labels else "",
    )  # fmt: skip
    return " ".join(f"{each}." for each in told if each)


def skill_number(skill: float) -> str:
    """Return a skill with its sign, such as +0.35."""
    return f"{skill:+.2f}".replace("-", "\N{MINUS SIGN}")


def lost(scored: Scorecard, name: str) -> list[str]:
    """Return the labels of the observables on which a naive forecast does better than the model."""
    return [row.observable.label for row in scored.rows if name in row.scores and row.lead(name) < 0]


def where(scored: Scorecard) -> str:
    """Return where the truth lies in the model's distributions."""
    found = scored.coverage()
    measures = _of(found.held, found.rows)
    if scored.replicates < NINE_TENTHS_FROM:
        return f"What happened lies between the lowest and the highest of the model's histories on {measures}"
    edge = [row for row in scored.ranked if not 0.05 <= row.scores[MODEL].rank <= 0.95]
    told = f"The 90 % intervals of the model, where 9 of 10 histories lie, held what happened on {measures}"
    return f"{told}; on {len(edge) or 'none'} it is among the outermost 5 of 100 histories on one side"


def truth_words(observable: Observable) -> str:
    """Return the truth with its spread among sources and its confidence."""
    if observable.kind == "ending":
        return _confident("yes", observable)
    spread = (
        f" ({amount(observable, observable.low)} to {amount(observable, observable.high)})"
        if observable.spread_known
        else ""
    )
    return _confident(f"{amount(observable, observable.value)}{spread}", observable)


def forecast_words(row: ScoreRow, name: str = MODEL) -> str:
    """Return the middle of a forecast and where 9 of 10 draws lie, of few all; of an ending, how often it comes.

    Of an ending a naive forecast may be sure, and then speaks of no histories: "never" or "always".
    """
    found, observable = row.scores[name], row.observable
    if observable.kind == "ending":
        sure = {0: "never", found.draws: "always"} if name != MODEL else {}
        return sure.get(found.hits or 0, f"{found.hits:,} of {found.draws:,}")
    low, _, middle, _, high = found.marks
    told = amount(observable, middle)
    return told if low == high else f"{told} ({range_words(observable, low, high)})"


def range_words(observable: Observable, low: float, high: float) -> str:
    """Return where draws of an observable lie, such as "26 to 382" or "8 to not"."""
    if observable.kind != "fall":
        return span(low, high)
    ends = [amount(observable, each) for each in (low, high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def frequency_of(score: Score) -> str:
    """Return in how many of the draws an ending comes."""
    return frequency_words((score.hits or 0, score.draws))


def rank_words(row: ScoreRow) -> str:
    """Return how many of 100 histories lie below the truth."""
    return "" if row.observable.kind == "ending" else f"{100 * row.scores[MODEL].rank:.1f}"


def amount(observable: Observable, value: float) -> str:
    """Return a number of an observable; the length of the run stands for "not in the run"."""
    if observable.kind == "fall":
        return "not" if value >= observable.horizon else f"{value:g}" if value % 1 == 0.5 else f"{value:.0f}"
    whole = abs(value) >= 10 or observable.unit in WHOLE
    return number(round(value) if whole else value)


def titles(scored: Scorecard) -> Iterator[tuple[str, str]]:
    """Yield id and title of the model and of each naive forecast."""
    yield MODEL, "the model"
    yield from ((name, title) for name, (title, _) in scored.naive.items())


def _confident(text: str, observable: Observable) -> str:
    return f"{text} [{observable.item.confidence}]" if observable.item.confidence else text


def _of(count: int, total: int) -> str:
    return f"{count} of {counted(total, 'measure')}"


def _of_exact(count: int) -> str:
    return f"{counted(count, 'measure')} that it hit exactly {'is' if count == 1 else 'are'}"


def _days_and_endings(count: int) -> str:
    return f"{count} {'day or ending' if count == 1 else 'days and endings'}"
