"""The synthetic city: what the engine says happened, dressed with families, tellers, reasons and texts, and written in bulk.

Here is what invented people say and write. What happens to whom and when is in `demo/simulated`; rates that the engine does not
know, in `material/volumes.toml`; texts, in `material/texts`; who they are at work, in `demo/organisation.py`.
"""
