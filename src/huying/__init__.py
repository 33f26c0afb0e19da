"""呼应: a call comes in from any channel and is answered by the body that owns it.

Data runs channel → collect → case → stages → figures and pages; every import points the other way.
"""

__version__ = "0.1.0"
