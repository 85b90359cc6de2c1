"""The forms that conflict research exchanges: PRIO-GRID, draws as in VIEWS, events as in UCDP GED, read as well."""
