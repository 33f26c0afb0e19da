"""设备: what hangs, floats and listens in a district, what it says, and what follows from it."""
