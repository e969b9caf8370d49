"""The file behind a batch, whose claims it holds, and how its source was read before."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from jieqing.claims.parties.engine.matching import Mention
from jieqing.claims.parties.selectors import ids_by_match_key
from jieqing.claims.parties.services import upsert_parties
from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.models import MappingProfile
from jieqing.claims.receivables.services.results import ImportOptions
from jieqing.estate.sites.selectors import sites_by_ids
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing import storage

# The code under which the site itself is a party: its name may change, its claims stay the same.
SELF_CODE = "SELF"
Bytes = bytes | mmap.mmap


@contextmanager
def mapped(path: Path) -> Iterator[Bytes]:
    """A file's bytes without copying them into memory; an empty file is empty bytes (it cannot be mapped)."""
    with path.open("rb") as stream:
        if path.stat().st_size == 0:
            yield b""
            return
        # Not closed here: frames may still look into it; it goes when the last of them does.
        yield mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


@contextmanager
def stored_bytes(site_id: UUID, key: str) -> Iterator[Bytes]:
    """The bytes of a stored file: mapped where the store is local, read whole where it is not."""
    try:
        path = storage.stored_path(site_id, key)
    except NotImplementedError:
        yield storage.open_stored(site_id, key)
        return
    with mapped(path) as data:
        yield data


def creditor_mention(actor: Actor, options: ImportOptions) -> Mention:
    """Whose claims a file holds: the named creditor, else the site itself."""
    if options.creditor and options.creditor.strip():
        return Mention(name=options.creditor)
    [site] = sites_by_ids([actor.own_site])
    return Mention(name=site.name, code=SELF_CODE)


def creditor_id(actor: Actor, options: ImportOptions, *, create: bool) -> UUID:
    """The creditor's id. Without ``create`` an unknown creditor gets an id that matches nothing: a preview writes nothing."""
    mention = creditor_mention(actor, options)
    if create:
        return upsert_parties(actor=actor, mentions=[mention])[mention.match_key]
    return ids_by_match_key([mention.match_key]).get(mention.match_key) or new_id()


def remembered_layouts() -> dict[str, Layout]:
    """The confirmed readings of this site's sources, by fingerprint."""
    return {
        profile.fingerprint: Layout.from_dict(profile.mapping)
        for profile in MappingProfile.objects.order_by("-used_at")[:200]
    }


def remember_layout(actor: Actor, layout: Layout, file_name: str) -> None:
    """Keep a confirmed reading for the next file of this source."""
    MappingProfile.objects.update_or_create(
        site_id=actor.own_site,
        fingerprint=layout.fingerprint,
        defaults={"mapping": layout.as_dict(), "used_at": clock.now()},
        create_defaults={
            "id": new_id(),
            "name": Path(file_name).stem[:120],
            "mapping": layout.as_dict(),
            "used_at": clock.now(),
        },
    )
