"""Who hears which event: the one file where upward news is wired."""

_wired = False


def wire() -> None:
    """Subscribe every handler once; a second call changes nothing."""
    global _wired
    if _wired:
        return
    _wired = True
