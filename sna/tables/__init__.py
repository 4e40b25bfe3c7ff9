"""The only readers of survey files: a study folder in, tidy tables out."""

from sna.tables.read import Tables, load_tables, read_tables

__all__ = ["Tables", "load_tables", "read_tables"]
