"""The service directory: organisations, services, who may come, places, cost; and asking a provider for a place."""
