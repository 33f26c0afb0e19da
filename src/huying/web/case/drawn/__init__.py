"""Parts of a case that are put together without the template engine, which takes ten times as long for them."""
