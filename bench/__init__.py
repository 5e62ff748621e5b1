"""Benchmarks of the core: a made-up department of any size, what keeping its ledger costs, and where the time goes."""
