"""住户: buildings, flats, households and persons of a grid, and who among them needs somebody to look in."""
