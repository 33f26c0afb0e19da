"""By which ways devices are heard, beside the interface: MQTT."""
