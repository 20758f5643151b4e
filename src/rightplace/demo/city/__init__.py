"""The synthetic city: families, what is told of them, and where it leads, drawn from a seed and written in bulk.

Here is what happens to invented children. How many and how often is in `material/volumes.toml`, what people write in
`material/texts`; who they are at work, in `demo/organisation.py`.
"""
