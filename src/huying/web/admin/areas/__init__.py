"""区划变更: borders redrawn on the map or from the list, previewed, and put in force from a chosen day."""
