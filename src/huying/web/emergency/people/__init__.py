"""应急力量: who may be alerted; a list, one of them, a sheet."""
