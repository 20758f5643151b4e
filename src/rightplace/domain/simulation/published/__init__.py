"""What the Department for Education publishes of each authority, as a system of stocks and flows.

Here belong reading the published tables, the yearly model fitted to them, its forecasts and how well they did.
Not here: a simulated service with workers and cases, which is the capacity model's engine.
"""
