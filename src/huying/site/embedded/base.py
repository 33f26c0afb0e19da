"""Django's database backend on the embedded server.

The first connection brings the server up, a broken one revives it.
"""

from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from huying.site.embedded import launcher


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL whose address is found when it is first needed: no program has to start it beforehand."""

    def get_connection_params(self) -> dict[str, Any]:
        server = launcher.ensure(*self._where())
        self.settings_dict.update(
            HOST=server.host, PORT=str(server.port), USER=server.user, PASSWORD=server.password
        )
        params: dict[str, Any] = super().get_connection_params()
        params.pop("data_dir")
        params.pop("binaries")
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            launcher.revive(*self._where())
            return super().get_new_connection(conn_params)

    def _where(self) -> tuple[Path, str | None]:
        options = self.settings_dict["OPTIONS"]
        return Path(options["data_dir"]), options["binaries"]
