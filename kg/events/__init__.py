"""Events: what claims tell of them, and which tellings are of one event."""
