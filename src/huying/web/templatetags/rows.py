"""Template tags that draw the rows of lists."""

from django import template

from huying.web.case import rows

register = template.Library()
register.simple_tag(rows.case_rows)
register.simple_tag(rows.desk_rows)
