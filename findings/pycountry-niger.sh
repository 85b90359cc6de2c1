#!/usr/bin/env bash
# pycountry 26.2.16: the best match for "Niger" is Nigeria.
#
# Seen: `countries.search_fuzzy("Niger")[0]` is Nigeria, though a country is called exactly that; for "Mali" the second is
#   Guinea, for "Iran" Albania. "Turkey" and "Ivory Coast" raise LookupError.
# One would guess: that an exact name comes before any other, and that common English names are found.
# Why: points of a country's regions are added to its own: Nigeria has a state called Niger, and "niger" in its name.
# It follows: `countries.lookup` for exact names, a table of one's own for the rest, and never element 0 of a fuzzy search.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pycountry==26.2.16
"$folder/venv/bin/python" - <<'PY'
import pycountry


def found(name):
    try:
        return [country.name for country in pycountry.countries.search_fuzzy(name)]
    except LookupError:
        return []


for name in ("Niger", "Mali", "Iran", "Turkey", "Ivory Coast"):
    print(name, "->", found(name)[:2])
assert found("Niger")[:2] == ["Nigeria", "Niger"]
assert pycountry.countries.lookup("Niger").alpha_3 == "NER"
assert found("Mali")[:2] == ["Mali", "Guinea"]
assert found("Iran")[1] == "Albania"
assert found("Turkey") == found("Ivory Coast") == []
PY
