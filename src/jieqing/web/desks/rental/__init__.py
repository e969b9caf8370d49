"""Where a rental begins: who wants a site, at what address, and whose account it will be. No sign-in is needed to start."""
