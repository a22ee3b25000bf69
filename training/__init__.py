"""Train the stance and relation models that kzdash ships."""
