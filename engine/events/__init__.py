"""Events: the model, the checks of their fields, and their JSON."""
