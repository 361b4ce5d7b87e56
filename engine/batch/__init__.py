"""Many pictures at once: which, what they become, how far they are, and the work itself. Knows nothing of Qt."""
