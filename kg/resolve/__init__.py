"""Names to entities: within an article (`within`), across articles (`across`)."""
