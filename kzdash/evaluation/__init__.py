"""Validation figures: what the measures find against labels."""
