"""服务设施 for those who keep the entries: the list and map, one entry, its kinds, and what people say is wrong."""
