"""A reader, a runner, an exporter and a part of a pipeline, as somebody else would write them."""
