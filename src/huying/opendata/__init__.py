"""开放数据: what was closed, as files for everybody, in which nobody stands alone (R505)."""
