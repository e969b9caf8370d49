"""Operating the platform: back up, restore, rehearse the restore, and say how it is."""
