"""An app of the tests alone: it empties the database after a test that committed something (`flush`)."""
