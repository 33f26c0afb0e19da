"""批量导入: files of orders from other systems, mapped column by column (R109)."""

from huying.loop.collect.channels.orders.importing import import_orders
from huying.loop.collect.channels.orders.mapping import COLUMNS, OrderMap, order_map, read_map
from huying.loop.collect.channels.orders.report import Refusal, Report

__all__ = ["COLUMNS", "OrderMap", "Refusal", "Report", "import_orders", "order_map", "read_map"]
