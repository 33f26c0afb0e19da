"""Teams and duty without a database: what a team lacks, when a turn is, who has which day."""
