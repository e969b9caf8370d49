"""Backups without a domain: folders that are whole or absent, a manifest that says so, dumps under one snapshot.

What a backup of the platform must hold and what a restore must do to it beyond copying is decided one floor up, in
``jieqing.web.operations``; here stands how bytes are kept, named, locked and checked.
"""
