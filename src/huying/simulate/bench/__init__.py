"""How fast the platform is on this machine, each figure beside what the database alone can do (``huying bench``)."""
