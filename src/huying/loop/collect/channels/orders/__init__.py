"""批量导入: files of orders from other systems, mapped column by column (R109)."""

from huying.loop.collect.channels.orders.importing import import_orders
from huying.loop.collect.channels.orders.mapping import OrderMap, read_map
from huying.loop.collect.channels.orders.report import Refusal, Report

__all__ = ["OrderMap", "Refusal", "Report", "import_orders", "read_map"]
