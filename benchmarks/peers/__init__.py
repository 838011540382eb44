"""The same archive as input of other generators, so that all of them publish the same words."""
