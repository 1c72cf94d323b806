"""What should be: the plan's model, how a plan file is read, what can be wrong with one."""
