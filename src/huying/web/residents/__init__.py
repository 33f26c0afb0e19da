"""住户: key persons and homes: lists, cards, buildings, kinds, a sheet to bring them in."""
