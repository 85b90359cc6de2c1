"""A comparison with the record as a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from simulation.record.comparison import Comparison
from simulation.record.sentences import (
    ONLY_A_CHECK,
    chance_words,
    credibility_words,
    given_words,
    model_words,
    never_words,
    reading,
    record_words,
    summary,
    verdict_words,
)
from simulation.record.verdict import Verdict
from simulation.wording.phrases import counted
from simulation.wording.terminal import screen


def compared_text(comparison: Comparison) -> str:
    """Return the comparison, with colours only where stdout is a terminal that wants them."""
    return screen(_parts(comparison))


def _parts(comparison: Comparison) -> Iterator[Text | Table | str]:
    file = comparison.file
    yield ""
    yield Text(f"{file.title}: {counted(comparison.histories, 'history')} compared with it", style="bold")
    yield Text(file.note)
    yield ""
    yield _table(comparison)
    yield Text(reading(), style="dim")
    yield ""
    yield Text(summary(comparison), style="bold")
    if credible := credibility_words(comparison):
        yield Text(credible)
    if never := never_words(comparison):
        yield Text(never)
    for each in file.not_measured:
        yield Text(f"Not measured: {each.what} {each.why}")
    yield Text(ONLY_A_CHECK)


def _table(comparison: Comparison) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading, ratio in (("line", 5), ("on record", 4), ("the model", 5), ("", 3)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    for group, lines in comparison.groups:
        table.add_row(Text(group.title, style="bold"), "", "", "")
        for each in lines:
            given, chance = given_words(comparison, each), chance_words(each)
            told = "; ".join(part for part in (model_words(each), chance, given) if part)
            style = "bold red" if each.verdict is Verdict.FAILED else ""
            table.add_row(
                Text(f"  {each.line.what}"), Text(f"{record_words(each)} [{each.line.confidence}]"), Text(told),
                Text(verdict_words(each), style=style),
            )  # fmt: skip
    return table
