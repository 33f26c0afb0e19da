"""The readers of campaigns and the season's calendar."""
