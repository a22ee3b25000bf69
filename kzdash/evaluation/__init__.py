"""Validation figures: what the measures find against what people labelled."""
