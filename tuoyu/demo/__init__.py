"""Demo data: synthetic institutions on the real map, the same at every run.

No figure here belongs to a real institution; every name says 演示.
"""
