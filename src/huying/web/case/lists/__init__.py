"""The lists of cases: asked by address, drawn as rows, written as a file."""
