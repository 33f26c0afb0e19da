"""HJ 212-2017 and its elder HJ/T 212-2005 (污染物在线监控（监测）系统数据传输标准): bytes in, readings and replies out.

bytes → ``frames`` → ``segments`` → ``parts`` → ``readings``; what is answered says ``replies``.
"""
