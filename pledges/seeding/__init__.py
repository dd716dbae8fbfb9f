"""Data that comes with the program: the seed fixtures, and a synthetic district for benchmarks."""
