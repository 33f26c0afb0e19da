"""Campaigns 专项治理 and the season's calendar (R604): tasks out to grids, results against last year and elsewhere."""
