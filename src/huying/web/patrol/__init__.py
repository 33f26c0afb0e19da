"""巡查: what a worker carries through the street on a phone, with and without a signal."""
