"""评价: calling back who asked, and what came of it."""
