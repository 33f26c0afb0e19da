"""How devices' words are read and what is made of them; plain Python, without sockets and without a database."""
