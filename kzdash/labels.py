"""The labels of stance, by themselves: the stance model needs nothing else of the tables."""

STANCES = ("negative", "neutral", "positive")
