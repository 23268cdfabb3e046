"""What runs inside spaCy: tokenizers, word features, reconciliation."""
