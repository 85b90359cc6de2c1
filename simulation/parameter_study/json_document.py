"""A parameter study as the document that `--json` prints."""

from __future__ import annotations

from typing import Any

from simulation.parameter_study.sentences import answer, sentences
from simulation.parameter_study.study import ParameterStudy
from simulation.wording.plain import plain_rows


def study_document(study: ParameterStudy) -> dict[str, Any]:
    """Return the study as plain data in which a number that is not finite is None."""
    told = ("scenario", "title", "question", "days", "seed", "replicates", "reused")
    return {name: getattr(study, name) for name in told} | {
        "reports": study.reports,
        "effective_sample_sizes": list(study.effective),
        "answer": answer(study),
        "sentences": list(sentences(study)),
        "findings": [each.document() for each in study.findings],
        "factors": [vars(factor) for factor in study.factors],
        "outcomes": [vars(each) for each in study.outcomes],
        "points": plain_rows(study.tables["points"]),
    }
