"""What people are told of their cards."""
