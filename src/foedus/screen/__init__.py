"""Everything that runs or is drawn in a browser: scripts as modules, styles, pages without content."""
