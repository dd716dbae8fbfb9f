"""Benchmarks: a synthetic district in a temporary database, and how long an officer waits.

``python -m bench`` prints tables and writes ``bench/results.json``. Each benchmark is a file of this
folder that registers itself (``bench.registry``). Times of different machines do not compare; the
ratio between a small and a large ledger within one run does.
"""
