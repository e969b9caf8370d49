"""The operator's desk 运营工作台: the portfolio under work, its clocks, the queue, the team's load."""
