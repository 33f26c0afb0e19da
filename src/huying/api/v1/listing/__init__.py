"""职责清单 as a whole: out and in as a workbook, what an edition would have meant, what rulings propose for it."""
