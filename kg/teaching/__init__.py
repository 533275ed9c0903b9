"""Relations taught by examples, and what is worth teaching: `teach`, `suggest`."""
