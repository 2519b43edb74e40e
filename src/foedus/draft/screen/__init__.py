"""A draft on a page of this machine: claims beside parts and questions, before anything is written."""
