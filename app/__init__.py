"""What the program knows and does; it never imports Qt."""

VERSION = "0.1.0"
