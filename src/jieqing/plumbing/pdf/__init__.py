"""Documents as PDF: one compiler, one letterhead, fonts that travel with us. See ``documents`` and ``typefaces``."""

from jieqing.plumbing.pdf.documents import Document, Letterhead, render_pdf

__all__ = ["Document", "Letterhead", "render_pdf"]
