"""Training and scoring of the ranker that gives pronouns and descriptions to entities."""
