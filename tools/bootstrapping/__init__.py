"""The steps of ``tools/bootstrap.py``; standard library only."""
