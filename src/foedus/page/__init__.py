"""A program as one HTML file that runs in a browser."""
