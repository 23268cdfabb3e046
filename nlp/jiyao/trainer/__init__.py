"""From the annotated corpus to the model that ships: segmentation, entities, clauses, metrics."""
