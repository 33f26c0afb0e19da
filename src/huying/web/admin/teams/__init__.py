"""网格队伍: the 1+2+N of each grid, the kinds of members, and a sheet to bring them in."""
