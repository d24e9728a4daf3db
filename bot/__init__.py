"""The machine: starts the programme, wires it together and talks to the platforms."""
