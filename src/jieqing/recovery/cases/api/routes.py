"""The one router of this room: reading and writing share it, because one address may serve both."""

from ninja import Router

router = Router(tags=["cases"])
