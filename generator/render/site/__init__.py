"""The public site: pages stamped into theme shells, and the theme's assets."""
