"""会议和议事: the station's pages of meetings and proposals; the pages on which residents read and vote (R108, R707)."""
