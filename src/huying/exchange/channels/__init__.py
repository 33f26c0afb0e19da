"""How other systems are reached: one file or folder for each connector, all behind one small interface."""
