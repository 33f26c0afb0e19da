"""共建单位 and the three lists of the joint meeting: resources, needs, projects."""
