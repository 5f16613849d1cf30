"""The PostgreSQL that comes with Acquaint: a Django database engine that starts its own server."""
