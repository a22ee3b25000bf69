"""Training of the frame model."""
