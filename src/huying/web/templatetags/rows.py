"""Template tags that draw the rows of lists."""

from django import template

from huying.web.case.lists import rows
from huying.web.evaluation import rows as ranked
from huying.web.handling import rows as orders
from huying.web.oversight import rows as gauges

register = template.Library()
register.simple_tag(rows.case_rows)
register.simple_tag(rows.desk_rows)
register.simple_tag(ranked.ranked_rows)
register.simple_tag(ranked.total_cells)
register.simple_tag(gauges.gauge_rows)
register.simple_tag(gauges.late_rows)
register.simple_tag(orders.order_rows)
