"""The front line and near home: devices, cameras, homes and visits, patrols, volunteers, services, grids that fit."""
