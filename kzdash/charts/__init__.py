"""Charts: a module a page, each function a Figure from a DataFrame and nothing else."""
