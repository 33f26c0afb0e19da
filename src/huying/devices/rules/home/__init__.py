"""When the home of somebody who lives alone has been quiet for too long; plain Python.

To a grid worker and to the daughter it is said so: We remember, room by room and hour by hour, how long it is usually
quiet at home. Lying in bed, sitting and being out are told apart from that; when it stays quiet longer than this
person's days ever are but once a month, somebody asks, then rings up, then goes there. In the first days, while
nothing is known yet, the street's own hours hold, and a device without signal is a repair, not an alarm.
"""
