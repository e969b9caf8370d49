"""The specialist's desk 专员工作台: what to do first today, which clocks run, what is promised."""
