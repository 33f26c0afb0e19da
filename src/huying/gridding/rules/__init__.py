"""Grids that fit: from what stands on the ground to grids of even workload with clear borders; plain Python.

``given`` is what goes in, ``solving`` the way through, ``measuring`` what came of it, reckoned from the outlines alone
and not from the search's own books. ``ground/`` makes blocks of the ground, ``search/`` divides them.
"""
