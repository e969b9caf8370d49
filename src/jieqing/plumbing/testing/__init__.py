"""What every test run stands on: its own data folder, its own databases, no network. Imported by pytest only."""
