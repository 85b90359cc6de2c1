"""Completes drafts from the rest of the text: whom an attack is on, who 'allied forces' are, who acts together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from simulation.drafting.draft import Draft
from simulation.drafting.memory import Ids
from simulation.drafting.verbs import WHERE

SIGNED = {
    "supports": 1,
    "fights_beside": 1,
    "allied_with": 1,
    "fights": -1,
    "launched": -1,
    "attacks": -1,
    "bombards": -1,
    "opposes": -1,
    "accuses": -1,
}
"""The predicates that bear on a relation, and how."""


WAR = ("fights", "launched", "attacks", "bombards")


_ONLY_OF_PARTIES = (
    "supports",
    "fights_beside",
    "allied_with",
    "fights",
    "opposes",
    "accuses",
    "truce_with",
    "agreed_with",
    "talks_with",
    "launched",
)


JOINT = frozenset({"joint", "jointly", "together", "coordinated", "alliance", "coalition", "side"})


_SOLDIERS = re.compile(
    r"\b(?:soldier|troop|fighter|militant|gunm[ae]n|polic|airm[ae]n|peacekeeper|officer|guard)"
)


def completed(drafts: list[Draft], rivals: Ids, ids: Collection[str]) -> list[Draft]:
    """Give an attack whose doer or target no word names the main enemy of the other; drop what stays half."""
    enemies = Counter[tuple[str, str]]()
    for draft in drafts:
        if draft.subject and draft.object and SIGNED.get(draft.predicate, 0) < 0:
            weight = 10 if draft.predicate in WAR and draft.sure else 1
            enemies[draft.subject, draft.object] += weight
            enemies[draft.object, draft.subject] += weight
    open_war = {pair for pair, weight in enemies.items() if weight >= 10}
    for a, b in _together(drafts):
        for (known, enemy), weight in list(enemies.items()):
            if known == b and enemy != a:
                enemies[a, enemy] += weight // 2
    friends = _together(drafts) | {
        pair
        for draft in drafts
        if SIGNED.get(draft.predicate, 0) > 0 and draft.sure
        for pair in ((draft.subject, draft.object), (draft.object, draft.subject))
    }
    found = list[Draft]()
    for draft in drafts:
        if draft.predicate == "fights_beside" and draft.subject and "allied" in draft.about:
            found += _allies(draft, drafts)
            continue
        whole = draft.subject and (draft.object or draft.predicate not in _ONLY_OF_PARTIES)
        if whole and (draft.object or draft.about or draft.predicate not in WAR):
            found.append(draft)
        draft = _as_attack(draft)
        if draft.predicate not in (*WAR, "killed") or (
            draft.subject and (draft.object or draft.predicate == "killed")
        ):
            continue
        enemy = _enemy(draft, enemies, rivals, ids, friends)
        placed = any(
            WHERE in each.why
            and (each.sentence, each.at, each.subject) == (draft.sentence, draft.at, draft.subject)
            for each in drafts
        )
        if enemy and not placed and enemy != (draft.subject or draft.object):
            pair = draft.subject or enemy, draft.object or enemy
            plain = set(pair) == set(rivals) or pair in open_war
            found.append(_with_enemy(draft, enemy, plain, set(pair) == set(rivals)))
    return found


def _as_attack(draft: Draft) -> Draft:
    """Return the attack that lies in taking ground, or in killing or capturing soldiers; any other draft as it is."""
    if not draft.subject or draft.object:
        return draft
    if draft.predicate in ("killed", "captured") and _SOLDIERS.search(draft.about):
        return replace(draft, predicate="attacks", why=f"{draft.why} soldiers")
    return replace(draft, predicate="attacks", sure=False) if draft.predicate == "took" else draft


def _allies(draft: Draft, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a line for each party that 'allied forces' may mean: those who help the subject elsewhere in the text."""
    helpers = dict.fromkeys(
        each.subject
        for each in drafts
        if each.predicate == "supports" and each.object == draft.subject and each.sure
    )
    for helper in helpers:
        why = f"{draft.why} allied forces; which is not said, {helper} helps elsewhere"
        yield replace(draft, subject=helper, object=draft.subject, about="", why=why, sure=False)


def _enemy(
    draft: Draft,
    enemies: Counter[tuple[str, str]],
    rivals: Ids,
    ids: Collection[str],
    friends: Collection[tuple[str, str]],
) -> str:
    """Return the enemy of a party: whom it fights elsewhere in the text, who says so, or the other of the two sides."""
    known = draft.subject or draft.object
    others = {pair: weight for pair, weight in enemies.items() if pair[0] == known}
    if known in rivals and len(rivals) == 2:
        pair = known, next(each for each in rivals if each != known)
        others[pair] = others.get(pair, 0) + 15
    if draft.said_by in ids and draft.said_by != known and (known, draft.said_by) not in friends:
        pair = known, draft.said_by
        others[pair] = others.get(pair, 0) + 8
    others = {pair: weight for pair, weight in others.items() if pair not in friends}
    if not others and rivals and known != rivals[0]:
        return rivals[-1] if (known, rivals[0]) in friends else rivals[0]
    return max(others, key=lambda pair: others[pair])[1] if others else ""


def _with_enemy(draft: Draft, enemy: str, plain: bool, rivals: bool) -> Draft:
    why = f"{draft.why}; {'whom' if draft.subject else 'who'} is not said, {enemy} is the enemy elsewhere"
    sure = draft.sure and plain and (rivals or not draft.about) and bool(draft.subject)
    if draft.subject:
        return replace(draft, object=enemy, about="", why=why, sure=sure)
    return replace(draft, subject=enemy, said_by=draft.said_by or enemy, why=why, sure=False)


def _together(drafts: Sequence[Draft]) -> set[tuple[str, str]]:
    """Return the pairs who do the same thing in the same words: 'A and B attacked'."""
    groups = dict[tuple[str, int, str], set[str]]()
    for draft in drafts:
        if SIGNED.get(draft.predicate, 0) < 0:
            groups.setdefault((draft.sentence, draft.at, draft.predicate), set()).add(draft.subject)
    return {(a, b) for group in groups.values() for a in group for b in group if a != b}


def acting_together(drafts: Sequence[Draft], joint: Collection[str]) -> list[Draft]:
    """Return a line for each two who make an attack in the same words; sure in sentences that call it a joint one."""
    groups = dict[tuple[str, int], list[Draft]]()
    for draft in drafts:
        if draft.predicate in ("launched", "attacks", "took") and draft.subject and draft.sure:
            same = groups.setdefault((draft.sentence, draft.at), [])
            if draft.subject not in [each.subject for each in same]:
                same.append(draft)
    return [
        replace(
            a,
            predicate="fights_beside",
            object=b.subject,
            about="",
            why=f"{a.why}, done by both",
            sure=a.sentence in joint,
        )
        for group in groups.values()
        for a, b in combinations(group, 2)
    ]
