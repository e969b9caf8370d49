"""The creditor's desk 债权人工作台: what is owed, by whom, how old, what falls due, what to do next."""
