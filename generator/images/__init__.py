"""Cover art, share cards and renditions of photographs. Pillow is imported here and nowhere else.

`picture` and `art` only name files and count pixels, so that pages can be written without Pillow being loaded.
"""
