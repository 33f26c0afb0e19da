"""Forms made from the lifecycle's table: what a step asks for becomes fields, what it refuses becomes words."""
