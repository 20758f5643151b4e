"""Room tests of the exchange: with a database, as the application's own role."""
