"""A lesson that a class plays together, served from the teacher's laptop to the browsers in the room.

`plan` says what is asked and chosen, `store` keeps seats, guesses and histories, `player` plays, `room` is the lesson
as it goes, `operations` is what can be asked of it over the network, `server` serves it, `ending` takes it home.
"""
