"""Data that comes with the program, read through importlib.resources."""
