"""Whether two calls speak of one matter: by their words, their item, their place and their time (R208)."""
