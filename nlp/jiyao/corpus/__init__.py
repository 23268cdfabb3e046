"""The annotated corpus: its file format, its checker, its way to and from spaCy."""
