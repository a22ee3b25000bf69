"""Where the work of a build runs: processes of this machine, or a Ray cluster."""

from kzdash.build.parts import Engine
from kzdash.errors import InputError


def named(name: str, workers: int | None = None) -> Engine:
    """Return an engine by its name.

    Args:
        name: ``local`` or ``ray``.
        workers: how many processes; the engine decides if None.

    Raises:
        InputError: there is no such engine, or its packages are not installed.
    """
    if name == "local":
        from kzdash.engines.local import Local

        return Local(workers)
    if name == "ray":
        from kzdash.engines.ray import Ray

        return Ray(workers)
    raise InputError("--engine", f"'{name}'", "local or ray", "Choose one of them")
