"""Single histories: watched event by event, told in sentences, explained, and filmed for a replay."""
