"""How much is asked for, and which fields hold persons' data; plain Python."""
