"""Who is there: people on duty as the pages of several desks draw them."""
