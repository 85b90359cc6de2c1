"""What drives the outcomes of a stochastic model: chance, single inputs, and inputs together."""
