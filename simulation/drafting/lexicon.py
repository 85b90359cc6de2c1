"""The words that the rules know, by what they say: general English, and no name of any conflict."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


ACTS: dict[str, frozenset[str]] = {
    "attacks": word_set(
        "ambush assail assault attack besiege blockade encircle hit infiltrate invade"
        " oust overrun overwhelm raid rout"
        " storm strike surround target dislodge expel repulse outflank hunt"
    ),
    "bombards": word_set("bomb bombard mortar pound shell strafe"),
    "fights": word_set("battle clash combat confront fight resist skirmish"),
    "supports": word_set(
        "hire recruit employ pay advise "
        "aid arm assist back bankroll bolster equip finance fund help reinforce resupply"
        " shelter sponsor supply support"
        " train refuel"
    ),
    "opposes": word_set("condemn criticise criticize decry denounce deplore oppose sanction"),
    "accuses": word_set("accuse blame suspect"),
    "killed": word_set("kill massacre execute slaughter"),
}
"""Verbs whose direct object is who it is done to, by predicate (lemmas)."""

VERB_PREDICATE: dict[str, str] = {verb: word for word, verbs in ACTS.items() for verb in verbs}

OBLIQUE: dict[tuple[str, str], str] = {
    ("fire", "at"): "attacks", ("fire", "on"): "attacks", ("fire", "into"): "attacks", ("advance", "on"): "attacks",
    ("advance", "against"): "attacks", ("push", "against"): "attacks", ("retaliate", "against"): "attacks",
    ("move", "against"): "attacks", ("march", "on"): "attacks", ("rise", "against"): "attacks",
    ("fight", "with"): "fights", ("fight", "against"): "fights", ("clash", "with"): "fights",
    ("battle", "with"): "fights", ("battle", "against"): "fights", ("skirmish", "with"): "fights",
    ("turn", "on"): "fights", ("turn", "against"): "fights", ("grapple", "with"): "fights",
    ("fight", "alongside"): "fights_beside", ("fight", "beside"): "fights_beside",
    ("operate", "alongside"): "fights_beside", ("operate", "with"): "fights_beside",
    ("serve", "alongside"): "fights_beside", ("fight", "for"): "supports", ("work", "for"): "supports",
    ("defend", "against"): "fights", ("cooperate", "with"): "fights_beside",
    ("collaborate", "with"): "fights_beside", ("coordinate", "with"): "fights_beside",
    ("join", "with"): "fights_beside", ("side", "with"): "fights_beside", ("ally", "with"): "fights_beside",
    ("work", "with"): "fights_beside", ("rally", "to"): "supports", ("stand", "by"): "supports",
    ("stand", "behind"): "supports", ("stand", "against"): "opposes", ("stand", "with"): "supports",
    ("intervene", "against"): "attacks", ("rebel", "against"): "fights", ("revolt", "against"): "fights",
    ("negotiate", "with"): "talks_with", ("talk", "with"): "talks_with", ("meet", "with"): "talks_with",
    ("talk", "to"): "talks_with", ("feud", "with"): "opposes", ("quarrel", "with"): "opposes",
    ("compete", "with"): "opposes", ("break", "with"): "opposes",
    ("plot", "with"): "fights_beside", ("conspire", "with"): "fights_beside", ("collude", "with"): "fights_beside",
    ("push", "into"): "attacks", ("advance", "into"): "attacks", ("thrust", "into"): "attacks",
    ("advance", "toward"): "attacks", ("advance", "towards"): "attacks", ("push", "towards"): "attacks",
    ("push", "toward"): "attacks", ("storm", "into"): "attacks", ("break", "into"): "attacks",
}  # fmt: skip
"""Verbs with a preposition, whose object is who it is done to."""

SIDE_NOUNS = word_set("side shoulder")
"""What one fights at: 'at the side of', 'shoulder to shoulder with'."""

ATTACK_NOUNS = word_set(
    "advance aggression ambush assault attack bombing campaign counter-attack counter-offensive counterattack"
    " counteroffensive incursion invasion offensive onslaught operation push raid"
    " siege strike thrust uprising"
)
AIR_NOUNS = word_set("airstrike barrage bombardment bombing fire rocket shelling")
FIGHT_NOUNS = word_set(
    "battle clash combat confrontation conflict exchange fight fighting hostility insurgency skirmish war"
)
TENSION_NOUNS = word_set("sanction embargo odds odd dispute enmity feud hostility quarrel rivalry tension")
TRUCE_NOUNS = word_set("armistice cease-fire ceasefire truce")
ACCORD_NOUNS = word_set("accord agreement deal memorandum pact peace protocol settlement treaty")
TALK_NOUNS = word_set("dialogue negotiation talk talks mediation")
TROOP_NOUNS = word_set(
    "adviser base contingent fighter force garrison presence soldier trainer troop trooper unit"
)
BINDS = word_set("absorb bog engage engross occupy preoccupy tie")
"""Verbs in whose passive a party is taken up with something else."""
OFFENSIVE_NOUNS = ATTACK_NOUNS - word_set("aggression bombing siege strike thrust")

LAUNCH = word_set("begin commence initiate launch mount open order start undertake unleash wage announce")
LIGHT = word_set(
    "accelerate begin carry commit conduct continue deliver direct escalate expand"
    " execute initiate intensify increase"
    " keep launch lead make mount open order perform press pursue ramp renew resume"
    " stage start step undertake unleash"
    " wage announce"
)
"""Verbs whose subject is the doer of the event that their object names."""
EVICT = word_set("chase clear drive eject evict flush force push throw sweep")
"""Verbs that attack whom they move: 'drove the garrison out of'."""
INSULTS = word_set(
    "aggressor apostate bandit criminal enemy extremist heretic infidel invader"
    " occupier puppet terrorist traitor"
)
ADVANCES = word_set("cross march pour roll sweep thrust storm")
SUFFER = word_set(
    "absorb endure face fend repel repulse rebuff suffer survive withstand thwart beat foil resist blunt"
)
"""Verbs whose subject is the one whom the event that their object names is done to."""

SUPPORT_NOUNS = word_set(
    "shelter sanctuary haven refuge armour armor gear aid arms assistance ammunition backing"
    " cover drone fund funding help money munition support weapon"
    " weaponry training plane missile rifle equipment intelligence transport supply vehicle troop"
    " soldier fighter adviser arm"
)
GIVE = word_set(
    "contribute share deliver donate funnel give grant lend offer provide sell send"
    " ship smuggle supply transfer channel"
)
ALLY_NOUNS = {
    "ally": "allied_with", "backer": "supports", "patron": "supports", "sponsor": "supports", "supplier": "supports",
    "supporter": "supports", "partner": "fights_beside", "protector": "supports", "benefactor": "supports",
    "enemy": "opposes", "foe": "opposes", "rival": "opposes", "adversary": "opposes", "opponent": "opposes",
    "critic": "opposes", "proxy": "<supports", "client": "<supports",
}  # fmt: skip
"""What one party is to another ('a close ally of'); '<' turns subject and object round."""

BACKED = {
    "backed": "supports", "supported": "supports", "funded": "supports", "armed": "supports", "trained": "supports",
    "sponsored": "supports", "equipped": "supports", "financed": "supports", "affiliated": "supports",
    "linked": "supports", "associated": "supports",
    "aligned": "fights_beside", "allied": "fights_beside", "led": "leads", "held": "controls",
    "controlled": "controls", "run": "controls", "occupied": "controls", "ruled": "controls", "dominated": "leads",
}  # fmt: skip
"""What stands between a name and a noun: 'Ruritanian-backed rebels'."""

TAKE = word_set(
    "retook capture conquer occupy overrun recapture reclaim reconquer regain retake secure seize wrest take"
)
HOLD = word_set("administer control dominate govern hold rule retain run")
PLACE_NOUNS = word_set(
    "most much third quarter majority airbase airfield airport area barracks base border"
    " bridge building camp capital"
    " checkpoint city compound control"
    " corridor country crossing dam district enclave foothold garrison ground half"
    " headquarters hill hospital hundred"
    " island jail junction land neighbourhood neighborhood north south east west"
    " oilfield outpost outskirts part place"
    " plateau port position post prison province quarter quarters region road route"
    " settlement site stronghold suburb"
    " swath swathe terrain territory town university valley village zone highland"
    " heights station dozen square"
)
PEOPLE_NOUNS = word_set(
    "captive civilian conscript diplomat fighter hostage inmate man people person"
    " policeman prisoner soldier troop"
    " officer worker villager journalist priest churchgoer pupil student girl"
)
GEAR_NOUNS = word_set(
    "ammunition armour artillery depot drone equipment gun materiel tank vehicle"
    " weapon weaponry arms helicopter"
)

STATE_NOUNS = word_set(
    "administration airforce army artillery authorities authority cabinet commando"
    " contingent force forces fleet"
    " general government guard junta leadership military navy police president"
    " regime republic soldier state troop"
    " troops warplane jet aircraft helicopter drone minister ministry official officer spokesman spokeswoman"
    " spokesperson paratrooper conscript commander envoy ambassador diplomat colonel"
    " side parliament leader chief"
    " media television radio agency gunboat unit brigade division battalion air"
    " instructor adviser trainer peacekeeper"
    " pilot reinforcement plane bomber tank missile rocket warship column convoy"
)
"""What, after the adjective of a country, speaks of its state."""
REBEL_NOUNS = word_set(
    "attacker extremist faction fighter group guerrilla gunman insurgent insurgency"
    " islamist jihadi jihadist militant"
    " militia militiaman movement opposition organisation organization paramilitary rebel separatist"
    " terrorist alliance secessionist"
)
"""Nouns that stand for an armed organisation named elsewhere in the text."""
HOME_NOUNS = word_set(
    "army authorities cabinet government junta military regime state troops army soldiers forces troop"
)
"""Nouns that stand for the state on whose ground the war is."""
LOYAL_NOUNS = word_set("ally allies backer forces force militia troop group partner fighter faction")
WEAPON_NOUNS = word_set(
    "aircraft artillery battery bomber drone gunship gun helicopter howitzer jet"
    " missile mortar plane rocket tank"
    " warplane warship plane"
)
"""Weapons that act for their owner; what they strike is bombarded."""
FORCE_NOUNS = (
    STATE_NOUNS
    | REBEL_NOUNS
    | WEAPON_NOUNS
    | word_set(
        "army ally brother column member men man militiaman people coalition gunner"
        " sniper spokesperson statement "
        "communique speaker source party front command wing patrol convoy base position"
        " post stronghold target depot"
        " district town village area outpost missile supporter member instructor adviser"
        " peacekeeper mercenary reinforcement"
    )
)
"""Nouns that act, or are hit, for the party whose name goes with them."""
VOICE_NOUNS = word_set(
    "adviser agency ambassador cabinet captain chief colonel commander communique"
    " communiqué council department diplomat"
    " envoy general government head leader leadership lieutenant major media"
    " minister ministry office officer official"
    " parliament president radio secretary source speaker spokesman spokesperson"
    " spokeswoman statement television"
    " broadcaster force newspaper premier military army side brother commentator"
)

TRACKS = ("follow", "monitor", "observe", "track", "watch")
"""Verbs of those who look on; sure with 'closely', 'developments' and the like."""

REPORT = word_set(
    "acknowledge add admit affirm allege announce argue assert believe boast caution"
    " charge claim comment complain"
    " concede confirm contend declare deny describe disclose estimate explain insist"
    " maintain mention note observe point"
    " promise quote recall recount remark reply report respond reveal say state"
    " stress suggest tell testify think vow warn"
    " write pledge accuse count reckon put give conclude"
)
"""Verbs of saying, whose subject is the speaker of what hangs on them."""
DENY = word_set("deny disavow disclaim dismiss dispute rebut refute reject repudiate")
CLAIM_NOUNS = word_set(
    "account accusation allegation assertion charge claim involvement link"
    " responsibility report role statement"
    " suggestion alliance backing support"
)
REFRAIN = word_set("avoid decline fail forbid prevent refuse refrain reject abandon rule avert")
CEASE = word_set("cease halt stop suspend end")
"""Verbs under which what was done until then is done no longer."""
"""Verbs under which nothing happens."""
INTEND = word_set(
    "agree aim ask call consider demand hope intend invite offer plan pledge prepare"
    " promise propose seek threaten"
    " try urge vow want warn consider authorise authorize plot ready able likely poised"
)
"""Words under which something is meant, not done."""
MODALS = word_set("could may might should would will shall must can")

HEDGES = word_set(
    "alleged allegedly apparently ostensibly probably purported purportedly reported"
    " reportedly supposedly unconfirmed"
    " unverified presumably likely perhaps suspected rumoured rumored"
)
PASSIVE_HEDGES = word_set(
    "believe regard see consider report say suspect think understand allege rumour estimate"
)
"""Verbs that hedge in the passive: 'are believed to have'."""
