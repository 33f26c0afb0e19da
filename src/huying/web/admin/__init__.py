"""管理: the list, the units, the people, the keys, the clocks, and who looked at what."""
