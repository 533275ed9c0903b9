"""Whether it is so: asserted, claimed, possible, planned, hypothetical or denied, and by whom."""
