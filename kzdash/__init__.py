"""kzdash: how news outlets present the actors of Kazakhstan's politics."""

import os

# Arrow's usual pool keeps what it once had; the system's gives back what is free. It is read once,
# when Arrow is first used.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

__version__ = "0.1.0"
