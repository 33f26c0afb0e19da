"""Long work in plain Python: its states, the scope it is done in, the names of its files."""
