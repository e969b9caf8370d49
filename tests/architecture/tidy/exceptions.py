"""Exceptions to the tidy rules: rule, file, why. A line that excuses nothing any more fails the build."""

from __future__ import annotations

EXCEPTIONS: dict[tuple[str, str], str] = {}
