"""Writes everything that repeats the C ABI from its one description in bindings/spec."""
