"""The front door: one ASGI application under granian.

A few paths with thousands of open connections or requests a second are answered by ASGI applications of
their own (``native``); everything else is Django's WSGI application in a pool of threads (``pages``), which
serves twice as many requests as Django's own ASGI handler.
"""
