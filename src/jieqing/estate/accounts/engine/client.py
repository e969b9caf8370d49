"""What is kept of where somebody signed in from: enough to recognise oneself, too little to follow a person.

Of a browser its name and system, without versions; of an address its network (/24, /48), never the host.
"""

from ipaddress import ip_address, ip_network

_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"),
    ("Safari", "Safari"), ("curl", "curl"), ("python", "Python"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def coarse_client(user_agent: str) -> str:
    """Browser and system of a User-Agent.

    Example:
        >>> coarse_client("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0")
        'Edge · Windows'
    """
    found = [
        next((name for mark, name in marks if mark in user_agent), "") for marks in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(part for part in found if part)


def coarse_network(address: str) -> str:
    """The network of an address; empty for what is no address.

    Example:
        >>> coarse_network("203.0.113.77"), coarse_network("2001:db8:1:2::3"), coarse_network("")
        ('203.0.113.0/24', '2001:db8:1::/48', '')
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    return str(ip_network(f"{parsed}/{24 if parsed.version == 4 else 48}", strict=False))
