"""Benchmarks: realistic builds and the targets they are measured against."""
