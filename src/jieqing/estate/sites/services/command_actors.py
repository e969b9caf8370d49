"""As whom a command of the shell acts on a site.

One actor for every command, so that evidence says "the command line" and not which file of ours was running.
"""

from jieqing.estate.sites.engine.tenancy import unknown_site
from jieqing.estate.sites.selectors import site_by_slug, site_to_write
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem, is_problem

COMMAND_LINE = "command-line"


def command_reader(slug: str) -> Actor | Problem:
    """The actor of a command that only reads this site, whatever its state."""
    site = site_by_slug(slug)
    return system_actor(site.id, COMMAND_LINE) if site else unknown_site(slug)


def command_writer(slug: str) -> Actor | Problem:
    """The actor of a command that writes to this site: a suspended or closed site refuses, as its pages do."""
    site = site_to_write(slug)
    return site if is_problem(site) else system_actor(site.id, COMMAND_LINE)
