"""What the window shows: values and state, without widgets."""
