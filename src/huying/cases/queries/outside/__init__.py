"""Cases as outside software is told of them (Open311): one place decides what everybody may know.

Without a key a case is its item, its community, its dates and the public reply: the item stands for the caller's words,
the middle of the community for the place, as on the public page. What is reported in confidence (举报) and what was
erased is not told at all. A key that may read the case is told the words, the place and the photos; callers never.
"""
