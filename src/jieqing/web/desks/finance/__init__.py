"""The finance desk 财务工作台: bank lines that wait, decisions that need a second person, money that came in."""
