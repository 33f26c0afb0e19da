"""试用: requests that outside software makes to try the interface out. Kept for a day, and never a case.

Nothing of the district reads it and nobody is told of it; callers' names, phones and e-mails do not even come here.
"""
