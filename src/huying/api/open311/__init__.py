"""Open311 GeoReport v2 (R105): the district's list and its cases for other people's software, in XML and JSON.

``wire`` reads and writes the two formats, ``taking`` keeps what residents report, ``telling`` says what is known of it;
``views`` leads each address to its answer. What the outside may know is decided in ``cases.queries.outside``.
"""
