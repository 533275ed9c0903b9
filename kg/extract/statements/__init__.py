"""What is stated: one extractor a module, and what they make their claims with."""
