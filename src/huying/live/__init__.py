"""What happens, told to open screens while it happens: server-sent events, answered by the event loop itself.

One thread a process follows the settled ledger (``following``), once for all screens. Each district has a stream
of what was told last (``streams``), which open screens read at their own pace; ``application`` is the front's.
"""
