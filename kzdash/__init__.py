"""kzdash: how news outlets present the actors of Kazakhstan's politics."""

__version__ = "0.1.0"
