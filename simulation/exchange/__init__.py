"""Results in the forms that conflict research exchanges: PRIO-GRID, events as in UCDP GED, draws as in VIEWS."""
