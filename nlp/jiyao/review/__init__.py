"""Review in Label Studio: predictions out, corrections back, a better model.

``labelling`` (the screen) and ``marking`` (what is marked on it) know nothing of a server; ``client`` is the
only module that talks to one; ``push`` and ``pull`` are the round trip; ``reviews`` is what pulling leaves
on disk, and all that ``agreement`` and ``retrain`` read. Whatever a server returns is taken for hostile.
"""
