"""Blocks of inputs that are drawn anew together, and what is learned of which can be."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.conditioning.blocks import BUDGET, Blocks


def test_what_each_input_costs_is_learned_from_moves_to_many():
    """Of 30 inputs three are each refused with chance 1 - e^-1.2, and all others never."""
    draw = np.random.default_rng(5)
    true = np.zeros(30)
    true[[3, 11, 20]] = 1.2
    blocks = Blocks(30)
    for _ in range(60):
        tried = blocks.drawn(100, draw)
        blocks.learn(tried, draw.random(100) < -np.expm1(-(tried @ true)))
    assert blocks.reluctance[[3, 11, 20]] == pytest.approx(1.2, rel=0.25)
    assert np.delete(blocks.reluctance, [3, 11, 20]).max() < 0.02


def test_inputs_that_matter_for_nothing_all_go_at_once_and_others_a_few_at_a_time():
    blocks = Blocks(40)
    blocks.reluctance = np.where(np.arange(40) < 30, 1e-6, 0.3)
    drawn = blocks.drawn(200, np.random.default_rng(6))
    assert (drawn @ blocks.reluctance <= BUDGET).all()
    assert drawn[:, 30:].sum(axis=1).max() == 2
    assert drawn[:, :30].all() and (drawn[:, 30:].sum(axis=1) >= 1).all()


def test_one_that_is_dear_is_always_among_them_however_dear():
    blocks = Blocks(5)
    blocks.reluctance = np.array([0.0, 9.0, 9.0, 0.0, 9.0])
    drawn = blocks.drawn(60, np.random.default_rng(7))
    assert (drawn[:, [1, 2, 4]].sum(axis=1) == 1).all() and drawn[:, [1, 2, 4]].any(axis=0).all()
