"""Benchmarks: a made-up archive of any size, the same archive for other generators, and what each of them costs."""
