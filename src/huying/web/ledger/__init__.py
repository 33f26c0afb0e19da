"""办理链公开: the published roots for everybody, and what an auditor takes away (R404)."""
