"""Lists of the front line and near home: devices, cameras, homes, patrols, volunteers, services."""
