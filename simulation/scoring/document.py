"""The scores of a hindcast as the document that `--json` prints; what does not exist is left out, never null or NaN."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from simulation.scoring.scorecard import MODEL, Scorecard, ScoreRow
from simulation.statistics.intervals import QUANTILES


def scorecard_document(scored: Scorecard) -> dict[str, Any]:
    """Return the part of the document that holds the scores.

    `skill_of_model` of a row is missing where the naive forecast hit exactly; `median_skill` leaves such rows out,
    says over how many it is and how many are left out, and is missing where none is left. Log scores likewise.
    """
    inside = scored.coverage()
    return {
        "title": scored.title,
        **_reports(scored),
        "horizon_days": scored.horizon,
        "replicates": scored.replicates,
        "notes": list(scored.notes),
        "measures": [_row(row) for row in scored.rows],
        "summary": {name: _tally(scored, name) for name in scored.naive},
        "truth_inside_90_percent": {"count": inside.held, "measures": inside.rows},
        "naive": {name: {"title": title, "argument": why} for name, (title, why) in scored.naive.items()},
        "not_scored": [{"what": each.what, "why": each.why} for each in scored.not_scored],
    }


def _reports(scored: Scorecard) -> dict[str, Any]:
    """Return what the model is updated on and what its histories are worth then; nothing without reports."""
    if scored.evidence is None:
        return {}
    as_of = {} if scored.as_of is None else {"as_of": scored.as_of}
    reports = [pull.report.id for pull in scored.evidence.pulls]
    return as_of | {"reports": reports, "effective_sample_size": scored.evidence.effective}


def _row(row: ScoreRow) -> dict[str, Any]:
    observable = row.observable
    item = observable.item.model_dump(mode="json", exclude_defaults=True)
    return {
        "label": observable.label,
        "kind": observable.kind,
        "unit": observable.unit,
        "truth": {
            "value": observable.value, "low": observable.low, "high": observable.high,
            "confidence": observable.item.confidence, "source": observable.item.source,
        },
        "item": {key: value for key, value in item.items() if key not in ("label", "confidence", "source")},
        "forecasts": dict(_forecasts(row)),
        "best": list(row.best),
    }  # fmt: skip


def _forecasts(row: ScoreRow) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, found in row.scores.items():
        marks = zip(QUANTILES, found.quantiles, strict=True)
        told = {
            "quantiles": dict(marks), "rank": found.rank, "crps": found.crps.value, "interval_score": found.interval,
            "log_score": found.log,
            "agreeing": found.hits, "draws": found.draws,
        }  # fmt: skip
        if math.isfinite(found.crps.error):
            told["crps_standard_error"] = found.crps.error
        skill = None if name == MODEL else row.skill(name)
        yield name, told if skill is None else told | {"skill_of_model": skill}


def _tally(scored: Scorecard, name: str) -> dict[str, Any]:
    tally, coverage = scored.tally(name), scored.coverage(name)
    known = {"median_skill": tally.skill.middle}
    if tally.log_scores is not None:
        known["mean_log_score_of_model"], known["mean_log_score"] = tally.log_scores
    return {
        "measures": tally.observables,
        "model_better": tally.better,
        "model_clearly_better": tally.clearly_better,
        "model_worse": tally.worse,
        "model_clearly_worse": tally.clearly_worse,
        "skill_measures": tally.skill.rows,
        "skill_left_out": tally.skill.left_out,
        "log_score_measures": tally.log_rows,
        "truth_inside_90_percent": {"count": coverage.held, "measures": coverage.rows},
        **{key: value for key, value in known.items() if value is not None},
    }
