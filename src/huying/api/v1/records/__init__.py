"""Records: audit, changes, sign-ins, erasures, notices, precedents."""
