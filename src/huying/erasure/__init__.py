"""删除权: what the law gives persons over what is kept of them (个人信息保护法 47). One place lists what goes where."""
