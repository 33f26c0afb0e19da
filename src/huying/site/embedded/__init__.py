"""PostgreSQL started by ourselves, for whoever has no database server.

It listens on a unix socket only and ends with its last user.

``launcher.ensure(data)`` is the whole public interface; Django uses it through ``base``. The parts:

- ``place``     folders, the unprivileged user, the socket
- ``binaries``  which PostgreSQL, and its copy where that user cannot reach the original
- ``cluster``   the first creation of the data folder
- ``locks``     who uses the server
- ``server``    one PostgreSQL process
- ``keeper``    the process that starts the server, again after a crash, and ends it after its last user
- ``launcher``  what a using process calls
"""
