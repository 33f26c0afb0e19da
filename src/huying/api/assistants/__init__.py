"""助手接口 (MCP): what an assistant reads and drafts for a person, by that person's posts, with every act in their name.

The protocol is the library's; here stands what may be asked (``offered``, ``resources``, ``prompting``), who asks
(``asked``), how it is handed over (``told``) and the ways in (``door``).
"""
