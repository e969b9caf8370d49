"""What the frame itself knows of a request: language, colour mode, and whether the living page of the kit is open.

Colour mode is a cookie that the page's script sets; the server writes it on the first tag, so nothing flashes and no
inline script is needed. An unknown value means "as the system says".
"""

import os
from typing import Any

from django.http import HttpRequest

from jieqing.plumbing.templatetags.kit import lang

THEMES = ("auto", "light", "dark")


def context(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("jq_theme", "auto")
    language = lang()
    return {
        "frame": {
            "lang": language,
            "lang_tag": "zh-CN" if language == "zh" else "en",
            "theme": theme if theme in THEMES else "auto",
            "has_design_page": has_design_page(),
        }
    }


def has_design_page() -> bool:
    """The living page of the kit is for the people who build pages; production does not serve it."""
    return os.environ.get("JIEQING_ENV", "dev") != "prod"
