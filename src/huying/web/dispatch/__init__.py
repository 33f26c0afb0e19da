"""The dispatch desk (分拨台): one queue, the most urgent first, each case with a suggestion and its reasons."""
