"""Ways to run a function over articles: each has the shape of the builtin ``map``."""
