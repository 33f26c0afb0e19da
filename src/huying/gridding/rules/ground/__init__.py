"""The ground in blocks: pieces that no road, river or border crosses, joined so that no estate is split."""
