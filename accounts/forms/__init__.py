"""What members type about their accounts."""
