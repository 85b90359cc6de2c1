"""What reports changed, as data for JSON."""

from __future__ import annotations

from typing import Any

from simulation.results.folder import Results
from simulation.statistics.intervals import Share, Spread
from simulation.updating.change import Update, update_of
from simulation.wording.plain import plain


def updated_part(results: Results) -> dict[str, Any]:
    """Return what `--json` says of reports, under "updated"; nothing for a run without reports."""
    update = update_of(results)
    return {} if update is None else {"updated": update_document(update)}


def update_document(update: Update) -> dict[str, Any]:
    """Return the evidence of the reports, what each does, and what is so before and after; null for no number."""
    evidence = update.evidence
    return {
        "histories": evidence.histories,
        "effective_sample_size": evidence.effective,
        "log_evidence": plain(evidence.log_evidence),
        "sequential": None if evidence.before is None else evidence.before.record.model_dump(mode="json"),
        "reports": [
            {
                "id": pull.report.id,
                "log_evidence": plain(pull.alone),
                "log_evidence_given_others": plain(pull.given_others),
                "endings_moved": pull.moved,
                "effective_sample_size_without": pull.effective_without,
                "expected_before": _spread(pull.before),
                "expected_after": _spread(pull.after),
            }
            for pull in evidence.pulls
        ],
        "endings": {name: _pair(*pair) for name, pair in update.endings.items()},
        "places": {name: _pair(*pair) for name, pair in update.places.items()},
        "inputs": {
            each.name: {
                "before": each.before,
                "after": each.after,
                "error": plain(each.error),
                "clear": each.clear,
            }
            for each in update.inputs
        },
    }


def _pair(before: Share, after: Share) -> dict[str, Any]:
    return {"before": before.share, "after": after.share, "low": after.low, "high": after.high}


def _spread(found: Spread) -> dict[str, Any]:
    low, _, middle, _, high = found.marks
    return {"mean": plain(found.mean), "low": plain(low), "middle": plain(middle), "high": plain(high)}
