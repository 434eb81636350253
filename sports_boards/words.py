"""How the public log says the acts of the sports boards."""
