"""What changes campaigns and the season's calendar."""
