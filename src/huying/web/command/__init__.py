"""指挥大屏: in five seconds, is anything burning, who is late, what rises; every number opens to its cases."""
