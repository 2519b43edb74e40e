"""The benchmark model in all its forms."""
